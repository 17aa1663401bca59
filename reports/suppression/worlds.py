"""Can a number rise? A linear program over what is hidden, from the truth on and in exact numbers: what it finds is a world.

It is made for few variables and for rising by little: mostly it has to look at a handful of lines only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

Number = int | Fraction

PATIENCE = 8
"""After so many steps that raised nothing the next ones are chosen so that it cannot go round for ever (Bland's rule)."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sum of cells, cell → factor, that is never below 0 and is `truth`; with `is_fixed` it can be nothing else."""

    factors: Mapping[int, int]
    truth: int
    is_fixed: bool = False


class Worlds:
    """A simplex tableau. Names from 0 on are cells, which may change either way; those below are lines, never below 0.

    Each row is something as it is now, and how much it falls as each of those that stand in no row rises from 0.
    """

    def __init__(self, lines: Iterable[Line]) -> None:
        self._goal: dict[int, Number] = {}
        self._reached: Number = 0
        self._rows: dict[int, dict[int, Number]] = {}
        self._values: dict[int, Number] = {}
        fixed = []
        for number, line in enumerate(lines, start=1):
            self._rows[-number] = {cell: -factor for cell, factor in line.factors.items()}
            self._values[-number] = 0 if line.is_fixed else line.truth
            if line.is_fixed:
                fixed.append(-number)
        for name in fixed:
            self._fix(name)

    def find(self, goal: Mapping[int, int], by: int) -> dict[int, int] | None:
        """Return by how much each cell changes where the goal rises by that much.

        None if it cannot, or where the program ends at a world that is not in whole numbers.
        """
        copy = Worlds(())
        copy._rows = {name: dict(row) for name, row in self._rows.items()}
        copy._values = dict(self._values)
        for cell, factor in goal.items():
            if cell in copy._rows:
                _take(copy._goal, copy._rows[cell], factor)
            else:
                _take(copy._goal, {cell: 1}, -factor)
        return copy._rise(by)

    def _fix(self, line: int) -> None:
        entering = min((name for name in self._rows[line] if name >= 0), default=None)
        if entering is None:
            del self._rows[line], self._values[line]
            return
        self._pivot(line, entering)
        for row in self._rows.values():
            row.pop(line, None)

    def _rise(self, by: int) -> dict[int, int] | None:
        """Raise the goal by so many, from the truth, and return what has changed."""
        idle = 0
        while (entering := self._entering(idle > PATIENCE)) is not None:
            sign = 1 if self._goal[entering] > 0 else -1
            leaving, step = self._leaving(entering, sign)
            enough = ceil(Fraction(by - self._reached) / max(factor := self._goal[entering], -factor))
            if leaving is None or step >= enough:
                return self._world(entering, sign * enough)
            idle = 0 if step else idle + 1
            self._pivot(leaving, entering)
        return None

    def _entering(self, is_careful: bool) -> int | None:
        """Return what raises the goal: a cell either way, or a line, that can only rise."""
        useful = (name for name, factor in self._goal.items() if factor > 0 or name >= 0)
        return min(useful, key=lambda name: (0 if is_careful else min(self._goal[name], -self._goal[name]), name), default=None)

    def _leaving(self, entering: int, sign: int) -> tuple[int | None, Number]:
        """Return the line that is the first to be 0, and after how much."""
        found: list[tuple[Number, int]] = []
        for name, row in self._rows.items():
            factor = sign * row.get(entering, 0)
            if name < 0 and factor > 0:
                value = self._values[name]
                found.append((value if factor == 1 else Fraction(value) / factor, name))
        step, leaving = min(found, default=(0, None))
        return leaving, step

    def _pivot(self, leaving: int, entering: int) -> None:
        row, value = self._rows.pop(leaving), self._values.pop(leaving)
        by = row.pop(entering)
        row[leaving] = 1
        if by == -1:
            row, value = {name: -factor for name, factor in row.items()}, -value
        elif by != 1:
            row, value = {name: Fraction(factor) / by for name, factor in row.items()}, Fraction(value) / by
        for other, factors in self._rows.items():
            if times := factors.pop(entering, 0):
                self._values[other] -= times * value
                _take(factors, row, times)
        if times := self._goal.pop(entering, 0):
            self._reached += times * value
            _take(self._goal, row, times)
        self._rows[entering], self._values[entering] = row, value

    def _world(self, moved: int, amount: int) -> dict[int, int] | None:
        found: dict[int, Number] = {moved: amount} if moved >= 0 else {}
        for name, row in self._rows.items():
            if name >= 0:
                found[name] = self._values[name] - row.get(moved, 0) * amount
        if any(change != int(change) for change in found.values()):
            return None
        return {cell: int(change) for cell, change in found.items() if change}


def _take(factors: dict[int, Number], row: Mapping[int, Number], times: Number) -> None:
    for name, factor in row.items():
        if left := factors.get(name, 0) - times * factor:
            factors[name] = left
        else:
            factors.pop(name, None)
