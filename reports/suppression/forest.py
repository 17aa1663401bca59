"""The units as numbers: 0 is the city, the others come by their ids, so that no order of rows matters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from reports.follow_up.basis import UnitAt

NONE = -1
"""The parent of a top that is in no sum: the city, and the tops of other principals."""


@dataclass(frozen=True)
class Forest:
    """`parents` and `children` by number; `upwards` has every unit before what is above it."""

    ids: tuple[str, ...]
    parents: tuple[int, ...]
    children: tuple[tuple[int, ...], ...]
    upwards: tuple[int, ...]
    numbers: dict[str, int] = field(compare=False)
    _own: dict[tuple[int, ...], list[int]] = field(compare=False, default_factory=dict)

    @classmethod
    def of(cls, units: Iterable[UnitAt]) -> Forest:
        """Number the units. One whose parent is not among them stands as a top."""
        by_id = {unit.id: unit for unit in units}
        ids = ("", *sorted(by_id))
        numbers = {name: number for number, name in enumerate(ids)}
        parents = [NONE, *(_parent(by_id[name], numbers) for name in ids[1:])]
        children: list[list[int]] = [[] for _ in ids]
        for number, parent in enumerate(parents):
            if parent != NONE:
                children[parent].append(number)
        return cls(ids, tuple(parents), tuple(map(tuple, children)), _upwards(parents, children), numbers)

    def own(self, values: list[int]) -> list[int]:
        """Return what is left of each unit's value without its children's; of a leaf all of it. Never below 0.

        It is below 0 where persons work in several of the children: then nobody is left for certain.
        """
        key = tuple(values)
        if key not in self._own:
            left = list(values)
            for number, parent in enumerate(self.parents):
                if parent != NONE:
                    left[parent] -= values[number]
            self._own[key] = [value if value > 0 else 0 for value in left]
        return self._own[key]

    def besides_one(self, values: list[int]) -> Iterator[tuple[int, int]]:
        """Yield (unit, how many it has besides those of one child), where people for certain work in several of its children.

        Where they do not, those besides are the other children's and the unit's own.
        """
        for node, below in enumerate(self.children):
            if sum(values[child] for child in below) > values[node]:
                yield from ((node, values[node] - values[child]) for child in below)


def _parent(unit: UnitAt, numbers: dict[str, int]) -> int:
    if unit.parent and unit.parent in numbers:
        return numbers[unit.parent]
    return NONE if unit.principal else 0


def _upwards(parents: list[int], children: list[list[int]]) -> tuple[int, ...]:
    order = [number for number, parent in enumerate(parents) if parent == NONE]
    for number in order:
        order.extend(children[number])
    return tuple(reversed(order))
