"""Coordinators replace and revoke certificates; nobody else finds them."""

from __future__ import annotations

import datetime as dt

import pytest

from certificates.actions import issue, reserve, revoke
from certificates.models import Certificate, Revocation
from organisation.models import Event
from tests.completions import completed

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.UTC)


@pytest.fixture
def certificate(city, learner) -> Certificate:
    return issue(completed(learner), at=AT).certificate


def address_of(certificate: Certificate) -> str:
    return f"/admin/intyg/{certificate.number}/"


def test_it_finds_a_certificate_by_its_number(client_of, coordinator, certificate) -> None:
    client = client_of(coordinator)

    found = client.get("/admin/intyg/", {"nummer": certificate.number.lower()}, follow=True)
    missing = client.get("/admin/intyg/", {"nummer": "TST-1999-000001"})

    assert found.redirect_chain == [(address_of(certificate), 302)]
    assert "Det finns inget intyg med det numret" in missing.content.decode()


@pytest.mark.postgres
@pytest.mark.parametrize("address", ["/admin/intyg/%00/", "/intyg/%00.pdf"])
def test_it_finds_none_by_a_number_that_none_can_have(client_of, coordinator, city, address) -> None:
    assert client_of(coordinator).get(address).status_code == 404


def test_it_replaces_and_leads_from_one_to_the_other(client_of, coordinator, certificate) -> None:
    answer = client_of(coordinator).post(address_of(certificate), {"do": "replace", "reason": "Felstavat namn."}, follow=True)

    assert certificate.replaced_by.number in answer.content.decode()
    assert 'name="reason"' not in answer.content.decode()


def test_it_revokes(client_of, coordinator, certificate) -> None:
    client_of(coordinator).post(address_of(certificate), {"do": "revoke", "reason": "Någon annan svarade."})

    assert Revocation.objects.get().revoked_by == coordinator


@pytest.mark.parametrize("sent", [{}, {"do": "revoke"}, {"reason": "Därför."}, {"do": "burn", "reason": "Därför."}])
def test_it_does_nothing_without_a_choice_and_a_reason(client_of, coordinator, certificate, sent) -> None:
    answer = client_of(coordinator).post(address_of(certificate), sent)

    assert "Fel:" in answer.content.decode()
    assert not Revocation.objects.exists()
    assert Certificate.objects.count() == 1


def test_it_says_so_when_somebody_was_faster(client_of, coordinator, certificate) -> None:
    client, sent = client_of(coordinator), {"do": "revoke", "reason": "Därför."}
    client.post(address_of(certificate), sent)

    answer = client.post(address_of(certificate), sent)

    assert "är redan återkallat" in answer.content.decode()


def test_it_changes_nothing_when_the_new_one_could_not_be_drawn(client_of, coordinator, learner, certificate) -> None:
    learner.last_name = "\U000132b4"
    learner.save()

    answer = client_of(coordinator).post(address_of(certificate), {"do": "replace", "reason": "Felstavat namn."})

    assert "Inget är ändrat: inget typsnitt har tecknen \U000132b4 (U+132B4)." in answer.content.decode()
    assert "Ersatt av" not in answer.content.decode()
    assert 'name="reason"' in answer.content.decode()
    assert list(Certificate.objects.values_list("number", flat=True)) == [certificate.number]


def test_it_says_what_a_document_waits_for(client_of, coordinator, learner, settings) -> None:
    waiting = reserve(completed(learner, number=2), at=AT)
    client = client_of(coordinator)

    assert "På väg" in client.get(address_of(waiting)).content.decode()
    settings.SEAL_PKCS12, settings.SEAL_WHEN_MISSING = "", "wait"
    assert "Väntar på stämpeln" in client.get(address_of(waiting)).content.decode()
    revoke(waiting, reason="Därför.", by=coordinator, at=AT)
    assert "intyget utfärdades aldrig" in client.get(address_of(waiting)).content.decode()


def test_it_writes_down_who_looked(client_of, coordinator, certificate) -> None:
    client_of(coordinator).get(address_of(certificate))

    assert Event.objects.get(verb="certificate.viewed").actor == coordinator


@pytest.mark.parametrize("who", ["learner", "manager", "trainer", "outsider"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_it_is_closed_to_everybody_else(client_of, certificate, request, who, method) -> None:
    client = client_of(request.getfixturevalue(who))

    answers = [getattr(client, method)(path) for path in ("/admin/intyg/", address_of(certificate))]

    assert all(answer.status_code in {302, 403, 404} for answer in answers)
    assert not Event.objects.filter(verb="certificate.viewed").exists()
