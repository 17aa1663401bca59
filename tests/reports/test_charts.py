"""A picture of bars can be read on a phone, and nothing is cut where there is room."""

from __future__ import annotations

from reports.asking.charts import LONG, SHORT, chart_of

NAME = "Informationsdelning: vad får jag dela?"


def test_a_phone_has_room_for_a_part_of_a_long_name() -> None:
    (bar,) = chart_of("Andel", [(NAME, "54 %", 54.0)]).bars

    assert bar.short == "Informationsdelning: vad …"
    assert len(bar.short) <= SHORT
    assert bar.label == NAME


def test_no_name_runs_into_its_figure() -> None:
    (bar,) = chart_of("Andel", [("Å" * 200, "54 %", 54.0)]).bars

    assert len(bar.label) == LONG
    assert len(bar.short) == SHORT


def test_a_short_name_is_said_once() -> None:
    (bar,) = chart_of("Andel", [("Bibliotek", "54 %", 54.0)]).bars

    assert bar.short == bar.label == "Bibliotek"


def test_it_says_in_words_whatever_is_cut_in_the_picture() -> None:
    assert chart_of("Andel", [("Å" * 200, "54 %", 54.0)]).description == "Å" * 200 + ": 54 %"
