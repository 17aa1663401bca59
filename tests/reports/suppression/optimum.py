"""The fewest cells that could be hidden, as an integer program: no solution that protects as much can hide fewer.

It asks for what each small number needs at least: to be hidden, or one of those that it is a difference of; and that so many
can be elsewhere, among what is hidden, that it could as well be at the threshold, for every manager without her own branch.
What else has to hold (a part is not more than its whole) is left out, so the true optimum may be more, never fewer.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from reports.follow_up.basis import Basis, FigureAt
from reports.suppression import Hidden
from reports.suppression.mending import BOARD, CITY
from tests.reports.suppression.attacker import DERIVED

MEASURES = FigureAt.__struct_fields__[2:]
PLENTY = 10**6

Cell = tuple[str, str]
"""(unit, measure), of the one module."""
Row = tuple[dict[Cell, float], float]
"""Factors of what is hidden, and what they must add up to at least."""


class Optimum:
    """The program for a basis with one module, in which nobody works in two units."""

    def __init__(self, basis: Basis, is_weighted: bool, threshold: int = 5) -> None:
        self.threshold, self.is_weighted = threshold, is_weighted
        self.modules = {row.module for row in basis.figures}
        self.parents = {"": None, **{unit.id: unit.parent for unit in basis.units}}
        self.values = {(row.unit, name): getattr(row, name) for row in basis.figures for name in MEASURES}
        self.groups: dict[str, tuple[str, ...]] = {name: (name,) for name in MEASURES} | DERIVED
        self.cells = [cell for cell, value in self.values.items() if value]
        self.names: dict[tuple[str, str], int] = {cell: number for number, cell in enumerate(self.cells)}
        for unit in self.parents:
            for name in DERIVED:
                self.names[unit, name] = len(self.names)

    def weight(self, unit: str) -> int:
        """Return how much a cell weighs, or 1 where all are to weigh the same."""
        if not self.is_weighted:
            return 1
        return CITY if unit == "" else BOARD if self.parents[unit] == "" else 1

    def weigh(self, hidden: Hidden) -> int:
        """Return how much weighs what is hidden, zeros not counted."""
        (module,) = self.modules
        return sum(self.weight(unit) for unit, name in self.cells if not hidden.shows(module, unit, name))

    def least(self) -> int:
        """Return how much weighs what must be hidden at least."""
        rows = [*self._rows_of_small_targets(), *self._differences(), *self._enough_room(), *self._enough_elsewhere()]
        matrix = np.zeros((len(rows), len(self.names)))
        for number, (factors, _least) in enumerate(rows):
            for cell, factor in factors.items():
                if cell in self.names:
                    matrix[number, self.names[cell]] += factor
        costs = np.array([float(self.weight(unit)) for unit, _name in self.cells] + [0.0] * (len(self.names) - len(self.cells)))
        limits = LinearConstraint(matrix, lb=[least for _factors, least in rows])
        found = milp(costs, constraints=limits, integrality=np.ones(len(costs)), bounds=Bounds(0, 1))
        assert found.status == 0, found.message
        return round(found.fun)

    def value(self, unit: str, group: str) -> int:
        """Return how many are in a unit's group."""
        whole, *parts = self.groups[group]
        return int(self.values[unit, whole] - sum(self.values[unit, part] for part in parts))

    def _rows_of_small_targets(self) -> Iterator[Row]:
        """A hidden target hides its row."""
        for unit in self.parents:
            for name in MEASURES:
                if name != "target" and self.values[unit, name]:
                    yield {(unit, name): 1, (unit, "target"): -1}, 0

    def _differences(self) -> Iterator[Row]:
        """A group that is a difference is told unless one of what it is a difference of is hidden."""
        for unit in self.parents:
            for name, measures in DERIVED.items():
                yield {(unit, name): -1, **{(unit, measure): 1 for measure in measures}}, 0

    def _enough_room(self) -> Iterator[Row]:
        """A small group beside a hidden cell, which is not 0, has no room where what both are parts of is shown and small."""
        for unit in self.parents:
            for name, (whole, *parts) in DERIVED.items():
                if not 0 < self.value(unit, name) < self.threshold:
                    continue
                for part in parts:
                    others = [other for other in parts if other != part]
                    both = self.values[unit, whole] - sum(self.values[unit, other] for other in others)
                    if both <= self.threshold and self.values[unit, part]:
                        yield {(unit, measure): 1 for measure in (whole, *others)}, 1

    def _enough_elsewhere(self) -> Iterator[Row]:
        for group in self.groups:
            for unit in self.parents:
                if 0 < self.value(unit, group) < self.threshold:
                    yield {(unit, group): 1}, 1
                    yield from self._chain(group, unit, self.value(unit, group), is_own=False)
                own = self._own(unit, group)
                if 0 < own < self.threshold and own != self.value(unit, group):
                    yield from self._chain(group, unit, own, is_own=True)

    def _own(self, unit: str, group: str) -> int:
        return self.value(unit, group) - sum(self.value(child, group) for child in self._children(unit))

    def _children(self, unit: str) -> list[str]:
        return [child for child, parent in self.parents.items() if parent == unit and child != unit]

    def _chain(self, group: str, unit: str, value: int, is_own: bool) -> Iterator[Row]:
        """Yield, sum by sum upwards, that there is enough beside; or the sum itself is hidden, and there is enough above."""
        factors: dict[Cell, float] = {}
        least = float(self.threshold - value)
        branches: list[str] = []
        known, upper = unit, unit if is_own else self.parents[unit]
        while upper is not None:
            beside = [child for child in self._children(upper) if child != known or (is_own and upper == unit)]
            least -= 0 if is_own and upper == unit else self._own(upper, group)
            for child in beside:
                factors[child, group] = self.value(child, group) - (group in MEASURES)
            branches += beside
            for manager in [None, *branches]:
                known_to_all = {cell: factor for cell, factor in factors.items() if cell[0] != manager}
                yield {**known_to_all, (upper, group): PLENTY}, least
            factors[upper, group] = -PLENTY
            least -= PLENTY
            known, upper = upper, self.parents[upper]
