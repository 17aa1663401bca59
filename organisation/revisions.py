"""Writes what has been worked out about periods as dated rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from organisation.history import Revision, revise
from organisation.hr.periods import Edits, Stretch
from organisation.models import (
    DatedRow,
    DepartmentManager,
    DepartmentName,
    DepartmentPlace,
    DepartmentSuccession,
    Employment,
    User,
)

Row = TypeVar("Row", bound=DatedRow)


def write(model: type[Row], edits: Edits, make: Callable[..., Row], *, by: User | None, at: dt.datetime) -> None:
    """Write the edits; `make` returns the row of (whose, value), without its days."""
    revise(model, Revision(edits.withdrawn, edits.ended, _rows(edits.added, make)), by=by, at=at)


def _rows(added: Iterable[tuple[object, Stretch]], make: Callable[..., Row]) -> Iterator[Row]:
    for whose, stretch in added:
        row = make(whose, stretch.value)
        row.from_on, row.until_on = stretch.from_on, stretch.until_on
        yield row


def named(department: int, name: str, kind: str) -> DepartmentName:
    """Return the row of a name."""
    return DepartmentName(department_id=department, name=name, kind=kind)


def placed(department: int, parent: int | None) -> DepartmentPlace:
    """Return the row of a place; without a parent it is at the top."""
    return DepartmentPlace(department_id=department, parent_id=parent)


def managed(department: int, manager: int) -> DepartmentManager:
    """Return the row of a manager."""
    return DepartmentManager(department_id=department, manager_id=manager)


def employed(person: int, department: int, occupation: str, meets_young: bool) -> Employment:
    """Return the row of an employment."""
    return Employment(user_id=person, department_id=department, occupation=occupation, meets_young=meets_young)


def succeeding(predecessor: int, successor: int, kind: str) -> DepartmentSuccession:
    """Return the row of a department that stands in another's place."""
    return DepartmentSuccession(predecessor_id=predecessor, successor_id=successor, kind=kind)
