"""What every reader knows of some modules' numbers whatever is hidden, and what nobody may tell, cell by cell.

Cells are numbers. Readers are the public, `NONE`, and the manager of each unit, who knows all below it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from reports.suppression.forest import NONE
from reports.suppression.hidden import MEASURES
from reports.suppression.numbers import Numbers
from reports.suppression.worlds import Line

Sum = Mapping[str, int]
"""Measure → factor."""

PEOPLE: tuple[Sum, ...] = (
    {"valid": 1},
    {"completed": 1, "valid": -1},
    {"overdue": 1, "completed": -1, "valid": 1},
    {"target": 1, "valid": -1, "overdue": -1},
    {"offered": 1},
    {"target": 1, "offered": -1},
    {"started": 1},
    {"target": 1, "started": -1},
    {"refresher": 1},
    {"valid": 1, "refresher": -1},
    {"exempt": 1},
)
"""Kinds of people who work in a unit: there are none of them where nobody works."""
TRAINED: tuple[Sum, ...] = ({"trained": 1}, {"certificates": 1})
"""Kinds of people who worked in a unit when they completed the module."""
LEFT: Sum = {"trained_left": 1}
STILL_HERE: Sum = {"trained": 1, "trained_left": -1}
LATE: Sum = {"late": 1}

DIFFERENCES: tuple[Sum, ...] = (
    {"completed": 1, "valid": -1},
    {"target": 1, "completed": -1},
    {"target": 1, "valid": -1},
    {"target": 1, "offered": -1},
    {"target": 1, "started": -1},
    {"valid": 1, "refresher": -1},
    {"target": 1, "overdue": -1},
    {"target": 1, "valid": -1, "overdue": -1},
    STILL_HERE,
)
"""What a row tells besides its measures; a row with a small target is hidden anyhow."""


@dataclass(frozen=True, slots=True, eq=False)
class Secret:
    """That to a reader the sum of these cells could as well be more by so many. Each stands once."""

    reader: int
    goal: tuple[tuple[int, int], ...]
    by: int


@dataclass(frozen=True, slots=True)
class _Remainder:
    """A unit's sum, of which readers take away those below that are shown. `below` has the cells and the value of each."""

    goal: tuple[tuple[int, int], ...]
    value: int
    below: tuple[tuple[frozenset[int], int], ...]
    readers: tuple[int, ...]
    threshold: int
    _known: dict[int, list[Secret]] = field(default_factory=dict)

    def secrets(self, hidden: Collection[int]) -> list[Secret]:
        left = self.value - sum(value for cells, value in self.below if value and cells.isdisjoint(hidden))
        if not 0 < left < self.threshold or left == self.value:
            return []
        if left not in self._known:
            self._known[left] = [Secret(reader, self.goal, self.threshold - left) for reader in self.readers]
        return self._known[left]


