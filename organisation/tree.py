"""The organisation's tree as it was on a day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from organisation.keys import IsOneOf
from organisation.models import DepartmentName, DepartmentPlace


@dataclass(frozen=True)
class Tree:
    """Departments by key, with the key of the one above (`None` at the top)."""

    parents: Mapping[int, int | None]

    @classmethod
    def on(cls, day: dt.date, known_at: dt.datetime | None = None) -> Tree:
        """Read the tree of a day; one query."""
        return cls(dict(DepartmentPlace.objects.on(day, known_at).values_list("department_id", "parent_id")))

    @cached_property
    def children(self) -> Mapping[int | None, tuple[int, ...]]:
        """The departments right below each."""
        found: dict[int | None, list[int]] = defaultdict(list)
        for department, parent in self.parents.items():
            found[parent if parent in self.parents else None].append(department)
        return {parent: tuple(sorted(below)) for parent, below in found.items()}

    def below(self, department: int) -> frozenset[int]:
        """The department with everything below it; empty if it did not exist."""
        return frozenset(self.walk_from(department)) if department in self.parents else frozenset()

    def walk(self) -> Iterator[int]:
        """Every department, each followed by what is below it."""
        for top in self.children.get(None, ()):
            yield from self.walk_from(top)

    def walk_from(self, department: int) -> Iterator[int]:
        """The department, then everything below it, each followed by what is below that."""
        yield department
        for child in self.children.get(department, ()):
            yield from self.walk_from(child)

    def above(self, department: int) -> tuple[int, ...]:
        """The department and everything above it, nearest first; empty if it did not exist."""
        if department not in self._above:
            self._above[department] = tuple(self._walk_up(department))
        return self._above[department]

    def all_above(self, departments: Iterable[int]) -> frozenset[int]:
        """The departments with everything above them."""
        return frozenset().union(*map(self.above, departments))

    @cached_property
    def _above(self) -> dict[int, tuple[int, ...]]:
        """What has been asked for already: lists of persons ask once for each of them."""
        return {}

    def _walk_up(self, department: int) -> list[int]:
        line: list[int] = []
        current: int | None = department
        while current is not None and current in self.parents and current not in line:
            line.append(current)
            current = self.parents[current]
        return line


def names_on(day: dt.date, known_at: dt.datetime | None = None, departments: Collection[int] | None = None) -> dict[int, str]:
    """Return each department's name that day, by key, or those of some only; one query."""
    names = DepartmentName.objects.on(day, known_at)
    if departments is not None:
        names = names.filter(IsOneOf("department", departments))
    return dict(names.values_list("department_id", "name"))
