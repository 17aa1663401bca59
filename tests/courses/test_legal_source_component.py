"""What a reader sees of a legal source: when it was checked, or that nobody has."""

import datetime as dt

import pytest

from courses.payload import Legal, Source
from courses.rendering import legal_html

pytestmark = pytest.mark.usefixtures("in_english")
DAY = dt.date(2026, 11, 25)
BLOCK = Legal(id="l", source="osl")


def source(**checked: dt.date) -> Source:
    return Source(key="osl", designation="OSL 10 kap. 27 §", law="OSL", **checked)


def test_it_says_by_when_a_source_should_have_been_checked() -> None:
    late = source(checked_on=dt.date(2026, 1, 7), check_again_on=dt.date(2026, 11, 24))

    assert "should have been checked by 24 November 2026." in legal_html(BLOCK, late, DAY)


def test_it_names_no_day_where_nobody_has_checked_the_source() -> None:
    shown = legal_html(BLOCK, source(), DAY)

    assert "Nobody has checked this legal source against the law." in shown
    assert "should have been checked" not in shown


def test_it_warns_of_nothing_while_the_check_holds() -> None:
    checked = source(checked_on=dt.date(2026, 11, 1), check_again_on=dt.date(2026, 12, 31))

    assert "law__overdue" not in legal_html(BLOCK, checked, DAY)
