"""Sealed rows let their personal columns be emptied, and nothing else, when the protocol of the erasure is written."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, models, transaction

from certificates.actions import issue
from certificates.models import Certificate, CertificateDocument
from organisation.models import Erasure, User
from tests.completions import completed
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
AT = dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.UTC)


@pytest.fixture
def certificate(city, learner) -> Certificate:
    return issue(completed(learner), at=AT).certificate


def protocol_of(person: User) -> Erasure:
    return Erasure.objects.create(
        person=person, decision="KS 2026/12", erased_on=AT.date(), erased_at=AT, erased_by=UserFactory(), counts={}
    )


def refused(rows: models.QuerySet, **values: object) -> bool:
    try:
        with transaction.atomic():
            rows.update(**values)
    except IntegrityError:
        return True
    return False


def test_nothing_is_emptied_without_a_protocol(certificate) -> None:
    assert refused(Certificate.objects.all(), sheet={})
    assert refused(CertificateDocument.objects.all(), sha256="")


def test_another_person_s_protocol_opens_nothing(certificate) -> None:
    protocol_of(UserFactory())

    assert refused(Certificate.objects.all(), sheet={})
    assert refused(CertificateDocument.objects.all(), sha256="")


def test_the_personal_columns_are_emptied_with_it(certificate, learner) -> None:
    protocol_of(learner)

    assert not refused(Certificate.objects.all(), sheet={}, reason="")
    assert not refused(CertificateDocument.objects.all(), sha256="")


@pytest.mark.parametrize(
    "values", [{"sheet": {"holder": "Annan"}}, {"number": "TST-2026-999999"}, {"sheet": {}, "issued_on": dt.date(2020, 1, 1)}]
)
def test_nothing_else_is_changed_with_it(certificate, learner, values) -> None:
    protocol_of(learner)

    assert refused(Certificate.objects.all(), **values)


def test_what_was_emptied_is_never_filled_again(certificate, learner) -> None:
    protocol_of(learner)
    Certificate.objects.update(sheet={})

    assert refused(Certificate.objects.all(), sheet={"holder": "Annan"})


def test_the_row_itself_and_its_protocol_stay(certificate, learner) -> None:
    protocol_of(learner)

    for model in (CertificateDocument, Erasure):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.all()._raw_delete(using="default")
