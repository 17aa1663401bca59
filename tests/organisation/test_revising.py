"""Many dated rows changed at once keep the rules of one."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from organisation.history import AlreadyEnded, Revision, revise
from organisation.models import Employment
from tests.factories import DepartmentFactory, EmploymentFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

AT = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
LATER = dt.date(2026, 4, 1)


def do(withdrawn=(), ended=None, recorded=()) -> None:
    revise(Employment, Revision(list(withdrawn), ended or {}, recorded), by=None, at=AT)


def test_it_withdraws_ends_and_records() -> None:
    first, second, third = EmploymentFactory.create_batch(3)
    new = Employment(user=first.user, department=first.department, occupation="Rektor", from_on=LATER)

    do([first.pk], {LATER: [second.pk]}, [new])

    for row in (first, second, third):
        row.refresh_from_db()
    assert (first.superseded_at, second.superseded_at, third.superseded_at) == (AT, None, None)
    assert (first.until_on, second.until_on, third.until_on) == (None, LATER, None)
    assert Employment.objects.get(occupation="Rektor").recorded_at == AT


def test_it_does_more_than_go_into_one_statement() -> None:
    department, users = DepartmentFactory(), UserFactory.create_batch(3, password=None)
    days = [dt.date(2020, 1, 1) + dt.timedelta(days=number) for number in range(400)]
    rows = [
        Employment(user=user, department=department, from_on=day, until_on=day + dt.timedelta(days=1))
        for user in users
        for day in days
    ]

    do(recorded=iter(rows))
    do(withdrawn=Employment.objects.values_list("pk", flat=True))

    assert Employment.objects.filter(superseded_at=AT).count() == 1200


def test_it_refuses_a_row_that_somebody_else_has_superseded() -> None:
    rows = EmploymentFactory.create_batch(2)
    do([rows[0].pk])

    with pytest.raises(AlreadyEnded):
        do([row.pk for row in rows])

    assert Employment.objects.filter(superseded_at=None).count() == 1


def test_it_refuses_to_end_what_has_an_end() -> None:
    row = EmploymentFactory(until_on=dt.date(2027, 1, 1))

    with pytest.raises(AlreadyEnded):
        do(ended={LATER: [row.pk]})


def test_it_refuses_to_end_a_row_on_a_day_that_has_passed() -> None:
    with pytest.raises(ValueError, match="2026-03-02"):
        do(ended={dt.date(2026, 3, 2): [EmploymentFactory().pk]})


def test_it_refuses_two_rows_in_force_at_once() -> None:
    row = EmploymentFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        do(recorded=[Employment(user=row.user, department=row.department, from_on=LATER)])
