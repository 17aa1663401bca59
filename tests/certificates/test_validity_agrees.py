"""Whether a certificate is valid, on the verification page and in the city's figures, is one answer on every day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from certificates.actions import issue
from certificates.models import Certificate
from certificates.verification import verify_code
from courses.actions.withdraw import withdraw
from courses.models import ModuleRule
from organisation.history import record
from organisation.models import User
from reports.record import done_by_person, terms_on
from reports.standing import standing
from tests.completions import completed
from tests.drafts import check, draft, given_out, lesson

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.UTC)
FIRST, LAST = dt.date(2026, 3, 2), dt.date(2031, 1, 31)


@pytest.fixture
def holders(city: Any, learner: User, outsider: User, trainer: User) -> list[Certificate]:
    """One completed the first edition, one the second; rules and editions change over four years."""
    first = given_out()
    second = given_out(
        draft(lesson("l1"), lesson("l2"), check()),
        first.module,
        in_force_from=dt.date(2026, 6, 15),
        material=frozenset({"l2"}),
    )
    third = given_out(
        draft(lesson("l1"), lesson("l2"), lesson("l3"), check()),
        first.module,
        in_force_from=dt.date(2027, 9, 1),
        material=frozenset({"l3"}),
    )
    stopped = given_out(
        draft(lesson("l1"), lesson("l2"), lesson("l3"), lesson("l4"), check()),
        first.module,
        in_force_from=dt.date(2027, 12, 1),
        material=frozenset({"l4"}),
    )
    withdraw(edition=stopped, step_key="", reason="Fel.", by=trainer, at=AT)
    rules = [
        (dt.date(2026, 1, 1), dt.date(2027, 1, 1), {"validity_months": None}),
        (dt.date(2027, 1, 1), dt.date(2027, 5, 1), {"validity_months": 12, "refresher_days": 300}),
        (dt.date(2027, 5, 1), dt.date(2028, 2, 1), {"validity_months": 24, "refresher_days": 400}),
        (dt.date(2028, 2, 1), None, {"validity_months": 36, "refresher_days": 500}),
    ]
    for from_on, until_on, terms in rules:
        record(ModuleRule(module=first.module, from_on=from_on, until_on=until_on, **terms), by=None, at=AT)
    completions = [
        completed(learner, first),
        completed(outsider, second, completed_on=dt.date(2026, 8, 31)),
        completed(trainer, third, completed_on=dt.date(2027, 10, 1)),
    ]
    return [issue(completion, at=AT).certificate for completion in completions]


def days() -> list[dt.date]:
    """Each of some days around every change, and every twentieth between."""
    changes = ["2026-06-15", "2026-08-31", "2026-09-13", "2027-01-01", "2027-03-02", "2027-04-11", "2027-05-01", "2027-07-20"]
    changes += [
        "2027-08-31",
        "2027-09-01",
        "2027-12-01",
        "2028-02-01",
        "2028-03-02",
        "2029-01-13",
        "2029-03-02",
        "2029-08-31",
        "2030-10-01",
    ]
    near = {dt.date.fromisoformat(day) + dt.timedelta(days=away) for day in changes for away in (-1, 0, 1)}
    far = {FIRST + dt.timedelta(days=20 * step) for step in range((LAST - FIRST).days // 20)}
    return sorted(near | far)


def counted_valid(certificate: Certificate, day: dt.date) -> bool:
    """Whether the figures count the completion as valid."""
    terms = terms_on(day)[certificate.completion.module_id]
    done = done_by_person(day)[certificate.completion.module_id, certificate.completion.user_id]
    return standing(day, terms, [], done, []).is_valid


def test_the_page_and_the_figures_say_the_same_every_day(holders) -> None:
    seen = set()

    for certificate in holders:
        for day in days():
            if day >= certificate.completion.completed_on:
                found = verify_code(certificate.code, day)
                assert found.is_good == counted_valid(certificate, day), (certificate, day)
                seen.add((certificate.pk, found.is_good))

    # Each of them is valid on some of the days and not on others, or the test says nothing.
    assert len(seen) == 2 * len(holders)
    assert timezone.localdate(AT) == FIRST
