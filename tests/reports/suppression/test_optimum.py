"""What is hidden beside the least that has to be, on small trees."""

from __future__ import annotations

import pytest
from hypothesis import given
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
