"""What learners think of a module, without who, when or where (ADR 0008)."""

from __future__ import annotations

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models.modules import Module
from courses.models.progress import Completion


def key_by_chance() -> int:
    """Return a key that says nothing of the order in which rows came; the table lies in the order of its keys on SQLite."""
    return secrets.randbelow(2**62) + 1


class Degree(models.TextChoices):
    """How far one agrees."""

    YES = "yes", _("Yes")
    PARTLY = "partly", _("Partly")
    NO = "no", _("No")


class Evaluation(models.Model):
    """One person's answers after a module. Released ten at a time; before that nobody is shown it.

    Holds no person, no day and no department, and nothing that leads to them.
    """

    MOST_CHARACTERS = 500
    RELEASED_AT_ONCE = 10

    id = models.BigIntegerField(primary_key=True, default=key_by_chance, editable=False)
    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="evaluations", verbose_name=_("module"))
    worth_time = models.CharField(_("was it worth the time"), max_length=10, choices=Degree, blank=True)
    knows_what_to_do = models.CharField(_("do I know what to do"), max_length=10, choices=Degree, blank=True)
    unclear = models.TextField(_("what was unclear"), max_length=MOST_CHARACTERS, blank=True)
    is_released = models.BooleanField(_("released"), default=False)

    class Meta:
        verbose_name = _("evaluation of a module")
        verbose_name_plural = _("evaluations of modules")
        indexes = [models.Index(fields=["module", "is_released"])]

    def __str__(self) -> str:
        return f"{self.module_id}"


class EvaluationAsked(models.Model):
    """The questions after this completion have been answered or skipped; which of the two is stored nowhere."""

    completion = models.OneToOneField(
        Completion, on_delete=models.PROTECT, primary_key=True, related_name="evaluation_asked", verbose_name=_("completion")
    )

    class Meta:
        verbose_name = _("evaluation asked for")
        verbose_name_plural = _("evaluations asked for")

    def __str__(self) -> str:
        return f"{self.completion_id}"
