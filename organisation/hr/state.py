"""The organisation as the database knows it now, for comparison with HR files. A fixed number of queries."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from typing import Any

from organisation.hr.department_changes import KnownDepartments, Planned
from organisation.hr.differences import Employed
from organisation.hr.people_changes import Person
from organisation.hr.periods import Known, Stretch
from organisation.models import (
    Absence,
    Department,
    DepartmentManager,
    DepartmentName,
    DepartmentPlace,
    Employment,
    Reorganisation,
    User,
)

# No file can say it, as it is no letter, and both databases can store it.
NAMELESS = "\x01"
# How many rows the database hands over at a time.
CHUNK = 2000


class CurrentOrganisation:
    """What is in force now, whatever day it is about."""

    @cached_property
    def units(self) -> dict[int, str]:
        """Departments' ids in the HR system, by key."""
        return dict(Department.objects.values_list("pk", "external_id"))

    @cached_property
    def departments(self) -> KnownDepartments:
        """Every department with its rows."""
        return KnownDepartments(
            {unit: key for key, unit in self.units.items()},
            _dated(DepartmentName, "name", "kind"),
            {unit: [_place(row) for row in rows] for unit, rows in _dated(DepartmentPlace, "parent__external_id").items()},
            _managers(),
            frozenset(Department.objects.filter(is_other_principal=True).values_list("external_id", flat=True)),
        )

    def planned_after(self, day: dt.date) -> Planned:
        """Return the days of reorganisations after the day, by the id of each department that they touch; one query."""
        found: dict[str, set[dt.date]] = defaultdict(set)
        planned = Reorganisation.objects.planned_after(day)
        for unit, from_on in planned.values_list("departments__external_id", "from_on"):
            found[unit].add(from_on)
        return found

    def employed(self) -> Iterator[Employed]:
        """Yield everybody who has employments, one after the other."""
        rows = (
            Employment.objects.known_at(None)
            .order_by("user_id", "from_on")
            .values_list(
                "user_id", "user__employee_number", "pk", "department_id", "from_on", "until_on", "occupation", "meets_young"
            )
            .iterator(CHUNK)
        )
        for (_user, number), group in groupby(rows, key=lambda row: (row[0], row[1])):
            by_unit: dict[str, list[Known]] = defaultdict(list)
            for _key, _number, pk, department, from_on, until_on, occupation, meets_young in group:
                by_unit[self.units[department]].append(Known(pk, Stretch(from_on, until_on, (occupation, meets_young))))
            yield Employed(number or "", by_unit)

    def absences(self) -> Mapping[str, Sequence[Known]]:
        """Return absences by employee number."""
        found: dict[str, list[Known]] = defaultdict(list)
        rows = Absence.objects.known_at(None).exclude(user__employee_number=None).order_by("from_on")
        for number, pk, from_on, until_on in rows.values_list("user__employee_number", "pk", "from_on", "until_on"):
            found[number or ""].append(Known(pk, Stretch(from_on, until_on, ())))
        return found

    def people(self) -> Iterator[Person]:
        """Yield every account."""
        fields = ("pk", "employee_number", "first_name", "last_name", "email", "is_protected", "is_active")
        for key, number, *rest in User.objects.order_by().values_list(*fields).iterator(CHUNK):
            yield Person(key, number or "", *rest)


def _dated(model: Any, *fields: str) -> dict[str, list[Known]]:
    found: dict[str, list[Known]] = defaultdict(list)
    rows = model.objects.known_at(None).order_by("from_on")
    for unit, pk, from_on, until_on, *value in rows.values_list(
        "department__external_id", "pk", "from_on", "until_on", *fields
    ):
        found[unit].append(Known(pk, Stretch(from_on, until_on, tuple(value))))
    return found


def _place(row: Known) -> Known:
    """At the top the id of the one above is empty, as in the file."""
    return row._replace(stretch=row.stretch._replace(value=(row.stretch.value[0] or "",)))


def _managers() -> dict[str, list[Known]]:
    """A manager without an employee number is known by something that no file can say."""
    rows = _dated(DepartmentManager, "manager__employee_number", "manager_id")
    return {
        unit: [Known(pk, stretch._replace(value=(stretch.value[0] or nameless(stretch.value[1]),))) for pk, stretch in managers]
        for unit, managers in rows.items()
    }


def nameless(key: int) -> str:
    """Return what stands for the employee number of an account without one; no file can say it."""
    return f"{NAMELESS}{key}"


def key_of_nameless(number: str) -> int | None:
    """Return the key of the account that `nameless` stands for."""
    return int(number[1:]) if number.startswith(NAMELESS) else None
