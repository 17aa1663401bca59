"""What is hidden beside the least that has to be, on small trees."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.suppression import protect
from tests.reports.suppression.optimum import Optimum
from tests.reports.suppression.organisations import Organisation, Shape
from tests.volume import volume

MOST = 1.5

PACES = (0.05, 0.3, 0.6, 0.9)
UNITS = (2, 10)

SMALL_TREES = st.builds(
    Shape,
    seed=st.integers(0, 10**6),
    units=st.integers(*UNITS),
    modules=st.just(1),
    cycles=st.just(1),
    pace=st.sampled_from(PACES),
    doubles=st.just(0.0),
)


def a_tree(seed: int, units: int, pace: float) -> Shape:
    return Shape(seed=seed, units=units, modules=1, cycles=1, pace=pace, doubles=0.0)


def small_trees(count: int) -> Iterator[tuple[Shape, int]]:
    """Yield always the same small trees, each with a threshold."""
    random = Random(21)
    for _number in range(count):
        yield a_tree(random.randrange(10**6), random.randint(*UNITS), random.choice(PACES)), random.choice((5, 5, 5, 6, 8, 10))


@pytest.mark.proof
def test_it_hides_at_most_half_more_than_the_optimum_in_each_of_many_trees() -> None:
    count = 2000 if settings.get_current_profile_name() == "proof" else 60

    assert [tree for tree in small_trees(count) if _hides_too_much(*tree)] == []


LITTLE_ROOM = (
    *((826887, 2, 0.6), (396081, 2, 0.9), (107866, 3, 0.6), (566800, 3, 0.9), (233042, 2, 0.9), (85031, 4, 0.3)),
    *((439935, 8, 0.9), (910322, 5, 0.9), (52309, 9, 0.3), (459614, 6, 0.9), (841741, 4, 0.9), (424455, 5, 0.9)),
)
"""Trees with units that are the same people, or with rows that have little room: (seed, units, pace)."""


@pytest.mark.parametrize(("seed", "units", "pace"), LITTLE_ROOM)
def test_it_hides_at_most_half_more_than_the_optimum_where_there_is_little_room(seed: int, units: int, pace: float) -> None:
    assert not _hides_too_much(a_tree(seed, units, pace))


@pytest.mark.parametrize(
    ("tree", "threshold"), [(a_tree(2729209, 4, 0.6), 5), (a_tree(5205350, 9, 0.3), 6), (a_tree(3856450, 10, 0.3), 5)]
)
def test_it_hides_small_rows_rather_than_the_citys_cells(tree: Shape, threshold: int) -> None:
    assert not _hides_too_much(tree, threshold)


def _hides_too_much(shape: Shape, threshold: int = 5) -> bool:
    organisation = Organisation(shape)
    (basis,) = organisation.bases
    rules = msgspec.structs.replace(basis.rules, threshold=threshold)
    optimum = Optimum(msgspec.structs.replace(basis, late=(), rules=rules), is_weighted=True, threshold=threshold)
    ours = optimum.weigh(protect(optimum.basis))
    return ours > MOST * optimum.least() and ours > MOST * optimum.exact(organisation, enough=ours / MOST)


@pytest.mark.proof
@pytest.mark.parametrize("is_weighted", [True, False])
@volume(sample=2, proof=25)
@given(st.lists(SMALL_TREES, min_size=20, max_size=20))
def test_it_hides_at_most_half_more_than_the_optimum(is_weighted: bool, shapes: list[Shape]) -> None:
    ours = least = 0

    for shape in shapes:
        (basis,) = Organisation(shape).bases
        optimum = Optimum(basis, is_weighted)
        ours += optimum.weigh(protect(basis))
        least += optimum.least()

    assert ours <= MOST * least
