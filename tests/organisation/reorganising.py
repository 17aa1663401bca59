"""Carries out reorganisations in tests, and says what the organisation is on a day."""

from __future__ import annotations

import datetime as dt
from typing import Any

from organisation.actions.reorganise import ReorganisationRefused, reorganise
from organisation.hr.periods import Stretch, joined
from organisation.models import Department, DepartmentManager, DepartmentSuccession, Employment, Reorganisation
from organisation.reorganising.draft import NewDepartment
from organisation.reorganising.requests import Request
from organisation.tree import Tree, names_on
from tests.organisation.hr.importing import DATED, dated_rows

MONDAY = dt.date(2026, 3, 2)
AT = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
EARLIER = AT - dt.timedelta(hours=1)
APRIL, FEBRUARY = dt.date(2026, 4, 1), dt.date(2026, 2, 1)


def done(request: Request, from_on: dt.date = APRIL, **said: Any) -> Reorganisation:
    """Do what is asked for."""
    return reorganise(request=request, from_on=from_on, **{"by": None, "at": AT} | said)


def reasons(request: Request, from_on: dt.date = APRIL) -> list[str]:
    """Return why it is refused, having seen that nothing changed; none if it is done."""
    before = dated_rows(), list(Department.objects.order_by("pk").values_list())
    try:
        done(request, from_on)
    except ReorganisationRefused as refused:
        assert (dated_rows(), list(Department.objects.order_by("pk").values_list())) == before
        return list(refused.reasons)
    return []


def new(unit: str = "N1", name: str = "Nya enheten", manager: Any = None) -> NewDepartment:
    return NewDepartment(unit, name, "enhet", manager)


def tree_on(day: dt.date, **moment: dt.datetime) -> dict[str, str]:
    """Return the name of the one above by name, empty at the top."""
    names = names_on(day, **moment)
    return {names[key]: names.get(parent or 0, "") for key, parent in Tree.on(day, **moment).parents.items()}


def staff_on(day: dt.date, **moment: dt.datetime) -> dict[str, list[str]]:
    """Return the employee numbers of those who work in each department, by its id."""
    found: dict[str, list[str]] = {}
    for row in Employment.objects.on(day, **moment).select_related("user", "department").order_by("user__employee_number"):
        found.setdefault(row.department.external_id, []).append(row.user.employee_number)
    return found


def managers_on(day: dt.date) -> dict[str, set[str]]:
    """Return the managers' employee numbers, by department."""
    found: dict[str, set[str]] = {}
    for row in DepartmentManager.objects.on(day).select_related("manager", "department"):
        found.setdefault(row.department.external_id, set()).add(row.manager.employee_number)
    return found


def whole_organisation(**moment: dt.datetime | None) -> dict[Any, list[Stretch]]:
    """Return everything that holds, now or as known at a moment: what it is about, and its days, joined."""
    found: dict[Any, list[Stretch]] = {}
    for model in (*DATED, DepartmentSuccession):
        for row in model._default_manager.known_at(moment.get("known_at")).order_by("pk"):
            values = row.values_of_row()
            days = values.pop("from_on"), values.pop("until_on")
            about = tuple((name, str(getattr(value, "pk", value))) for name, value in sorted(values.items()))
            found.setdefault((model.__name__, about), []).append(Stretch(*days, ()))
    return {about: joined(stretches) for about, stretches in found.items()}
