"""A department at the top may be another principal, beside the city and never inside its sums."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.models import Department, DepartmentPlace, User, log_event
from organisation.turns import take_turns


class CannotBePrincipal(Exception):
    """The department is not at the top; nothing was changed."""


@transaction.atomic
def mark_principal(*, department: Department, is_other: bool, by: User | None, at: dt.datetime) -> None:
    """Say that the department is another principal, or that it is the city's own. Raises `CannotBePrincipal`."""
    take_turns()
    department = Department.objects.select_for_update().get(pk=department.pk)
    if department.is_other_principal == is_other:
        return
    places = DepartmentPlace.objects.on(timezone.localdate(at)).filter(department=department, parent=None)
    if is_other and not places.exists():
        raise CannotBePrincipal(_("Only a department that stands at the top today can be another principal."))
    Department.objects.filter(pk=department.pk).update(is_other_principal=is_other)
    log_event("department.principal_changed", department, by=by, at=at, is_other=is_other)
