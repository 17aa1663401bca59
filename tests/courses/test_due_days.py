"""When something is due for a person who has been away."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from courses.due_days import joined_on, moved_due_day

START = dt.date(2026, 3, 1)
DUE = dt.date(2026, 3, 10)


def day(number: int) -> dt.date:
    return START + dt.timedelta(days=number)


def test_it_leaves_the_due_day_without_absence() -> None:
    assert moved_due_day(START, DUE, []) == DUE


def test_it_moves_by_the_days_away() -> None:
    assert moved_due_day(START, DUE, [(dt.date(2026, 3, 3), dt.date(2026, 3, 6))]) == dt.date(2026, 3, 13)


def test_it_ignores_absence_after_the_due_day() -> None:
    assert moved_due_day(START, DUE, [(dt.date(2026, 3, 11), None)]) == DUE


def test_it_has_no_due_day_while_an_absence_has_no_end() -> None:
    assert moved_due_day(START, DUE, [(dt.date(2026, 3, 10), None)]) is None


def counted(due: dt.date, absences: list[tuple[dt.date, dt.date | None]]) -> dt.date | None:
    """The same, counted day by day."""
    wanted = (due - START).days + 1
    at_work, current = 0, START
    while current < day(400):
        if not any(from_on <= current and (until_on is None or current < until_on) for from_on, until_on in absences):
            at_work += 1
        if at_work == wanted:
            return current
        current += dt.timedelta(days=1)
    return None


PERIODS = st.tuples(st.integers(-20, 60), st.one_of(st.none(), st.integers(1, 30))).map(
    lambda drawn: (day(drawn[0]), None if drawn[1] is None else day(drawn[0] + drawn[1]))
)


@given(st.integers(0, 40).map(day), st.lists(PERIODS, max_size=5))
def test_it_equals_counting_day_by_day(due: dt.date, absences: list[tuple[dt.date, dt.date | None]]) -> None:
    assert moved_due_day(START, due, absences) == counted(due, absences)


@given(st.lists(PERIODS, max_size=5))
def test_joining_equals_walking_back_day_by_day(periods: list[tuple[dt.date, dt.date | None]]) -> None:
    periods = [*periods, (day(10), day(20))]
    first = day(15)
    while any(
        begun <= first - dt.timedelta(days=1) and (end is None or first - dt.timedelta(days=1) < end) for begun, end in periods
    ):
        first -= dt.timedelta(days=1)

    assert joined_on(day(15), periods) == first
