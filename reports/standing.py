"""Where a person stood with a module on a day: a pure function of what is on record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from courses.due_days import Period, moved_due_day
from courses.validity import valid_until

ONE_DAY = dt.timedelta(days=1)


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
    latest = max([done.on for done in completions])
    waits = terms.refresher_major is not None and all(done.major < terms.refresher_major for done in completions)
    valid_through = _last_day(latest, terms.validity_months)
    if waits and terms.refresh_by is not None and (valid_through is None or terms.refresh_by < valid_through):
        valid_through = terms.refresh_by
    is_valid = valid_through is None or day <= valid_through
    return Standing(True, is_valid, waits and is_valid, not is_valid, latest, due_on, valid_through)


def earliest_due_day(periods: Iterable[tuple[dt.date, dt.date]], absences: Sequence[Period]) -> dt.date | None:
    """Return the earliest due day, each moved by the person's absence; `None` if none has a day."""
    if not absences:
        return min([due for _start, due in periods], default=None)
    moved = [moved_due_day(start, due, absences) for start, due in periods]
    return min((day for day in moved if day is not None), default=None)


def _last_day(completed_on: dt.date, months: int | None) -> dt.date | None:
    """The last day of validity; `None` without an end."""
    until = valid_until(completed_on, months)
    return until - ONE_DAY if until else None
