"""Reorganisations that were carried out, and which department stands in another's place."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from organisation.models.departments import Department
from organisation.models.history import DatedQuerySet, DatedRow


class ReorganisationQuerySet(models.QuerySet["Reorganisation"]):
    """Asks for protocols."""

    def planned_after(self, day: dt.date) -> ReorganisationQuerySet:
        """Keep what is still to happen after the day: not what was called off, nor that it was."""
        return self.filter(from_on__gt=day, taken_back_by=None, takes_back=None)


class Reorganisation(models.Model):
    """The protocol of something that the coordinator did with the city's departments, from a day on.

    `rows` are the keys of the dated rows that were written (`organisation.reorganising.traces`), empty in protocols from before
    they were kept. One with `takes_back` says that another, whose day had not come, is called off.
    """

    class Kind(models.TextChoices):
        OPENING = "opening", _("Opening")
        RENAMING = "renaming", _("Renaming")
        MOVING = "moving", _("Move")
        MERGING = "merging", _("Merger")
        SPLITTING = "splitting", _("Splitting")
        CLOSING = "closing", _("Closing")
        MANAGING = "managing", _("Other managers")
        CALLING_OFF = "calling_off", _("Calling off")

    is_sealed = True

    kind = models.CharField(_("what"), max_length=20, choices=Kind.choices)
    from_on = models.DateField(_("from"))
    done_at = models.DateTimeField(_("when"))
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who")
    )
    departments = models.ManyToManyField(Department, related_name="reorganisations", verbose_name=_("departments"))
    changes = models.JSONField(_("what changed"))
    rows = models.JSONField(_("what was written"), default=dict)
    takes_back = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="taken_back_by", verbose_name=_("calls off")
    )

    objects = ReorganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("reorganisation")
        verbose_name_plural = _("reorganisations")
        ordering = ["-done_at", "-id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.from_on}"


class DepartmentSuccession(DatedRow):
    """From a day on, a department stands in the place of one that was merged or split."""

    class Kind(models.TextChoices):
        MERGED = "merged", _("by merger")
        SPLIT = "split", _("by splitting")

    one_at_a_time = ("predecessor", "successor")

    predecessor = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="successions", verbose_name=_("predecessor")
    )
    successor = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="inheritances", verbose_name=_("successor")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)

    objects = DatedQuerySet["DepartmentSuccession"].as_manager()

    class Meta(DatedRow.Meta):
        verbose_name = _("succession of departments")
        verbose_name_plural = _("successions of departments")
        constraints = [
            *DatedRow.Meta.constraints,
            models.CheckConstraint(
                condition=~models.Q(predecessor=models.F("successor")),
                name="organisation_departmentsuccession_of_another",
                violation_error_message=_("A department cannot succeed itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id}"
