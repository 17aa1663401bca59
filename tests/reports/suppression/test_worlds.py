"""Whether a sum can rise, against a linear program of another make."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from reports.suppression.worlds import Line, Worlds
from tests.volume import volume

CELLS = 8
MANY = 1000


@st.composite
def runs(draw: st.DrawFn) -> dict[int, int]:
    """Draw neighbouring cells with the same factor: sums of such are in whole numbers at their most."""
    first, last = sorted((draw(st.integers(0, CELLS - 1)), draw(st.integers(0, CELLS - 1))))
    return dict.fromkeys(range(first, last + 1), draw(st.sampled_from((1, -1))))


LINES = st.lists(st.builds(Line, runs(), st.integers(0, 6), st.booleans()), max_size=14)


def most(lines: list[Line], goal: dict[int, int]) -> float:
    """Return how much the goal can rise when no cell changes by more than MANY.

    Without that bound HiGHS says of some programs that can rise for ever that they cannot be met at all, though nothing changed
    meets every one.
    """
    matrix = np.array([[-line.factors.get(cell, 0) for cell in range(CELLS)] for line in lines]).reshape(-1, CELLS)
    is_fixed = np.array([line.is_fixed for line in lines], dtype=bool)
    limits = np.array([line.truth for line in lines], dtype=float)
    costs = [-goal.get(cell, 0) for cell in range(CELLS)]
    equal = {"A_eq": matrix[is_fixed], "b_eq": np.zeros(is_fixed.sum())} if is_fixed.any() else {}
    found = linprog(costs, matrix[~is_fixed], limits[~is_fixed], bounds=(-MANY, MANY), method="highs", **equal)
    return -found.fun


@volume(sample=60, proof=2000)
@given(LINES, runs(), st.integers(1, 9))
def test_it_finds_a_world_where_there_is_one_and_only_there(lines: list[Line], goal: dict[int, int], by: int) -> None:
    world = Worlds(lines).find(goal, by)

    assert (world is not None) == (most(lines, goal) >= by - 1e-6)
    if world is not None:
        assert sum(factor * world.get(cell, 0) for cell, factor in goal.items()) >= by
        for line in lines:
            change = sum(factor * world.get(cell, 0) for cell, factor in line.factors.items())
            assert change == 0 if line.is_fixed else line.truth + change >= 0


def test_it_does_not_take_half_persons_for_a_world() -> None:
    """Each two of three are one at most: together they are one and a half at most."""
    lines = [Line({one: -1, other: -1}, 1) for one, other in ((0, 1), (1, 2), (0, 2))]

    assert Worlds(lines).find({0: 1, 1: 1, 2: 1}, 1) is not None
    assert Worlds(lines).find({0: 2, 1: 2, 2: 2}, 3) is None


def test_one_question_does_not_answer_the_next() -> None:
    worlds = Worlds([Line({0: -1}, 4), Line({0: 1, 1: 1}, 0, is_fixed=True)])

    assert worlds.find({0: 1}, 4) == {0: 4, 1: -4}
    assert worlds.find({1: 1}, 3) == {0: -3, 1: 3}
    assert worlds.find({0: 1}, 5) is None