class Knowledge:
    """Of one report, before which there is none. `values` and `weights` are by cell.

    Only where `is_whole` do the units' numbers add up so that it can be used.
    """

    def __init__(self, numbers: Numbers, modules: Sequence[str]) -> None:
        self.numbers, self.modules, self.forest = numbers, modules, numbers.forest
        self.units = numbers.peopled(modules)
        self.children = {
            unit: [child for child in self.forest.children[unit] if child in set(self.units)] for unit in self.units
        }
        self.below = {unit: set(self._with_below(unit)) for unit in self.units}
        keys = [(module, measure, unit) for module in modules for measure in MEASURES for unit in self.units]
        self.cells = {key: cell for cell, key in enumerate(keys)}
        self.keys = keys
        self.values = [numbers.of[module][measure][unit] for module, measure, unit in keys]
        self.unit_of = [unit for _module, _measure, unit in keys]
        self.target_of = [self.cells[module, "target", unit] for module, _measure, unit in keys]
        can_be_0 = {"exempt"} if len(modules) > 1 else set()
        self.may_hide = [value > 0 or measure in can_be_0 for value, (_, measure, _) in zip(self.values, keys, strict=True)]
        self.is_above_0 = [
            value > 0 and measure not in can_be_0 for value, (_, measure, _) in zip(self.values, keys, strict=True)
        ]
        self.weights = [self.forest.weights[unit] if may else 0 for unit, may in zip(self.unit_of, self.may_hide, strict=True)]
        self.lines = [line for module in modules for unit in self.units for line in self._lines(module, unit)]
        self.lines += [line for unit in self.units for line in self._same_audience(unit)]
        self.is_whole = all(line.truth >= 0 and not (line.is_fixed and line.truth) for line in self.lines)
        self._always = [secret for module in modules for unit in self.units for secret in self._secrets(module, unit)]
        self._remainders = [one for module in modules for unit in self.units for one in self._besides(module, unit)]

    def weigh(self, cells: Iterable[int]) -> int:
        """Return how much cells weigh together; a 0 of a hidden row is nothing."""
        return sum(self.weights[cell] for cell in cells)

    def by_measure(self, cells: Iterable[int]) -> dict[tuple[str, str], set[int]]:
        """Return the units of cells by (module, measure), for each of them; without the zeros of hidden rows."""
        found = {(module, measure): set[int]() for module in self.modules for measure in MEASURES}
        for cell in cells:
            if self.may_hide[cell]:
                module, measure, unit = self.keys[cell]
                found[module, measure].add(unit)
        return found

    def _with_below(self, unit: int) -> Iterator[int]:
        yield unit
        for child in self.children[unit]:
            yield from self._with_below(child)

    def _sum(self, module: str, unit: int, total: Sum) -> dict[int, int]:
        return {self.cells[module, measure, unit]: factor for measure, factor in total.items()}

    def _own(self, module: str, unit: int, total: Sum) -> dict[int, int]:
        """Return what a unit has more than those below it together."""
        found = self._sum(module, unit, total)
        for child in self.children[unit]:
            found |= {cell: -factor for cell, factor in self._sum(module, child, total).items()}
        return found

    def _value(self, factors: Mapping[int, int]) -> int:
        return sum(factor * self.values[cell] for cell, factor in factors.items())

    def _is_direct(self, module: str, unit: int, *measures: str) -> bool:
        """Whether some of those counted are in a unit and in none below it."""
        return any(self._value(self._own(module, unit, {measure: 1})) > 0 for measure in measures)

    # What is known

    def _lines(self, module: str, unit: int) -> Iterator[Line]:
        is_leaf = not self.children[unit]
        works = is_leaf or self._is_direct(module, unit, "target", "exempt")
        trained = is_leaf or self._is_direct(module, unit, "trained")
        for kinds, can_be in ((PEOPLE, works), (TRAINED, trained), ([LATE], True)):
            for kind in kinds:
                own = self._own(module, unit, kind)
                yield Line(own, self._value(own), not can_be)
        left = self._own(module, unit, LEFT)
        if self._value(left) >= 0:
            yield Line(left, self._value(left), not trained)
        for total in (LEFT, STILL_HERE):
            yield Line(whole := self._sum(module, unit, total), self._value(whole))

    def _same_audience(self, unit: int) -> Iterator[Line]:
        first, *others = self.modules
        for other in others:
            one, two = (self._sum(module, unit, {"target": 1, "exempt": 1}) for module in (first, other))
            both = one | {cell: -factor for cell, factor in two.items()}
            yield Line(both, self._value(both), is_fixed=True)

    def known(self, hidden: Collection[int], reader: int) -> list[Line]:
        """Return what a reader knows of the hidden cells."""
        own = self.below.get(reader, set())
        left = {cell for cell in hidden if self.unit_of[cell] not in own}
        lines = []
        for line in self.lines:
            factors = {cell: factor for cell, factor in line.factors.items() if cell in left}
            if factors:
                lines.append(Line(factors, line.truth, line.is_fixed))
        return lines + [Line({cell: 1}, self.values[cell] - 1) for cell in left if self._is_not_0(cell, hidden)]

    def _is_not_0(self, cell: int, hidden: Collection[int]) -> bool:
        """Whether a hidden cell is known not to be 0, since zeros are shown; not so in a hidden row."""
        target = self.target_of[cell]
        return self.is_above_0[cell] and (cell == target or target not in hidden)

    def can_be(self, world: Mapping[int, int], hidden: Collection[int]) -> bool:
        """Whether a world, which was one of other hidden cells, looks the same with these."""
        return all(
            cell in hidden and (self.values[cell] + change > 0 or not self._is_not_0(cell, hidden))
            for cell, change in world.items()
        )

    # What nobody may tell

    def secrets(self, hidden: Collection[int]) -> list[Secret]:
        """Return what must not be told; what is besides those shown depends on what is hidden."""
        return [*self._always, *(secret for remainder in self._remainders for secret in remainder.secrets(hidden))]

    def _sums(self, module: str, unit: int) -> Iterator[tuple[Sum, bool]]:
        """Yield what a row tells, and whether there are such people in the unit and in none below it."""
        works, trained = self._is_direct(module, unit, "target", "exempt"), self._is_direct(module, unit, "trained")
        is_inner = bool(self.children[unit])
        for measure in MEASURES:
            is_direct = trained if measure in ("trained", "certificates") else works and measure not in ("trained_left", "late")
            yield {measure: 1}, is_inner and is_direct
        if self.numbers.of[module]["target"][unit] >= self.numbers.threshold:
            for total in DIFFERENCES:
                yield total, is_inner and works and total is not STILL_HERE

    def _secrets(self, module: str, unit: int) -> Iterator[Secret]:
        for total, is_direct in self._sums(module, unit):
            whole = self._sum(module, unit, total)
            known = {reader: self._value(self._sum(module, reader, total)) for reader in self._above(unit)}
            yield from self._to_all(unit, whole, self._value(whole), known)
            if is_direct:
                own = self._own(module, unit, total)
                yield from self._to_all(unit, own, self._value(own), {})

    def _besides(self, module: str, unit: int) -> Iterator[_Remainder]:
        readers = [one for one in self.units if unit not in self.below[one] and one not in self.below[unit]]
        for total, is_direct in self._sums(module, unit):
            if is_direct:
                goal = self._sum(module, unit, total)
                below = [self._sum(module, child, total) for child in self.children[unit]]
                yield _Remainder(
                    goal=tuple(goal.items()),
                    value=self._value(goal),
                    below=tuple((frozenset(one), self._value(one)) for one in below),
                    readers=(NONE, *readers),
                    threshold=self.numbers.threshold,
                )

    def _above(self, unit: int) -> list[int]:
        """Return the managers of whose line the unit is a sum."""
        return [reader for reader in self.below[unit] if reader != unit]

    def _to_all(self, unit: int, goal: Mapping[int, int], value: int, known: Mapping[int, int]) -> Iterator[Secret]:
        """Yield what is small, to a manager without those of her own line whom she knows."""
        cells = tuple(goal.items())
        for reader in (NONE, *self.units):
            left = value - known.get(reader, 0)
            if 0 < left < self.numbers.threshold and (reader == NONE or unit not in self.below[reader]):
                yield Secret(reader, cells, self.numbers.threshold - left)
