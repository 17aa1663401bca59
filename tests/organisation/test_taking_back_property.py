"""What was planned from a day on is taken back, for all histories and all plans: held against the days."""

from __future__ import annotations

import datetime as dt

from hypothesis import given

from organisation.hr.periods import Edits, Known, Stretch
from organisation.reorganising.sheets import Traced, split_at, taken_back
from tests.organisation.hr.test_periods import ALL_DAYS, START, days, stretches, value_on

YESTERDAY = START - dt.timedelta(days=1)


def planned_over(now: list[Stretch], plan: list[Stretch], day: dt.date) -> tuple[list[Stretch], Traced]:
    """Let the plan hold from the day on; return what holds, and what was written."""
    rows = [Known(key, stretch) for key, stretch in enumerate(now)]
    wanted = [*split_at(now, day)[0], *split_at(plan, day)[1]]
    edits = Edits(YESTERDAY)
    edits.change("", rows, wanted)
    ends = {key: end for end, keys in edits.ended.items() for key in keys}
    ended = [row.stretch._replace(until_on=ends[row.pk]) for row in rows if row.pk in ends]
    former = [row.stretch for row in rows if row.pk in ends or row.pk in edits.withdrawn]
    recorded = [stretch for _whose, stretch in edits.added]
    kept = [stretch for stretch in now if stretch not in former]
    return sorted([*kept, *ended, *recorded]), Traced([*ended, *recorded], former)


@given(now=stretches(), plan=stretches(), day=days)
def test_every_day_is_as_before(now, plan, day) -> None:
    after, traced = planned_over(now, plan, day)

    back = taken_back(after, traced, day)

    assert back is not None
    assert [value_on(one, back) for one in ALL_DAYS] == [value_on(one, now) for one in ALL_DAYS]


@given(now=stretches(), plan=stretches(), day=days, said=stretches())
def test_what_others_said_of_earlier_days_stays(now, plan, day, said) -> None:
    after, traced = planned_over(now, plan, day)
    earlier, later = split_at(said, day)[0], split_at(after, day)[1]

    back = taken_back([*earlier, *later], traced, day)

    if back is not None:
        for one in ALL_DAYS:
            if one < day:
                assert value_on(one, back) == value_on(one, said)


@given(now=stretches(), plan=stretches(), day=days, other=stretches())
def test_what_others_said_of_later_days_is_never_lost(now, plan, day, other) -> None:
    after, traced = planned_over(now, plan, day)
    changed = [*split_at(after, day)[0], *split_at(other, day)[1]]

    back = taken_back(changed, traced, day)

    if back is not None:
        planned = split_at(traced.planned, day)[1]
        for said in split_at(other, day)[1]:
            assert said in planned or all(
                value_on(one, back) == said.value for one in ALL_DAYS if said.from_on <= one < said.end
            )
