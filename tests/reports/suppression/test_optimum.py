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

SMALL_TREES = st.builds(
    Shape,
    seed=st.integers(0, 10**6),
    units=st.integers(2, 8),
    modules=st.just(1),
    cycles=st.just(1),
    pace=st.sampled_from((0.05, 0.3, 0.6, 0.9)),
    doubles=st.just(0.0),
)


FEWEST = 15
"""Of so few persons in all there is nothing to hide behind: nearly everything is hidden."""


def small_trees(count: int) -> Iterator[Shape]:
    """Yield always the same small trees."""
    random = Random(21)
    for _number in range(count):
        yield Shape(
            seed=random.randrange(10**6),
            units=random.randint(2, 8),
            modules=1,
            cycles=1,
            pace=random.choice((0.05, 0.3, 0.6, 0.9)),
            doubles=0.0,
        )


@pytest.mark.proof
def test_it_hides_at_most_half_more_than_the_optimum_in_nearly_each_of_many_trees() -> None:
    count = 1000 if settings.get_current_profile_name() == "proof" else 100

    too_much = [shape for shape in small_trees(count) if _hides_too_much(shape)]

    assert len(too_much) <= count // 500, too_much


TIGHT = ((826887, 2, 0.6), (396081, 2, 0.9), (107866, 3, 0.6), (566800, 3, 0.9), (233042, 2, 0.9), (85031, 4, 0.3))
"""Trees with units that are the same people, or with rows that have little room: (seed, units, pace)."""


@pytest.mark.parametrize(("seed", "units", "pace"), TIGHT)
def test_it_hides_at_most_half_more_than_the_optimum_where_there_is_little_room(seed: int, units: int, pace: float) -> None:
    shape = Shape(seed=seed, units=units, modules=1, cycles=1, pace=pace, doubles=0.0)

    assert not _hides_too_much(shape)


def _hides_too_much(shape: Shape) -> bool:
    organisation = Organisation(shape)
    (basis,) = organisation.bases
    if max(row.target for row in basis.figures) < FEWEST:
        return False
    optimum = Optimum(basis, is_weighted=True)
    ours = optimum.weigh(protect(msgspec.structs.replace(basis, late=())))
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
