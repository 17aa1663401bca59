"""Who stands in for a manager, from day to day."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from organisation.models.departments import Department
from organisation.models.history import DatedQuerySet, DatedRow


class DeputyManager(DatedRow):
    """A manager's deputy for a department: sees and does there what she may, for as long as she answers for it herself."""

    one_at_a_time = ("department", "deputy")

    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="deputies", verbose_name=_("department"))
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="deputised_departments", verbose_name=_("deputy")
    )
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="named_deputies", verbose_name=_("manager")
    )

    objects = DatedQuerySet["DeputyManager"].as_manager()

    class Meta(DatedRow.Meta):
        verbose_name = _("deputy manager")
        verbose_name_plural = _("deputy managers")
        constraints = [
            *DatedRow.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(until_on__isnull=False),
                name="organisation_deputymanager_ends",
                violation_error_message=_("A deputy stands in for a period with an end."),
            ),
            models.CheckConstraint(
                condition=~models.Q(deputy=models.F("named_by")),
                name="organisation_deputymanager_of_another",
                violation_error_message=_("Nobody stands in for herself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy_id} / {self.department_id}"
