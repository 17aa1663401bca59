"""The fewest cells that could be hidden, as an integer program: no solution that protects as much can hide fewer.

It asks for what each small number needs at least: to be hidden, or one of those that it is a difference of; and that so many
can be elsewhere, among what is hidden, that it could as well be at the threshold, for every manager without her own branch.
What else has to hold (a part is not more than its whole) is left out, so the true optimum may be more, never fewer.

`Optimum.exact` closes the gap: the attacker reads what the program would hide. What she tells becomes a further row (one of
the cells that tell it has to be hidden too), until nobody tells anything. It protects as a report does: that a number could be
0 is not enough.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from reports.follow_up.basis import Basis, FigureAt
from reports.suppression import Hidden, Shown
from reports.suppression.forest import BOARD, CITY
from reports.suppression.hidden import HiddenCell, HiddenRow
from tests.reports.suppression.attacker import DERIVED, Attacker, Secret
from tests.reports.suppression.organisations import Organisation

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
        self.basis = msgspec.structs.replace(basis, late=())
        self.told: list[Row] = []
        """What the attacker made of what the program wanted to hide."""
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
        return sum(self.weight(unit) for unit, _name in self._solve())

    def exact(self, organisation: Organisation, enough: float) -> int:
        """Return how much weighs the least that no role can read, or, once it is `enough`, that so much is not too much."""
        while True:
            cells = self._solve()
            weight = sum(self.weight(unit) for unit, _name in cells)
            further = [] if weight >= enough else list(self._what_is_told(organisation, cells))
            if not further:
                return weight
            self.told += further

    def _solve(self) -> set[Cell]:
        rows = [
            *self.told,
            *self._rows_of_small_targets(),
            *self._differences(),
            *self._enough_room(),
            *self._enough_elsewhere(),
        ]
        matrix = np.zeros((len(rows), len(self.names)))
        for number, (factors, _least) in enumerate(rows):
            for cell, factor in factors.items():
                if cell in self.names:
                    matrix[number, self.names[cell]] += factor
        costs = np.array([float(self.weight(unit)) for unit, _name in self.cells] + [0.0] * (len(self.names) - len(self.cells)))
        limits = LinearConstraint(matrix, lb=[least for _factors, least in rows])
        found = milp(costs, constraints=limits, integrality=np.ones(len(costs)), bounds=Bounds(0, 1))
        assert found.status == 0, found.message
        return {cell for number, cell in enumerate(self.cells) if found.x[number] > 0.5}

    def _what_is_told(self, organisation: Organisation, cells: set[Cell]) -> Iterator[Row]:
        """Yield, role by role, that one more of the cells that tell a small number is hidden."""
        attacker = self._attacker(organisation, cells)
        for role in (None, *organisation.parents):
            for secret in attacker.tell(role)[:1]:
                yield dict.fromkeys(self._telling(organisation, cells, role, secret), 1.0), 1

    def _telling(self, organisation: Organisation, cells: set[Cell], role: str | None, secret: Secret) -> list[Cell]:
        """Return shown cells all of which it takes to tell it, all else hidden."""
        hidden = set(cells)
        rows = [[cell for cell in self.cells if cell[0] == unit] for unit in self.parents]
        for more in [*rows, *([cell] for row in rows for cell in row if cell[1] != "target")]:
            wider = hidden.union(more)
            if wider != hidden and self._attacker(organisation, wider).tells(role, secret):
                hidden = wider
        return [cell for cell in self.cells if cell not in hidden]

    def _attacker(self, organisation: Organisation, cells: set[Cell]) -> Attacker:
        (module,) = self.modules
        rows = {unit for unit, name in cells if name == "target"}
        hidden = Hidden(
            threshold=self.threshold,
            rows=tuple(HiddenRow(module=module, unit=unit, why="small") for unit in sorted(rows)),
            cells=tuple(
                HiddenCell(module=module, unit=unit, measure=name, why="small")
                for unit, name in sorted(cells)
                if unit not in rows
            ),
            bridges=(),
            parts=(),
        )
        return Attacker(organisation, [Shown(basis=self.basis, hidden=hidden)], is_0_safe=False)

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
                factors[child, group] = self.value(child, group) - (group == "target")
            branches += beside
            for manager in [None, *branches]:
                known_to_all = {cell: factor for cell, factor in factors.items() if cell[0] != manager}
                yield {**known_to_all, (upper, group): PLENTY}, least
            factors[upper, group] = -PLENTY
            least -= PLENTY
            known, upper = upper, self.parents[upper]
