"""What a situation in an exercise can be about: closed lists, so that learners find their own and editors see the balance."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _


class Workplace(models.TextChoices):
    """Where a situation is typical."""

    PRESCHOOL = "preschool", _("Preschool")
    SCHOOL = "school", _("School")
    PUPIL_HEALTH = "pupil_health", _("Pupil health")
    AFTER_SCHOOL = "after_school", _("After-school centre")
    YOUTH_CENTRE = "youth_centre", _("Youth centre")
    LIBRARY = "library", _("Library")
    SOCIAL_SERVICES = "social_services", _("Social services")
    LABOUR_MARKET = "labour_market", _("Labour market services")
    RECEPTION = "reception", _("Reception")
    MEETING = "meeting", _("Meetings with residents")


def workplace_names(values: Iterable[str]) -> str:
    """Return the names of workplaces, with commas between."""
    return ", ".join(str(Workplace(value).label) for value in values if value in Workplace.values)


class Milieu(models.TextChoices):
    """Which violent milieu a situation touches."""

    FAR_RIGHT = "far_right", _("Far right")
    FAR_LEFT = "far_left", _("Far left")
    ISLAMIST = "islamist", _("Islamist")
    MIXED = "mixed", _("Mixed or without ideology")
    NONE = "none", _("None")


class Gender(models.TextChoices):
    """Who the other person in a situation is."""

    WOMAN = "woman", _("Woman or girl")
    MAN = "man", _("Man or boy")
    MIXED = "mixed", _("Several")
    UNKNOWN = "unknown", _("Not said")


class Side(models.TextChoices):
    """What a choice in a conversation can affect."""

    SAFETY = "safety", _("Safety")
    RELATION = "relation", _("Relation")
    BOUNDARY = "boundary", _("Boundary")
    FACTUALITY = "factuality", _("Factuality")
    RIGHT_WAY = "right_way", _("Right way")
