"""Carries out imports in tests, and says what the organisation is afterwards."""

from __future__ import annotations

import datetime as dt
from typing import Any

from organisation.actions.import_hr import Imported, ImportRefused, import_hr
from organisation.hr.faults import Fault
from organisation.hr.reading import HrFile
from organisation.models import Absence, DatedRow, DepartmentManager, DepartmentName, DepartmentPlace, Employment, User
from tests.organisation.hr.files import AT, MONDAY, departments_file, people_file

DATED = (Absence, DepartmentManager, DepartmentName, DepartmentPlace, Employment)


def imported(
    departments: HrFile | None = None, people: HrFile | None = None, *, as_of: dt.date = MONDAY, **options: Any
) -> Imported:
    """Import the files; the dullest ones where none are given. The moment is nine o'clock on the day."""
    at = options.pop("at", AT + (as_of - MONDAY))
    return import_hr(
        departments=departments or departments_file(),
        people=people or people_file(),
        as_of=as_of,
        by=options.pop("by", None),
        at=at,
        **{"allow_large": True} | options,
    )


def faults(departments: HrFile | None = None, people: HrFile | None = None, **options: Any) -> list[Fault]:
    """Return why the files are refused; none if they are not."""
    try:
        imported(departments, people, **options)
    except ImportRefused as refused:
        return refused.faults
    return []


def employments(number: str = "1001") -> list[tuple[str, str, str, str]]:
    """Return (department, occupation, first day, day after the last or empty) of a person's employments in force."""
    rows = Employment.objects.known_at(None).filter(user__employee_number=number).order_by("from_on", "department__external_id")
    return [
        (row.department.external_id, row.occupation, str(row.from_on), str(row.until_on or ""))
        for row in rows.select_related("department")
    ]


def employments_on(day: dt.date) -> set[tuple[str, str]]:
    """Return (number, department) of everybody employed that day."""
    return set(Employment.objects.on(day).values_list("user__employee_number", "department__external_id"))


def person_of(number: str = "1001") -> User:
    """Return a person."""
    return User.objects.get(employee_number=number)


def dated_rows() -> dict[str, list[Any]]:
    """Return every dated row there is, superseded ones too."""
    return {model.__name__: _all(model) for model in DATED}


def _all(model: type[DatedRow]) -> list[Any]:
    return list(model._default_manager.order_by("pk").values_list())
