"""The parts of the organisation, whose name, place and manager have a history."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from organisation.models.history import DatedQuerySet, DatedRow
from organisation.models.people import Employment


class Department(models.Model):
    """A part of the organisation; it exists on the days when it has a place."""

    external_id = models.CharField(_("id in the HR system"), max_length=60, unique=True)
    is_other_principal = models.BooleanField(
        _("other principal"), default=False, help_text=_("Stands beside the city and never inside its sums.")
    )

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")

    def __str__(self) -> str:
        return self.name_on(None) or self.external_id

    def name_on(self, day: dt.date | None) -> str:
        """Return the name that day, or the latest one; one query."""
        names = self.names.on(day) if day else self.names.known_at(None).order_by("-from_on")
        row = names.first()
        return row.name if row else ""


class DepartmentName(DatedRow):
    """What a department was called, and of what kind it was."""

    class Kind(models.TextChoices):
        BOARD = "forvaltning", _("administration")
        BRANCH = "verksamhet", _("branch")
        UNIT = "enhet", _("unit")

    one_at_a_time = ("department",)

    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="names", verbose_name=_("department"))
    name = models.CharField(_("name"), max_length=150)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)

    objects = DatedQuerySet["DepartmentName"].as_manager()

    class Meta(DatedRow.Meta):
        verbose_name = _("department name")
        verbose_name_plural = _("department names")

    def __str__(self) -> str:
        return self.name


class DepartmentPlace(DatedRow):
    """Where in the tree a department stood; without a parent it stood at the top."""

    one_at_a_time = ("department",)

    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="places", verbose_name=_("department"))
    parent = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("part of")
    )

    objects = DatedQuerySet["DepartmentPlace"].as_manager()

    class Meta(DatedRow.Meta):
        verbose_name = _("department place")
        verbose_name_plural = _("department places")
        constraints = [
            *DatedRow.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(parent=None) | ~models.Q(parent=models.F("department")),
                name="organisation_departmentplace_not_in_itself",
                violation_error_message=_("A department cannot be part of itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.department_id} / {self.parent_id or '–'}"


class DepartmentManagerQuerySet(DatedQuerySet["DepartmentManager"]):
    """Asks who answers for departments."""

    def serving(self, day: dt.date) -> DepartmentManagerQuerySet:
        """Keep the managers of the day who have not left: whose employments had all ended, or not begun, answers for nothing.

        Somebody who was never employed here may answer for a department all the same.
        """
        employments = Employment.objects.filter(user=OuterRef("manager"))
        return self.on(day).filter(Exists(employments.on(day)) | ~Exists(employments.known_at(None)))


class DepartmentManager(DatedRow):
    """Who answered for a department; there may be several at once."""

    one_at_a_time = ("department", "manager")

    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="managers", verbose_name=_("department"))
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="managed_departments", verbose_name=_("manager")
    )

    objects = DepartmentManagerQuerySet.as_manager()

    class Meta(DatedRow.Meta):
        verbose_name = _("department manager")
        verbose_name_plural = _("department managers")

    def __str__(self) -> str:
        return f"{self.manager_id} / {self.department_id}"
