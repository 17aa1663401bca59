"""Sums of variables, and linear programs over them: what the attacker solves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

Sum = Mapping[tuple[Any, ...], float]
"""Variable → factor."""


def plus(one: Sum, other: Sum, factor: float = 1) -> Sum:
    """Return one sum and so many times another."""
    found = dict(one)
    for name, amount in other.items():
        found[name] = found.get(name, 0) + factor * amount
    return found


def times(one: Sum, factor: float) -> Sum:
    """Return a sum so many times."""
    return {name: factor * amount for name, amount in one.items()}


class Program:
    """A linear program; all variables are 0 or more."""

    def __init__(self, equal: Sequence[tuple[Sum, float]], at_most: Sequence[tuple[Sum, float]]) -> None:
        names = {name for total, _bound in [*equal, *at_most] for name in total}
        self.numbers = {name: number for number, name in enumerate(sorted(names, key=repr))}
        self.equal, self.at_most = self._matrix(equal), self._matrix(at_most)

    def _matrix(self, rows: Sequence[tuple[Sum, float]], further: int = 0) -> tuple[csr_array, np.ndarray]:
        entries = [(row, self.numbers[name], factor) for row, (total, _) in enumerate(rows) for name, factor in total.items()]
        at, columns, factors = zip(*entries, strict=True) if entries else ((), (), ())
        shape = (len(rows), len(self.numbers) + further)
        return csr_array((factors, (at, columns)), shape=shape), np.array([bound for _, bound in rows], dtype=float)

    def most(self, total: Sum) -> float:
        """Return the most that a sum can be."""
        costs = np.zeros(len(self.numbers))
        for name, factor in total.items():
            costs[self.numbers[name]] = -factor
        return -self._solve(costs, self.at_most, self.equal)[1]

    def raise_all(self, sums: Sequence[Sum], threshold: int) -> list[float]:
        """Return what the sums are where as many as possible are at the threshold."""
        count, further = len(self.numbers), len(sums)
        marks: list[tuple[Sum, float]] = []
        for number, total in enumerate(sums):
            self.numbers["mark", number] = count + number
            marks.append((plus({("mark", number): 1}, total, -1), 0))
        rows, bounds = self._matrix(marks)
        for number in range(further):
            del self.numbers["mark", number]
        matrix, limits = self.at_most
        at_most = _widened(matrix, further), limits
        both = csr_array(np.vstack([at_most[0].toarray(), rows.toarray()])), np.concatenate([limits, bounds])
        costs = np.concatenate([np.zeros(count), -np.ones(further)])
        upper = [(0, None)] * count + [(None, threshold)] * further
        found, _value = self._solve(costs, both, (_widened(self.equal[0], further), self.equal[1]), upper)
        return [sum(factor * found[self.numbers[name]] for name, factor in total.items()) for total in sums]

    def _solve(
        self,
        costs: np.ndarray,
        at_most: tuple[csr_array, np.ndarray],
        equal: tuple[csr_array, np.ndarray],
        bounds: Sequence[tuple[float | None, float | None]] | tuple[float, None] = (0, None),
    ) -> tuple[np.ndarray, float]:
        found = linprog(costs, *at_most, *equal, bounds=bounds, method="highs")
        if found.status == 3:
            return np.zeros(len(costs)), -np.inf
        assert found.status == 0, found.message
        return found.x, found.fun


def _widened(matrix: csr_array, further: int) -> csr_array:
    return csr_array((matrix.data, matrix.indices, matrix.indptr), shape=(matrix.shape[0], matrix.shape[1] + further))
