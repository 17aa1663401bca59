"""Many are issued together as one is: with as many questions to the database, and nobody's trouble is another's."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from certificates.actions import CannotBeDrawn, HolderErased, issue_many, issuing, numbering
from certificates.models import Certificate, CertificateDocument, Letter
from certificates.tasks import issue_certificates
from courses.models import Completion
from organisation.models import Erasure, Event
from tests.completions import completed
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.UTC)
MOST_QUERIES = 30


def keys_of(completions: list[Completion]) -> list[int]:
    return [completion.pk for completion in completions]


def queries_for(count: int) -> int:
    """Return how many questions it takes to issue so many that are new."""
    completions = [completed() for _turn in range(count)]
    with CaptureQueriesContext(connection) as asked:
        issue_many(keys_of(completions), at=AT)
    assert CertificateDocument.objects.filter(certificate__completion__in=completions).count() == count
    return len(asked)


def test_fifty_take_as_many_queries_as_one(city) -> None:
    # The first of the year begins the series of numbers.
    queries_for(1)

    assert queries_for(50) == queries_for(1) <= MOST_QUERIES


def test_renewals_take_one_query_more_however_many(city) -> None:
    queries_for(1)
    first = queries_for(2)
    for former in list(Completion.objects.all()):
        completed(former.user, number=2)
    later = list(Completion.objects.filter(round__number=2))

    with CaptureQueriesContext(connection) as asked:
        issue_many(keys_of(later), at=AT)

    assert len(asked) == first + 1
    assert {one.certificates.get().renews.completion.user for one in later} == {one.user for one in later}


def test_what_is_issued_already_is_only_looked_up(city) -> None:
    completions = [completed() for _turn in range(3)]
    issued = issue_many(keys_of(completions), at=AT)

    with CaptureQueriesContext(connection) as asked:
        again = issue_many(keys_of(completions), at=AT)

    assert again == issued
    assert not [query for query in asked if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


def test_it_numbers_them_in_the_order_of_their_keys(city) -> None:
    completions = [completed() for _turn in range(3)]

    issue_many(keys_of(completions)[::-1], at=AT)

    numbers = [one.certificates.get().number for one in completions]
    assert numbers == ["TST-2026-000001", "TST-2026-000002", "TST-2026-000003"]
    assert Event.objects.filter(verb="certificate.numbered").count() == Letter.objects.count() == 3


def test_each_says_what_became_of_it(city, coordinator) -> None:
    fine, undrawn, gone = completed(), completed(UserFactory(last_name="\U000132b4")), completed()
    Erasure.objects.create(
        person=gone.user, decision="KS 2026/1", erased_on=AT.date(), erased_at=AT, erased_by=coordinator, counts={}
    )

    outcomes = issue_many(keys_of([fine, undrawn, gone]), at=AT)

    assert outcomes[fine.pk] == fine.certificates.get().document
    assert isinstance(outcomes[undrawn.pk], CannotBeDrawn)
    assert isinstance(outcomes[gone.pk], HolderErased)
    assert not gone.certificates.exists()


def test_what_is_wrong_with_one_never_stops_the_others_and_is_told(city, monkeypatch, caplog) -> None:
    completions = [completed() for _turn in range(3)]
    real = issuing.draw_page

    def broken(certificate: Certificate, *more: Any) -> Any:
        if certificate.completion == completions[1]:
            raise RuntimeError("broken")
        return real(certificate, *more)

    monkeypatch.setattr(issuing, "draw_page", broken)
    issue_certificates(keys_of(completions))

    assert [hasattr(one.certificates.get(), "document") for one in completions] == [True, False, True]
    assert f"completion {completions[1].pk} was not issued" in caplog.text


def test_one_that_cannot_be_numbered_leaves_no_gap(city, monkeypatch) -> None:
    completions = [completed() for _turn in range(3)]
    real = numbering.new_event

    def broken(verb: str, subject: Any, **more: Any) -> Event:
        if verb == "certificate.numbered" and subject.completion_id == completions[1].pk:
            raise RuntimeError("broken")
        return real(verb, subject, **more)

    monkeypatch.setattr(numbering, "new_event", broken)
    issue_many(keys_of(completions), at=AT)

    assert [one.number for one in Certificate.objects.all()] == ["TST-2026-000001", "TST-2026-000002"]
    assert CertificateDocument.objects.count() == 2
