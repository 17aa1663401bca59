"""Every page of the administration as everybody who may see it, as in `test_every_page`; apart, since it takes as long."""

from __future__ import annotations

import pytest

from tests.browser.looking import Windows, wrong_at
from tests.browser.places import TABLES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("table", ["training", "deciding"])
def test_it_is_as_every_page_must_be(windows: Windows, subtests: pytest.Subtests, table: str) -> None:
    for place in TABLES[table]:
        with subtests.test(str(place)):
            wrong = wrong_at(windows, place)

            assert not wrong, "\n".join(wrong)


def test_no_table_is_left_out() -> None:
    assert set(TABLES) == {"open", "learning", "looking_up", "managing", "reporting", "training", "deciding"}
