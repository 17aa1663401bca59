"""What periods become when somebody decides about a day on. Pure.

A file of the HR system says how everything is; whoever reorganises says one thing. So a change that is already known to come
later stays, and a new value holds until then.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from organisation.hr.periods import Edits, Known, Stretch, Value, from_day_on, joined
from organisation.hr.rows import ONE_DAY

Key = TypeVar("Key")


def holding(stretches: Sequence[Stretch], day: dt.date) -> Stretch | None:
    """Return the stretch that holds on the day."""
    return next((stretch for stretch in stretches if stretch.from_on <= day < stretch.end), None)


def with_value(stretches: Sequence[Stretch], value: Value, day: dt.date) -> list[Stretch]:
    """Let the value hold from the day until what holds that day would have ended, or until what comes next."""
    now = holding(stretches, day)
    until_on = now.until_on if now else min((one.from_on for one in stretches if one.from_on > day), default=None)
    kept = [stretch for stretch in stretches if stretch is not now]
    if now and now.from_on < day:
        kept.append(Stretch(now.from_on, day, now.value))
    return sorted([*kept, Stretch(day, until_on, value)])


def split_at(stretches: Sequence[Stretch], day: dt.date) -> tuple[list[Stretch], list[Stretch]]:
    """Return what is before the day, and what is from it on."""
    later = [Stretch(max(one.from_on, day), one.until_on, one.value) for one in stretches if one.is_live(day)]
    return from_day_on(stretches, None, day, day), later


def filled(stretches: Sequence[Stretch], more: Sequence[Stretch]) -> list[Stretch]:
    """Add `more` on the days that are free."""
    found = list(stretches)
    for addition in more:
        start = addition.from_on
        for taken in sorted(one for one in found if _overlap(one, addition)):
            if start < taken.from_on:
                found.append(Stretch(start, taken.from_on, addition.value))
            start = max(start, taken.end)
        if start < addition.end:
            found.append(Stretch(start, addition.until_on, addition.value))
    return sorted(found)


class Traced(NamedTuple):
    """What a reorganisation wrote about one thing: what it planned, and what was there in its stead."""

    planned: list[Stretch]
    former: list[Stretch]


def taken_back(now: Sequence[Stretch], traced: Traced, day: dt.date) -> list[Stretch] | None:
    """Return what holds if what was planned from the day on is as it was before; `None` if that has been changed since.

    What others have changed before the day stays, and goes on where it ends on the day only because of the plan.
    """
    before, later = split_at(now, day)
    planned, former = split_at(traced.planned, day)[1], split_at(traced.former, day)[1]
    if set(former) <= set(later) and not _meet([one for one in later if one not in former], planned):
        return list(now)
    kept = [stretch for stretch in later if stretch not in planned]
    back = _continued(traced.former, before, day)
    is_otherwise = not set(planned) <= set(later) or _meet(kept, back)
    if is_otherwise or (planned and former and not back):
        return None
    return _sealed_at(day, [*before, *kept, *back])


def _continued(former: Sequence[Stretch], before: Sequence[Stretch], day: dt.date) -> list[Stretch]:
    """Return what was there from the day on; what went on over it goes on with what now holds until then, if anything does."""
    found = [stretch for stretch in former if stretch.from_on >= day]
    cut = next((stretch for stretch in former if stretch.from_on < day < stretch.end), None)
    last = holding(before, day - ONE_DAY)
    return sorted([*found, Stretch(day, cut.until_on, last.value)] if cut and last else found)


def _meet(some: Sequence[Stretch], others: Sequence[Stretch]) -> bool:
    return any(_overlap(one, other) for one in some for other in others)


def _overlap(one: Stretch, other: Stretch) -> bool:
    return one.from_on < other.end and other.from_on < one.end


def _sealed_at(day: dt.date, stretches: Sequence[Stretch]) -> list[Stretch]:
    """Join what ends and what begins on the day, if it is the same."""
    meeting = [one for one in stretches if day in (one.from_on, one.until_on)]
    return sorted([*(one for one in stretches if one not in meeting), *joined(meeting)])


@dataclass
class Sheet(Generic[Key]):
    """Rows of one kind as they are, and as they are to be, by what they are about."""

    now: dict[Key, Sequence[Known]]
    wanted: dict[Key, list[Stretch]] = field(default_factory=dict)

    def of(self, key: Key) -> list[Stretch]:
        """Return what is to hold."""
        return self.wanted[key] if key in self.wanted else self.before(key)

    def before(self, key: Key) -> list[Stretch]:
        """Return what holds now."""
        return [known.stretch for known in self.now.get(key, ())]

    def about(self) -> set[Key]:
        """Return everything that the rows are about."""
        return {*self.now, *self.wanted}

    def set(self, key: Key, value: Value, day: dt.date) -> None:
        """Let the value hold from the day."""
        self.wanted[key] = with_value(self.of(key), value, day)

    def end(self, key: Key, day: dt.date) -> None:
        """Let nothing hold from the day on."""
        self.wanted[key] = from_day_on(self.of(key), None, day, day)

    def edits(self, today: dt.date) -> Edits:
        """Return what has to be done to the rows."""
        edits = Edits(today)
        for key, stretches in self.wanted.items():
            edits.change(key, self.now.get(key, ()), stretches)
        return edits


def values_on(sheet: Sheet[str], day: dt.date) -> Mapping[str, Value]:
    """Return what is to hold on the day, by what it is about."""
    found = {key: holding(sheet.of(key), day) for key in sheet.about()}
    return {key: stretch.value for key, stretch in found.items() if stretch}
