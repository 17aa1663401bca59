"""A new rule takes over from the one before; nothing is overwritten."""

from __future__ import annotations

import datetime as dt

import pytest

from courses.models import AudienceRule
from organisation.history import take_over
from organisation.models import Department
from tests.factories import AudienceRuleFactory, DepartmentFactory

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def department(db: None) -> Department:
    return DepartmentFactory()


@pytest.fixture
def rule(department: Department) -> AudienceRule:
    return AudienceRuleFactory(departments=[department])


def successor(rule: AudienceRule, from_on: dt.date) -> AudienceRule:
    return take_over(AudienceRule(audience=rule.audience, from_on=from_on, occupations=["Lärare"]), by=None, at=AT)


def test_it_ends_what_held_before_on_its_first_day(rule: AudienceRule) -> None:
    new = successor(rule, dt.date(2026, 4, 1))

    rule.refresh_from_db()
    assert (rule.until_on, rule.superseded_at) == (dt.date(2026, 4, 1), None)
    assert list(AudienceRule.objects.on(dt.date(2026, 4, 1))) == [new]


def test_it_keeps_the_departments_of_a_past_that_is_corrected(rule: AudienceRule, department: Department) -> None:
    successor(rule, dt.date(2026, 2, 1))

    before = AudienceRule.objects.on(dt.date(2026, 1, 31)).get()
    assert before.pk != rule.pk
    assert list(before.departments.all()) == [department]


def test_it_keeps_what_was_known_before(rule: AudienceRule) -> None:
    successor(rule, dt.date(2026, 2, 1))

    assert list(AudienceRule.objects.on(dt.date(2026, 3, 1), known_at=AT - dt.timedelta(hours=1))) == [rule]


def test_it_replaces_what_was_planned_from_the_same_day_or_later(rule: AudienceRule) -> None:
    successor(rule, dt.date(2026, 5, 1))

    new = successor(rule, dt.date(2026, 4, 1))

    assert list(AudienceRule.objects.on(dt.date(2026, 6, 1))) == [new]


def test_it_lets_a_period_that_has_ended_be(rule: AudienceRule) -> None:
    AudienceRule.objects.filter(pk=rule.pk).update(until_on=dt.date(2025, 6, 1))

    successor(rule, dt.date(2026, 4, 1))

    rule.refresh_from_db()
    assert (rule.until_on, rule.superseded_at) == (dt.date(2025, 6, 1), None)
