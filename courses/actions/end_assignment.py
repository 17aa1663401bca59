"""The coordinator ends an assignment from a day to come, or takes back one that has never held."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.models import Assignment
from organisation.history import end, withdraw
from organisation.models import User, log_event


class EndRefused(Exception):
    """Nothing was changed; the text says why."""


@transaction.atomic
def end_assignment(*, assignment: Assignment, until_on: dt.date, by: User | None, at: dt.datetime) -> Assignment:
    """Let the assignment hold until (not including) the day. What has been stays as it was, in figures too.

    Raises `EndRefused` for a day that is not after today and the start, and for an assignment that has an end.
    """
    held = _locked(assignment)
    if held.until_on is not None:
        raise EndRefused(_("The assignment has an end already."))
    if until_on <= timezone.localdate(at):
        raise EndRefused(_("Choose a day after today."))
    if until_on <= held.from_on:
        raise EndRefused(_("Choose a day after the start."))
    ended = end(held, until_on=until_on, by=by, at=at)
    log_event("assignment.ended", ended, by=by, at=at, until_on=until_on.isoformat())
    return ended


@transaction.atomic
def take_back_assignment(*, assignment: Assignment, by: User | None, at: dt.datetime) -> None:
    """Say that the proposal was never made. Raises `EndRefused` if it has held a day in some department."""
    held = _locked(assignment)
    if not may_be_taken_back(held, timezone.localdate(at)):
        raise EndRefused(_("The assignment has begun to hold. End it from a day to come instead."))
    withdraw(held, at=at)
    log_event("assignment.taken_back", held, by=by, at=at)


def may_be_taken_back(assignment: Assignment, today: dt.date) -> bool:
    """Whether it has not held a day anywhere: it has not begun, or nobody has accepted it."""
    return assignment.from_on > today or not assignment.acceptances.exists()


def _locked(assignment: Assignment) -> Assignment:
    found = Assignment.objects.select_for_update().filter(pk=assignment.pk, superseded_at=None).first()
    if found is None:
        raise EndRefused(_("The assignment no longer holds."))
    return found
