"""Late corrections of one person's employment or absence: what was known before stays, and nobody is asked why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db import transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from organisation.history import correct, record, withdraw
from organisation.models import Absence, DepartmentPlace, Employment, User, log_event
from organisation.turns import take_turns

Period = Employment | Absence


class CorrectionRefused(Exception):
    """Nothing was changed; `reasons` are for the coordinator."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@transaction.atomic
def correct_period(
    *, row: Period, from_on: dt.date, until_on: dt.date | None, by: User | None, at: dt.datetime
) -> Employment | Absence:
    """Let the employment or absence have been from `from_on` until (not including) `until_on`, and return the new row.

    Raises `CorrectionRefused` with every reason; then nothing has changed.
    """
    take_turns()
    _refuse_if(_reasons(row, from_on, until_on))
    corrected = correct(row, by=by, at=at, from_on=from_on, until_on=until_on)
    _log("corrected", corrected, by, at, before=_days(row.from_on, row.until_on), after=_days(from_on, until_on))
    return corrected


@transaction.atomic
def record_absence(*, person: User, from_on: dt.date, until_on: dt.date | None, by: User | None, at: dt.datetime) -> Absence:
    """Say that the person was away from `from_on` until (not including) `until_on`, which nobody had recorded.

    Raises `CorrectionRefused` with every reason; then nothing has changed.
    """
    take_turns()
    row = Absence(user=person, from_on=from_on, until_on=until_on)
    _refuse_if(_reasons_against(row))
    recorded = record(row, by=by, at=at)
    _log("recorded", recorded, by, at, after=_days(from_on, until_on))
    return recorded


@transaction.atomic
def take_back(*, row: Period, by: User | None, at: dt.datetime) -> None:
    """Say that the employment or absence never was. Raises `CorrectionRefused`."""
    take_turns()
    _refuse_if(_is_changed(row))
    withdraw(row, at=at)
    _log("taken_back", row, by, at, before=_days(row.from_on, row.until_on))


def _refuse_if(reasons: Iterator[str]) -> None:
    if found := list(reasons):
        raise CorrectionRefused(found)


def _is_changed(row: Period) -> Iterator[str]:
    if not type(row)._default_manager.filter(pk=row.pk, superseded_at=None, until_on=row.until_on).exists():
        yield _("It has been changed since you opened the page. Look at it again.")


def _reasons(row: Period, from_on: dt.date, until_on: dt.date | None) -> Iterator[str]:
    if until_on is not None and until_on <= from_on:
        yield _("The last day is before the first day.")
        return
    yield from _is_changed(row)
    if (from_on, until_on) == (row.from_on, row.until_on):
        yield _("Nothing would change.")
    if other := _in_the_way(row, from_on, until_on):
        yield _("The days overlap another period that begins on %(day)s.") % {"day": date_format(other.from_on, "j F Y")}
    if isinstance(row, Employment) and not _is_there(row, from_on, until_on):
        yield _("%(name)s was not there on all of those days.") % {"name": row.department.name_on(row.from_on)}


def _reasons_against(row: Absence) -> Iterator[str]:
    if row.until_on is not None and row.until_on <= row.from_on:
        yield _("The last day is before the first day.")
        return
    if other := _in_the_way(row, row.from_on, row.until_on):
        yield _("The days overlap another period that begins on %(day)s.") % {"day": date_format(other.from_on, "j F Y")}
    employed = Employment.objects.known_at(None).filter(Q(until_on=None) | Q(until_on__gt=row.from_on), user=row.user_id)
    if not (employed.filter(from_on__lt=row.until_on) if row.until_on else employed).exists():
        yield _("The person was not employed on any of those days.")


def _in_the_way(row: Period, from_on: dt.date, until_on: dt.date | None) -> Period | None:
    same = {name: getattr(row, name) for name in row.one_at_a_time}
    others = type(row)._default_manager.filter(**same, superseded_at=None).exclude(pk=row.pk)
    others = others.filter(Q(until_on=None) | Q(until_on__gt=from_on))
    found: Period | None = (others.filter(from_on__lt=until_on) if until_on else others).order_by("from_on").first()
    return found


def _is_there(row: Employment, from_on: dt.date, until_on: dt.date | None) -> bool:
    """Whether the department has a place on each of the days."""
    reached = from_on
    for place in DepartmentPlace.objects.known_at(None).filter(department=row.department_id).order_by("from_on"):
        if place.from_on <= reached and (place.until_on is None or reached < place.until_on):
            if place.until_on is None:
                return True
            reached = place.until_on
    return until_on is not None and until_on <= reached and from_on < reached


def _log(verb: str, row: Period, by: User | None, at: dt.datetime, **days: str) -> None:
    log_event(f"{row._meta.model_name}.{verb}", row, by=by, at=at, **days)


def _days(from_on: dt.date, until_on: dt.date | None) -> str:
    return f"{from_on.isoformat()}/{until_on.isoformat() if until_on else ''}"
