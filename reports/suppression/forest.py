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

    def few_besides_one(self, values: list[int], few: int) -> Iterator[tuple[int, int, int]]:
        """Yield (unit, child, how many it has besides those of a unit in the child) where these are under `few`, but not 0.

        The manager of the unit in the child can tell them. Where people work in several units, or have moved between them, a
        unit can have fewer than one below it.
        """
        most = list(values)
        for node in self.upwards:
            if (parent := self.parents[node]) != NONE and most[parent] < most[node]:
                most[parent] = most[node]
        for node, value in enumerate(values):
            for child in self.children[node]:
                for below in self._with_more(child, max(value - few, 0), most):
                    if max(value - few, 0) < values[below] < value:
                        yield node, child, value - values[below]

    def _with_more(self, node: int, amount: int, most: list[int]) -> Iterator[int]:
        """Yield the unit and those below it, leaving out branches in which no unit has more. `most` is by branch."""
        if most[node] > amount:
            yield node
            for child in self.children[node]:
                yield from self._with_more(child, amount, most)


def _parent(unit: UnitAt, numbers: dict[str, int]) -> int:
    if unit.parent and unit.parent in numbers:
        return numbers[unit.parent]
    return NONE if unit.principal else 0


def _upwards(parents: list[int], children: list[list[int]]) -> tuple[int, ...]:
    order = [number for number, parent in enumerate(parents) if parent == NONE]
    for number in order:
        order.extend(children[number])
    return tuple(reversed(order))
