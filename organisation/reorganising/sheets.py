"""What periods become when somebody decides about a day on. Pure.

A file of the HR system says how everything is; whoever reorganises says one thing. So a change that is already known to come
later stays, and a new value holds until then.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from organisation.hr.periods import Edits, Known, Stretch, Value, from_day_on

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
        for taken in sorted(one for one in found if one.from_on < addition.end and addition.from_on < one.end):
            if start < taken.from_on:
                found.append(Stretch(start, taken.from_on, addition.value))
            start = max(start, taken.end)
        if start < addition.end:
            found.append(Stretch(start, addition.until_on, addition.value))
    return sorted(found)


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
