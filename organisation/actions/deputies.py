"""A manager names somebody who stands in for her, and takes it back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation import history
from organisation.models import Department, DeputyManager, Employment, User, log_event
from organisation.permissions import managed_departments

LONGEST = dt.timedelta(days=366)


class DeputyRefused(Exception):
    """Nobody was named; the text says why."""


def employee_known_as(text: str, day: dt.date) -> User | None:
    """Return who is employed that day and has exactly this employee number or e-mail address; at most one query."""
    known_as = text.strip()
    if not known_as:
        return None
    employed = Employment.objects.on(day).values("user")
    people = User.objects.filter(Q(employee_number=known_as) | Q(email=known_as.lower()), pk__in=employed, is_active=True)
    return people.first()


@transaction.atomic
def name_deputy(
    *, deputy: User, departments: Collection[int], from_on: dt.date, until_on: dt.date, by: User, at: dt.datetime
) -> list[DeputyManager]:
    """Let the deputy stand in for `by` in these departments from a day until (not including) another.

    Raises `DeputyRefused` if a department is not `by`'s to give, or for a period that will not do.
    """
    today = timezone.localdate(at)
    if not departments or not set(departments) <= set(managed_departments(by, today)):
        raise DeputyRefused(_("Only the manager of a department names a deputy for it."))
    _refuse_person(deputy, by, today)
    _refuse_period(from_on, until_on, today)
    rows = [
        DeputyManager(department_id=department, deputy=deputy, named_by=by, from_on=from_on, until_on=until_on)
        for department in sorted(departments)
    ]
    try:
        with transaction.atomic():
            rows = [history.record(row, by=by, at=at) for row in rows]
    except IntegrityError as clash:
        raise DeputyRefused(_("The person is a deputy there already during some of these days.")) from clash
    for row in rows:
        period = {"from_on": from_on.isoformat(), "until_on": until_on.isoformat()}
        log_event("deputy.named", Department(pk=row.department_id), by=by, at=at, deputy=deputy.pk, **period)
    return rows


def _refuse_person(deputy: User, by: User, today: dt.date) -> None:
    if deputy == by:
        raise DeputyRefused(_("You cannot be your own deputy."))
    if not deputy.is_active or not Employment.objects.on(today).filter(user=deputy).exists():
        raise DeputyRefused(_("Nobody who is employed here has that number or address."))


def _refuse_period(from_on: dt.date, until_on: dt.date, today: dt.date) -> None:
    if until_on <= from_on:
        raise DeputyRefused(_("The last day is before the first day."))
    if from_on < today:
        raise DeputyRefused(_("The first day has passed already."))
    if until_on - from_on > LONGEST:
        raise DeputyRefused(_("A deputy is named for at most a year at a time."))


@transaction.atomic
def end_deputy(*, row: DeputyManager, by: User, at: dt.datetime) -> None:
    """Take the deputy's right back at once. Asked twice, the first one stands.

    Raises `DeputyRefused` if `by` is no manager of the department.
    """
    today = timezone.localdate(at)
    if row.department_id not in managed_departments(by, today):
        raise DeputyRefused(_("Only the manager of a department names a deputy for it."))
    try:
        if row.from_on >= today:
            history.withdraw(row, at=at)
        else:
            history.correct(row, by=by, at=at, until_on=today)
    except history.AlreadyEnded:
        return
    log_event("deputy.ended", Department(pk=row.department_id), by=by, at=at, deputy=row.deputy_id)
