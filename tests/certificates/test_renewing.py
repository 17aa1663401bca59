"""A later round gives a certificate that renews the former one; both say what is so by the rules of the day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from certificates.actions import issue, replace, revoke
from certificates.models import Certificate
from certificates.verification import Verdict, verify_code
from courses.models import ModuleRule
from organisation.history import end, record
from tests.completions import COMPLETED_ON, completed
from tests.drafts import check, draft, given_out, lesson

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.UTC)
LATER = dt.datetime(2028, 2, 1, 10, 0, tzinfo=dt.UTC)


@pytest.fixture
def former(city: Any, learner: Any) -> Certificate:
    return issue(completed(learner), at=AT).certificate


def renewed(former: Certificate, **fields: Any) -> Certificate:
    again = completed(former.completion.user, number=2, completed_on=LATER.date(), **fields)
    return issue(again, at=LATER).certificate


def test_it_names_the_one_that_it_renews(former) -> None:
    new = renewed(former)

    assert new.renews == former
    assert new.sheet["replaces"] == f"Förnyar intyg {former.number}"
    assert set(Certificate.objects.current()) == {former, new}


def test_a_correction_of_a_renewal_names_both(former, coordinator) -> None:
    new = renewed(former)

    corrected = replace(new, reason="Felstavat namn.", by=coordinator, at=LATER)

    assert (corrected.replaces, corrected.renews) == (new, former)
    assert corrected.sheet["replaces"] == f"Ersätter intyg {new.number}, förnyar intyg {former.number}"


def test_it_renews_what_stands_and_not_what_was_corrected_or_revoked(former, coordinator) -> None:
    corrected = replace(former, reason="Felstavat namn.", by=coordinator, at=AT)
    issue(corrected.completion, at=AT)

    assert renewed(former).renews == corrected


def test_a_revoked_one_is_not_renewed(former, coordinator) -> None:
    revoke(former, reason="Någon annan svarade.", by=coordinator, at=AT)

    assert renewed(former).renews is None


def test_another_person_s_or_module_s_certificate_is_not_renewed(former) -> None:
    assert issue(completed(), at=AT).certificate.renews is None


def test_the_former_one_is_genuine_and_says_what_followed(former) -> None:
    new = renewed(former)

    found = verify_code(former.code, LATER.date())

    assert (found.verdict, found.renewed_by) == (Verdict.GENUINE, new.number)
    assert verify_code(new.code, LATER.date()).renewed_by == ""


def test_the_former_one_runs_out_by_its_own_time(former) -> None:
    record(ModuleRule(module=former.completion.module, validity_months=24, from_on=COMPLETED_ON), at=AT, by=None)
    new = renewed(former)

    day = dt.date(2028, 3, 2)

    assert verify_code(former.code, day).verdict is Verdict.EXPIRED
    assert verify_code(new.code, day).verdict is Verdict.GENUINE


def test_a_rule_of_today_decides_and_not_the_one_that_was_printed(former) -> None:
    rule = record(ModuleRule(module=former.completion.module, validity_months=12, from_on=dt.date(2027, 2, 1)), at=AT, by=None)
    assert verify_code(former.code, dt.date(2027, 3, 2)).verdict is Verdict.EXPIRED

    end(rule, until_on=dt.date(2027, 6, 1), by=None, at=AT)

    assert verify_code(former.code, dt.date(2027, 6, 1)).verdict is Verdict.GENUINE


def test_a_material_edition_ends_it_when_the_refresher_s_time_is_over(former) -> None:
    given_out(
        draft(lesson("l1"), lesson("l2"), check()),
        former.completion.module,
        in_force_from=dt.date(2026, 6, 1),
        at=AT + dt.timedelta(days=80),
        material=frozenset({"l2"}),
    )

    assert verify_code(former.code, dt.date(2026, 8, 30)).verdict is Verdict.GENUINE
    assert verify_code(former.code, dt.date(2026, 8, 31)).verdict is Verdict.EXPIRED


def test_it_is_followed_by_nothing_when_the_renewal_was_revoked(former, coordinator) -> None:
    revoke(renewed(former), reason="Någon annan svarade.", by=coordinator, at=LATER)

    assert verify_code(former.code, LATER.date()).renewed_by == ""


def test_it_is_followed_by_the_renewal_as_it_was_corrected(former, coordinator) -> None:
    new = renewed(former)
    corrected = replace(new, reason="Felstavat namn.", by=coordinator, at=LATER)

    assert verify_code(former.code, LATER.date()).renewed_by == new.number
    issue(corrected.completion, at=LATER)
    assert verify_code(former.code, LATER.date()).renewed_by == corrected.number
