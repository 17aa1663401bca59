"""What the city wants to reach with a module."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models import Module
from organisation.models import DatedRow
from organisation.models.history import DatedQuerySet


class ModuleGoal(DatedRow):
    """So much of a module's target group is to have valid training, in the city as a whole and in each department."""

    one_at_a_time = ("module",)

    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="goals", verbose_name=_("module"))
    percent = models.PositiveSmallIntegerField(
        _("goal in percent"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    """Of the target group; none: there is no goal any more."""

    objects = DatedQuerySet["ModuleGoal"].as_manager()

    class Meta(DatedRow.Meta):
        verbose_name = _("goal of a module")
        verbose_name_plural = _("goals of modules")
        constraints = [
            *DatedRow.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(percent=None) | models.Q(percent__range=(1, 100)),
                name="reports_module_goal_percent",
                violation_error_message=_("Write a whole number from 1 to 100."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.module_id}: {self.percent or '–'}"
