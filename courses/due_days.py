"""When something is due for a person: counted from the day of joining, and moved by absence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

Period = tuple[dt.date, dt.date | None]
"""From (included) until (excluded, or open)."""


def joined_on(day: dt.date, periods: Iterable[Period]) -> dt.date:
    """Return the first day of the unbroken row of periods that holds `day`; one of them holds it.

    Periods that touch or overlap are unbroken.
    """
    begun = sorted((period for period in periods if period[0] <= day), key=lambda period: period[0])
    first, end = begun[0]
    for from_on, until_on in begun[1:]:
        if end is not None and end < from_on:
            first, end = from_on, until_on
        elif end is not None:
            end = None if until_on is None else max(end, until_on)
    return first


def moved_due_day(start: dt.date, due: dt.date, absences: Collection[Period]) -> dt.date | None:
    """Return the due day, moved by the days of absence from `start` on; `None` while an absence has no end.

    It is the first day by which the person has had as many days at work as there are days in all from `start` to `due`,
    both included. Absences may touch and overlap.
    """
    if not absences:
        return due
    days_left = (due - start).days + 1
    current = start
    for from_on, until_on in sorted(absences, key=lambda period: period[0]):
        days_at_work = (from_on - current).days
        if days_at_work >= days_left:
            break
        if until_on is None:
            return None
        if until_on > current:
            days_left -= max(days_at_work, 0)
            current = until_on
    return current + dt.timedelta(days=days_left - 1)
