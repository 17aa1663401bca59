"""Of whom something was learned between two moments: everybody else stood on a day as was known before."""

from __future__ import annotations

import datetime as dt

import pytest

from courses.models import Exemption
from organisation.models import Employment
from reports.record import people_learned_of
from tests.factories import EmploymentFactory, UserFactory
from tests.reports.record import complete, give_out

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
DAY = dt.date(2026, 4, 30)
THEN, NOW = (dt.datetime(2026, month, 1, 12, tzinfo=dt.UTC) for month in (5, 9))
BETWEEN = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
BEFORE, AFTER = THEN - dt.timedelta(days=1), NOW + dt.timedelta(days=1)
MANY = 100


def completed(recorded_at: dt.datetime, day: dt.date = DAY) -> int:
    return complete(UserFactory(), give_out(f"m{UserFactory().pk}"), day, recorded_at).user_id


def employed(recorded_at: dt.datetime, day: dt.date = DAY) -> int:
    return EmploymentFactory(from_on=day, recorded_at=recorded_at).user_id


def exempted(recorded_at: dt.datetime, day: dt.date = DAY) -> int:
    module = give_out(f"m{UserFactory().pk}").module
    return Exemption.objects.create(user=UserFactory(), module=module, from_on=day, recorded_at=recorded_at).user_id


@pytest.mark.parametrize("record", [completed, employed, exempted])
def test_it_is_whom_something_of_the_day_was_recorded_of(record) -> None:
    people = {moment: record(moment) for moment in (BEFORE, THEN, BETWEEN, NOW, AFTER)}
    record(BETWEEN, DAY + dt.timedelta(days=1))

    assert people_learned_of(DAY, THEN, NOW, MANY) == {people[BETWEEN], people[NOW]}


@pytest.mark.parametrize(("record", "model"), [(employed, Employment), (exempted, Exemption)])
def test_it_is_whom_something_of_the_day_was_superseded_of(record, model) -> None:
    people = {moment: record(BEFORE) for moment in (BETWEEN, AFTER)}
    for moment, person in people.items():
        model.objects.filter(user=person).update(superseded_at=moment)

    assert people_learned_of(DAY, THEN, NOW, MANY) == {people[BETWEEN]}


def test_it_is_nobody_in_particular_if_they_are_too_many() -> None:
    people = {completed(BETWEEN) for _ in range(3)}

    assert people_learned_of(DAY, THEN, NOW, 3) == people
    assert people_learned_of(DAY, THEN, NOW, 2) is None
