"""What a person is told about a module on a day."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.reminding.due import Due, Kind, Sent, what_is_due
from reports.reminding.working_days import first_working_day_of_week, is_office_hour, is_working_day, name_of_day_off
from reports.standing import Standing

START, DUE = dt.date(2026, 3, 2), dt.date(2026, 4, 30)
NOT_DONE = Standing(False, False, False, False, None, DUE, None)
DONE = Standing(True, True, False, False, dt.date(2025, 5, 5), DUE, dt.date(2027, 5, 4))


def on(day: dt.date, where: Standing = NOT_DONE, *sent: Sent) -> Due | None:
    where = where._replace(is_overdue=where.is_overdue or (not where.is_completed and day > DUE))
    return what_is_due(day, where, START, sent)


def days_before(number: int) -> dt.date:
    return DUE - dt.timedelta(days=number)


OFFERED = Sent("offered", f"{START}", START)


@pytest.mark.parametrize(
    ("days", "kind"),
    [
        (50, Kind.OFFERED),
        (15, Kind.OFFERED),
        (14, Kind.DUE_IN_14),
        (4, Kind.DUE_IN_14),
        (3, Kind.DUE_IN_3),
        (0, Kind.DUE_IN_3),
        (-1, Kind.OVERDUE),
    ],
)
def test_the_most_urgent_is_told(days: int, kind: Kind) -> None:
    due = on(days_before(days))

    assert due is not None
    assert due.kind == kind


def test_what_it_says_more_than_need_not_be_told_any_more() -> None:
    due = on(days_before(2))

    assert due is not None
    assert [kind for kind, _occurrence in due.passed_over] == [Kind.DUE_IN_14, Kind.OFFERED]
    assert (
        on(
            days_before(1),
            NOT_DONE,
            *(Sent(kind, occurrence, days_before(2)) for kind, occurrence in [(due.kind, due.occurrence), *due.passed_over]),
        )
        is None
    )


def test_a_moved_due_day_is_told_anew() -> None:
    moved = NOT_DONE._replace(due_on=DUE + dt.timedelta(days=30))

    due = what_is_due(DUE + dt.timedelta(days=20), moved, START, [OFFERED, Sent("due_in_14", f"{DUE}", days_before(14))])

    assert due == Due(Kind.DUE_IN_14, "2026-05-30")


def test_nothing_is_told_about_a_module_twice_a_day() -> None:
    assert on(days_before(3), NOT_DONE, Sent("asked", "x", days_before(3))) is None


@pytest.mark.parametrize(
    ("where", "kind"),
    [
        (DONE, None),
        (DONE._replace(waits_for_refresher=True), Kind.REFRESHER),
        (DONE._replace(valid_through=DUE), Kind.REFRESHER),
        (DONE._replace(is_valid=False, is_overdue=True, valid_through=DUE - dt.timedelta(days=40)), Kind.OVERDUE),
    ],
)
def test_who_has_completed_it_is_told_when_it_is_to_be_renewed(where: Standing, kind: Kind | None) -> None:
    due = what_is_due(days_before(10), where, START, [OFFERED])

    assert (due.kind if due else None) == kind


@given(nights=st.lists(st.integers(1, 9), min_size=5, max_size=60))
def test_whatever_nights_are_missed_the_overdue_are_told_four_times_at_least_a_week_apart(nights: list[int]) -> None:
    day, sent = days_before(60), []
    for night in nights:
        day += dt.timedelta(days=night)
        if due := on(day, NOT_DONE, *sent):
            sent += [
                Sent(due.kind, due.occurrence, day),
                *(Sent(kind, occurrence, day) for kind, occurrence in due.passed_over),
            ]

    overdue = [one.on for one in sent if one.kind == Kind.OVERDUE]
    assert len({(one.kind, one.occurrence) for one in sent}) == len(sent)
    assert len(overdue) <= 4
    assert all((later - earlier).days >= 7 for earlier, later in itertools.pairwise(overdue))


@pytest.mark.parametrize(
    "day",
    [
        "2026-01-06",
        "2026-04-03",
        "2026-04-06",
        "2026-05-01",
        "2026-05-14",
        "2026-06-19",
        "2026-12-24",
        "2026-12-31",
        "2027-03-29",
    ],
)
def test_red_days_and_those_when_nobody_works_have_a_name(day: str) -> None:
    assert name_of_day_off(dt.date.fromisoformat(day))
    assert not is_working_day(dt.date.fromisoformat(day))


@pytest.mark.parametrize("day", ["2026-01-05", "2026-05-15", "2026-11-25", "2027-12-23"])
def test_other_weekdays_are_working_days(day: str) -> None:
    assert is_working_day(dt.date.fromisoformat(day))


def test_the_gathered_mail_comes_on_the_first_working_day() -> None:
    assert first_working_day_of_week(dt.date(2026, 4, 9)) == dt.date(2026, 4, 7)
    assert first_working_day_of_week(dt.date(2026, 11, 25)) == dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-03-27T07:00", True),
        ("2026-03-30T06:00", True),
        ("2026-03-27T06:59", False),
        ("2026-03-27T16:00", False),
        ("2026-03-28T10:00", False),
    ],
)
def test_office_hours_are_swedish_over_the_change_of_clocks(moment: str, is_open: bool) -> None:
    assert is_office_hour(dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC)) == is_open
