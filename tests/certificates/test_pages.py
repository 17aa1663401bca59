"""The holder's pages."""

import datetime as dt

import pytest

from certificates.actions import CannotBeDrawn, CannotBeSealed, issue, replace, reserve, revoke
from organisation.models import User
from tests.completions import completed

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.UTC)


def test_the_holder_gets_the_stored_bytes(city, learner, client_of) -> None:
    document = issue(completed(learner), at=AT)

    answer = client_of(learner).get(f"/intyg/{document.certificate.number}.pdf")

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer.content == document.read()


@pytest.mark.parametrize("who", ["manager", "other_manager", "trainer", "coordinator", "outsider"])
def test_nobody_else_gets_them(city, learner, client_of, request, who) -> None:
    document = issue(completed(learner), at=AT)

    answer = client_of(request.getfixturevalue(who)).get(f"/intyg/{document.certificate.number}.pdf")

    assert answer.status_code == 404


def test_a_stranger_is_asked_to_log_in(city, learner, client) -> None:
    document = issue(completed(learner), at=AT)

    assert client.get(f"/intyg/{document.certificate.number}.pdf").status_code == 302
    assert client.get("/mina-intyg/").status_code == 302


def test_the_list_shows_own_certificates_only(city, learner, outsider, client_of) -> None:
    mine, other = issue(completed(learner), at=AT), issue(completed(outsider), at=AT)

    page = client_of(learner).get("/mina-intyg/").content.decode()

    assert f"/intyg/{mine.certificate.number}.pdf" in page
    assert other.certificate.number not in page


def test_a_certificate_on_its_way_says_so(city, learner, client_of) -> None:
    completed(learner)

    page = client_of(learner).get("/mina-intyg/").content.decode()

    assert "data-waiting" in page
    assert ".pdf" not in page


def test_the_list_takes_as_many_queries_for_many_as_for_one(city, learner, client_of, django_assert_max_num_queries) -> None:
    for number in range(1, 6):
        issue(completed(learner, number=number), at=AT)
    client = client_of(learner)

    with django_assert_max_num_queries(6):
        client.get("/mina-intyg/")


def test_a_certificate_that_cannot_be_drawn_says_so(city, learner, client_of) -> None:
    learner.last_name = "中文"
    learner.save()
    with pytest.raises(CannotBeDrawn):
        issue(completed(learner), at=AT)

    page = client_of(learner).get("/mina-intyg/").content.decode()

    assert "data-stopped" in page
    assert "data-waiting" not in page


def test_a_certificate_that_waits_for_the_seal_says_so(city, learner, client_of, settings) -> None:
    settings.SEAL_PKCS12, settings.SEAL_WHEN_MISSING = "", "wait"
    with pytest.raises(CannotBeSealed):
        issue(completed(learner), at=AT)

    page = client_of(learner).get("/mina-intyg/").content.decode()

    assert "data-sealing" in page
    assert "data-waiting" not in page


def test_a_certificate_that_was_mended_waits_no_longer(city, learner, coordinator, client_of) -> None:
    stopped = reserve(completed(learner), at=AT)
    User.objects.filter(pk=learner.pk).update(last_name="Ny")
    new = replace(stopped, reason="Namnet gick inte att skriva ut.", by=coordinator, at=AT)
    issue(new.completion, at=AT)

    page = client_of(learner).get("/mina-intyg/").content.decode()

    assert new.number in page
    assert "data-waiting" not in page
    assert stopped.number not in page


def test_a_certificate_that_was_revoked_before_it_was_stored_waits_no_longer(city, learner, coordinator, client_of) -> None:
    revoke(reserve(completed(learner), at=AT), reason="Någon annan svarade.", by=coordinator, at=AT)

    page = client_of(learner).get("/mina-intyg/").content.decode()

    assert 'data-verdict="revoked"' in page
    assert "data-waiting" not in page
    assert ".pdf" not in page
