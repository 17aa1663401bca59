"""What periods become, for all histories and all files: held against the rules, day by day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from organisation.hr.periods import Edits, Known, Stretch, as_the_file_says, from_day_on, joined

START = dt.date(2026, 1, 1)
DAYS = 14
ALL_DAYS = [START + dt.timedelta(days=number) for number in range(DAYS + 2)]


@st.composite
def stretches(draw: st.DrawFn, most: int = 4) -> list[Stretch]:
    """Draw stretches without overlaps; the last may be open."""
    bounds = sorted(draw(st.sets(st.integers(0, DAYS), max_size=2 * most)))
    found, open_end = [], draw(st.booleans())
    while bounds:
        first = bounds.pop(0)
        last = bounds.pop(0) if bounds else None
        if last is None and not open_end:
            break
        found.append(Stretch(ALL_DAYS[first], ALL_DAYS[last] if last else None, (draw(st.sampled_from("AB")),)))
        if bounds and draw(st.booleans()):
            bounds.insert(0, last)
    return found


days = st.sampled_from(ALL_DAYS)


def value_on(day: dt.date, rows: Sequence[Stretch]) -> tuple[str, ...] | None:
    (value, *more) = [row.value for row in rows if row.from_on <= day < row.end] or [None]
    assert not more
    return value


@given(now=stretches(), file=stretches(), as_of=days)
def test_from_the_day_on_it_is_as_the_file_says(now, file, as_of) -> None:
    result = as_the_file_says(now, file, as_of)

    for day in ALL_DAYS:
        if day >= as_of:
            assert value_on(day, result) == value_on(day, file)


@given(now=stretches(), file=stretches(), as_of=days)
def test_the_files_days_hold_backwards_and_other_days_only_if_they_were_known(now, file, as_of) -> None:
    result = as_the_file_says(now, file, as_of)

    for day in ALL_DAYS:
        if value_on(day, file):
            assert value_on(day, result) in {value_on(day, file), value_on(day, now)}
            assert value_on(day, result)
        else:
            assert value_on(day, result) in {None, value_on(day, now)}


@given(now=stretches(), as_of=days)
def test_what_the_file_does_not_mention_ends_on_the_day(now, as_of) -> None:
    result = as_the_file_says(now, [], as_of)

    assert [value_on(day, result) for day in ALL_DAYS] == [value_on(day, now) if day < as_of else None for day in ALL_DAYS]


@given(now=stretches(), file=stretches(), as_of=days, later=st.integers(0, 5))
def test_the_same_file_again_changes_nothing_also_on_a_later_day(now, file, as_of, later) -> None:
    result = as_the_file_says(now, file, as_of)

    again = as_the_file_says(result, file, as_of + dt.timedelta(days=later))

    assert joined(again) == joined(result)


@given(file=stretches(), as_of=days)
def test_where_nothing_was_known_it_is_the_file(file, as_of) -> None:
    assert as_the_file_says([], file, as_of) == file


@given(now=stretches(), value=st.sampled_from([("A",), ("B",), None]), as_of=days, since=days)
def test_a_value_from_a_day_on_changes_no_day_before_it(now, value, as_of, since) -> None:
    since = min(since, as_of)
    result = from_day_on(now, value, as_of, since)

    began = since if not any(row.from_on < as_of for row in now) else as_of
    for day in ALL_DAYS:
        assert value_on(day, result) == (value_on(day, now) if day < min(as_of, began) else value if day >= began else None)


@given(now=stretches(), wanted=stretches(), today=days)
def test_edits_lead_from_what_is_known_to_what_is_wanted(now, wanted, today) -> None:
    edits = Edits(today)
    known = [Known(number, stretch) for number, stretch in enumerate(now)]

    changed = edits.change("x", known, wanted)

    after = [stretch for _whose, stretch in edits.added]
    ends = {key: until_on for until_on, keys in edits.ended.items() for key in keys}
    for row in known:
        if row.pk in ends:
            assert row.stretch.until_on is None
            assert ends[row.pk] > today
            after.append(row.stretch._replace(until_on=ends[row.pk]))
        elif row.pk not in edits.withdrawn:
            after.append(row.stretch)
    assert joined(after) == joined(wanted)
    assert changed == (joined(now) != joined(wanted))
    assert changed or not (edits.added or edits.ended or edits.withdrawn)
