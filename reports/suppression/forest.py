"""The units as numbers: 0 is the city, the others come by their ids, so that no order of rows matters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from reports.follow_up.basis import UnitAt

CITY, BOARD = 10, 2
"""What a cell of the city's weighs, and one of a board's, beside those of other units."""

NONE = -1
"""The parent of a top that is in no sum: the city, and the tops of other principals."""


@dataclass(frozen=True)
class Forest:
    """`parents` and `children` by number; `upwards` has every unit before what is above it."""

    ids: tuple[str, ...]
    parents: tuple[int, ...]
    children: tuple[tuple[int, ...], ...]
    upwards: tuple[int, ...]
    weights: tuple[int, ...]
    """What a cell of each unit weighs: a report is read for those of the city, then for those of its boards."""
    numbers: dict[str, int] = field(compare=False)
    _own: dict[tuple[int, ...], list[int]] = field(compare=False, default_factory=dict)

    @classmethod
    def of(cls, units: Iterable[UnitAt]) -> Forest:
        """Number the units. One whose parent is not among them stands as a top."""
        by_id = {unit.id: unit for unit in units}
        ids = ("", *sorted(by_id))
        numbers = {name: number for number, name in enumerate(ids)}
        parents = [NONE, *(_parent(by_id[name], numbers) for name in ids[1:])]
        weights = tuple(CITY if node == 0 else BOARD if parent == 0 else 1 for node, parent in enumerate(parents))
        return cls._joined(ids, parents, weights, numbers)

    @classmethod
    def _joined(cls, ids: tuple[str, ...], parents: list[int], weights: tuple[int, ...], numbers: dict[str, int]) -> Forest:
        children: list[list[int]] = [[] for _ in ids]
        for number, parent in enumerate(parents):
            if parent != NONE:
                children[parent].append(number)
        return cls(ids, tuple(parents), tuple(map(tuple, children)), _upwards(parents, children), weights, numbers)

    def without(self, same: dict[int, int]) -> Forest:
        """Return the forest in which some units, each the same people as the unit above it, are nothing but that unit.

        What they weigh comes to the unit; they themselves stand empty beside it.
        """
        weights = list(self.weights)
        for node, upper in same.items():
            weights[upper] += self.weights[node]
        parents = [same.get(parent, parent) if node not in same else NONE for node, parent in enumerate(self.parents)]
        return self._joined(self.ids, parents, tuple(weights), self.numbers)

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

    def besides_one(self, values: list[int], *around: list[int]) -> Iterator[tuple[int, int]]:
        """Yield (unit, how many it has besides those of one below it), where the numbers between the two do not add up.

        That is where people work in several units: children together have more of `values`, or of those `around` that they
        are among. Elsewhere those besides are what the units on the way have themselves and the others below them.
        """
        overlaps = {
            node
            for one in (values, *around)
            for node, below in enumerate(self.children)
            if below and sum(one[child] for child in below) > one[node]
        }
        for node in range(len(self.parents)) if overlaps else ():
            left = [(child, node in overlaps) for child in self.children[node]]
            for below, is_meant in left:
                if is_meant:
                    yield node, values[node] - values[below]
                left += [(child, is_meant or below in overlaps) for child in self.children[below]]


def _parent(unit: UnitAt, numbers: dict[str, int]) -> int:
    if unit.parent and unit.parent in numbers:
        return numbers[unit.parent]
    return NONE if unit.principal else 0


def _upwards(parents: list[int], children: list[list[int]]) -> tuple[int, ...]:
    order = [number for number, parent in enumerate(parents) if parent == NONE]
    for number in order:
        order.extend(children[number])
    return tuple(reversed(order))
