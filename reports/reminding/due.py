"""What a person is to be told about a module on a day: a pure function of where she stands and what was sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reports.models import Notice
from reports.standing import Standing

Kind = Notice.Kind
MOST_OVERDUE = 4
WEEK = dt.timedelta(days=7)
RENEWAL_NOTICE = dt.timedelta(days=30)
DAYS_BEFORE = {Kind.DUE_IN_3: 3, Kind.DUE_IN_14: 14}


@dataclass(frozen=True)
class Sent:
    """What the person has been told before, or was passed over."""

    kind: str
    occurrence: str
    on: dt.date


@dataclass(frozen=True)
class Due:
    """What to tell today. `passed_over` need not be told any more, since this says more."""

    kind: Kind
    occurrence: str
    passed_over: tuple[tuple[Kind, str], ...] = ()


def what_is_due(day: dt.date, where: Standing, assigned_on: dt.date, sent: Iterable[Sent]) -> Due | None:
    """Return the most urgent thing not told yet, or `None`. Nothing is told twice, and nothing about a module twice a day.

    A person who has not completed the module is told that it is offered, that it is due within 14 and within 3 days, and
    then weekly, four times, that it is overdue. One who has is told once that it is to be refreshed or renewed.
    """
    told = list(sent)
    if any(one.on == day for one in told):
        return None
    known = {(one.kind, one.occurrence) for one in told}
    new = [one for one in _from_most_urgent(where, assigned_on, told) if one not in known]
    holding = [one for one in new if _holds(one[0], day, where)]
    if not holding or (where.is_overdue and _has_been_told(day, told)):
        return None
    kind, occurrence = holding[0]
    return Due(kind, occurrence, tuple(new[new.index(holding[0]) + 1 :]))


def _from_most_urgent(where: Standing, assigned_on: dt.date, told: list[Sent]) -> Iterator[tuple[Kind, str]]:
    """Everything that can be told, now or some day."""
    if where.is_overdue:
        yield Kind.OVERDUE, _overdue(where, told)
    if where.is_completed:
        yield Kind.REFRESHER, f"{where.valid_through}"
        return
    if where.due_on:
        yield Kind.DUE_IN_3, f"{where.due_on}"
        yield Kind.DUE_IN_14, f"{where.due_on}"
    yield Kind.OFFERED, f"{assigned_on}"


def _holds(kind: Kind, day: dt.date, where: Standing) -> bool:
    if kind == Kind.OVERDUE or where.is_overdue:
        return kind == Kind.OVERDUE
    days_left = (where.due_on - day).days if where.due_on else None
    if kind in DAYS_BEFORE:
        return days_left is not None and days_left <= DAYS_BEFORE[kind]
    return kind == Kind.OFFERED or _needs_renewal(day, where)


def _needs_renewal(day: dt.date, where: Standing) -> bool:
    if not where.is_valid:
        return False
    ends_soon = where.valid_through is not None and where.valid_through - day <= RENEWAL_NOTICE
    return where.waits_for_refresher or ends_soon


def _overdue(where: Standing, told: list[Sent]) -> str:
    """Which of the weekly reminders comes next. A completion ends a row of them; the next row is another one."""
    known = {one.occurrence for one in told if one.kind == Kind.OVERDUE}
    names = [f"{where.completed_on or '-'} {number}" for number in range(1, MOST_OVERDUE + 1)]
    return next((name for name in names if name not in known), names[-1])


def _has_been_told(day: dt.date, told: list[Sent]) -> bool:
    """Whether less than a week has passed since she was told that it is overdue."""
    latest = max((one.on for one in told if one.kind == Kind.OVERDUE), default=None)
    return latest is not None and day - latest < WEEK
