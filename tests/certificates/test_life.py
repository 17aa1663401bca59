"""A certificate is replaced or revoked, never changed, and one of each completion is current."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from certificates.actions import LifeRefused, issue, missing_completions, replace, reserve, revoke
from certificates.models import Certificate, Revocation
from organisation.models import Event
from tests.completions import completed

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.UTC)


@pytest.fixture
def certificate(city, learner) -> Certificate:
    return issue(completed(learner), at=AT).certificate


def test_it_replaces_one_with_the_name_as_it_is_now(certificate, learner, coordinator) -> None:
    old_bytes = certificate.document.read()
    learner.last_name = "Lärande-Ny"
    learner.save()

    new = replace(certificate, reason="Felstavat namn.", by=coordinator, at=AT)
    document = issue(certificate.completion, at=AT)

    assert document.certificate == new
    assert new.sheet["holder"] == learner.get_full_name()
    assert new.sheet["replaces"] == f"Ersätter intyg {certificate.number}"
    assert certificate.document.read() == old_bytes
    assert list(Certificate.objects.current()) == [new]


def test_it_waits_for_the_document_of_the_new_one(certificate, coordinator) -> None:
    replace(certificate, reason="Felstavat namn.", by=coordinator, at=AT)

    assert missing_completions() == [certificate.completion_id]
    issue(certificate.completion, at=AT)
    assert missing_completions() == []


def test_it_tells_in_the_log_who_did_it_and_why(certificate, coordinator) -> None:
    replace(certificate, reason=" Felstavat namn. ", by=coordinator, at=AT)

    event = Event.objects.get(verb="certificate.replaced")

    assert (event.actor, event.subject_id) == (coordinator, str(certificate.pk))
    assert Certificate.objects.get(replaces=certificate).reason == "Felstavat namn."


@pytest.mark.parametrize("first", [replace, revoke])
@pytest.mark.parametrize("second", [replace, revoke])
def test_it_ends_a_certificate_once(certificate, coordinator, first, second) -> None:
    first(certificate, reason="Först.", by=coordinator, at=AT)
    before = Certificate.objects.count(), Revocation.objects.count()

    with pytest.raises(LifeRefused):
        second(certificate, reason="Sedan.", by=coordinator, at=AT)

    assert (Certificate.objects.count(), Revocation.objects.count()) == before


def test_the_database_holds_one_first_and_one_line(certificate, coordinator) -> None:
    replace(certificate, reason="Felstavat namn.", by=coordinator, at=AT)
    fields = {"completion": certificate.completion, "issued_on": AT.date(), "sheet": {}}

    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.create(number="TST-1", code="1", replaces=None, **fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.create(number="TST-2", code="2", replaces=certificate, **fields)


def test_it_keeps_a_revoked_one_with_its_holder(certificate, learner, coordinator, client_of) -> None:
    revoke(certificate, reason="Någon annan svarade.", by=coordinator, at=AT)

    page = client_of(learner).get("/mina-intyg/").content.decode()

    assert 'data-verdict="revoked"' in page
    assert "Någon annan" not in page
    assert missing_completions() == []


def test_it_never_issues_one_that_was_revoked_while_it_waited(city, learner, coordinator) -> None:
    revoke(reserve(completed(learner), at=AT), reason="Någon annan svarade.", by=coordinator, at=AT)

    assert missing_completions() == []
