"""Where a person stood with a module on a day: a pure function of what is on record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from courses.due_days import Period, moved_due_day
from courses.validity import valid_until


@dataclass(frozen=True)
class Terms:
    """What held for a module. `refresher_major` is the latest material edition's, `refresh_by` the last day to complete it."""

    module_id: int
    slug: str
    title: str
    validity_months: int | None = None
    refresher_major: int | None = None
    refresh_by: dt.date | None = None


class Done(NamedTuple):
    """A completion: of an edition with that major number, that day."""

    major: int
    on: dt.date


class Standing(NamedTuple):
    """One person and one module, as of a day.

    `due_on` is the last day to complete the module, `None` without one (an open absence). `valid_through` is the last
    day on which the latest completion counts, `None` without an end.
    """

    is_completed: bool
    is_valid: bool
    waits_for_refresher: bool
    is_overdue: bool
    completed_on: dt.date | None
    due_on: dt.date | None
    valid_through: dt.date | None


def standing(
    day: dt.date,
    terms: Terms,
    periods: Iterable[tuple[dt.date, dt.date]],
    completions: Sequence[Done],
    absences: Sequence[Period],
) -> Standing:
    """Return where the person stood. `periods` are start and due day of each assignment, `completions` those up to `day`."""
    due_on = earliest_due_day(periods, absences)
    if not completions:
        is_overdue = due_on is not None and due_on < day
        return Standing(False, False, False, is_overdue, None, due_on, None)
    latest = max(done.on for done in completions)
    waits = terms.refresher_major is not None and all(done.major < terms.refresher_major for done in completions)
    ends = [_validity_end(latest, terms.validity_months), terms.refresh_by if waits else None]
    valid_through = min((end for end in ends if end is not None), default=None)
    is_valid = valid_through is None or day <= valid_through
    return Standing(True, is_valid, waits and is_valid, not is_valid, latest, due_on, valid_through)


def earliest_due_day(periods: Iterable[tuple[dt.date, dt.date]], absences: Sequence[Period]) -> dt.date | None:
    """Return the earliest due day, each moved by the person's absence; `None` if none has a day."""
    moved = [moved_due_day(start, due, absences) for start, due in periods]
    return min((day for day in moved if day is not None), default=None)


def _validity_end(completed_on: dt.date, months: int | None) -> dt.date | None:
    """The last day of validity."""
    until = valid_until(completed_on, months)
    return until - dt.timedelta(days=1) if until else None
