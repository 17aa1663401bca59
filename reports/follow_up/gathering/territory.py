"""The organisation of one day, with the whole city above its own departments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from organisation.models import DepartmentName, DepartmentPlace
from organisation.tree import Tree
from reports.counting import CITY
from reports.follow_up.basis import UnitAt


@dataclass(frozen=True, eq=False)
class Territory:
    """The tree of a day, as known. `principals` are the keys of other principals' tops, `ids` every department's id."""

    tree: Tree
    principals: frozenset[int]
    ids: Mapping[int, str]

    @cached_property
    def _of(self) -> dict[int, frozenset[int]]:
        return {department: self._above(department) for department in self.tree.parents}

    def _above(self, department: int) -> frozenset[int]:
        line = self.tree.above(department)
        return frozenset(line) if self.principals.intersection(line) else frozenset((*line, CITY))

    def uppers(self, department: int) -> frozenset[int]:
        """Return the department and all above it, the city too; nothing if it did not exist that day."""
        return self._of.get(department, frozenset())

    def principal_of(self, department: int) -> int | None:
        """Return the other principal that the department belongs to."""
        return next((upper for upper in self.tree.above(department) if upper in self.principals), None)

    def id_of(self, department: int) -> str:
        """Return the unit's id in a basis; empty for the city."""
        return "" if department == CITY else self.ids[department]

    @property
    def keys(self) -> list[int]:
        """The city, then every department as the tree is walked."""
        return [CITY, *self.tree.walk()]


def units_of(territory: Territory, day: dt.date, known_at: dt.datetime) -> tuple[UnitAt, ...]:
    """Return the departments with their names of the day; one query."""
    rows = DepartmentName.objects.on(day, known_at).values_list("department_id", "name", "kind")
    named = {department: (name, kind) for department, name, kind in rows}
    return tuple(_unit(territory, department, *named.get(department, ("", ""))) for department in territory.tree.walk())


def _unit(territory: Territory, department: int, name: str, kind: str) -> UnitAt:
    parent = territory.tree.parents[department]
    principal = territory.principal_of(department)
    return UnitAt(
        id=territory.ids[department],
        name=name,
        kind=kind,
        parent=territory.ids[parent] if parent in territory.tree.parents and parent is not None else "",
        principal=territory.ids[principal] if principal is not None else "",
    )


@dataclass(frozen=True, eq=False)
class Lasting:
    """Where what happened during a period is counted: departments that were closed before its end lie where they last lay."""

    territory: Territory
    former: Mapping[int, int | None]
    """The last place in the period of those that were closed."""

    @cached_property
    def uppers(self) -> Mapping[int, frozenset[int]]:
        """Every department that there was in the period, with those of its last day that it is counted in."""

        @cache
        def above(department: int) -> frozenset[int]:
            if department in self.territory.tree.parents:
                return self.territory.uppers(department)
            parent = self.former.get(department)
            if department in self.territory.principals:
                return frozenset()
            return above(parent) if parent is not None else frozenset((CITY,))

        return {department: above(department) for department in (*self.territory.tree.parents, *self.former)}

    def above(self, departments: Iterable[int]) -> frozenset[int]:
        """Return the units that somebody in these departments is counted in, each once."""
        return frozenset[int]().union(*(self.uppers.get(one, frozenset()) for one in departments))


def lasting(territory: Territory, from_on: dt.date, until_on: dt.date, known_at: dt.datetime) -> Lasting:
    """Read the last place of every department that was closed in the period (both days included); one query."""
    places = DepartmentPlace.objects.known_at(known_at).filter(from_on__lte=until_on, until_on__gt=from_on)
    closed: Collection[tuple[int, int | None]] = [
        (department, parent)
        for department, parent in places.order_by("from_on").values_list("department_id", "parent_id")
        if department not in territory.tree.parents
    ]
    return Lasting(territory, dict(closed))
