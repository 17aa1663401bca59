"""Holders are told once that a certificate has been issued, and the mail says nothing of what it is about."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail

from certificates.actions import issue, replace, reserve
from certificates.letters import UNCONFIRMED, send, waiting_letters
from certificates.models import Certificate, Letter
from certificates.tasks import send_letters
from organisation.models import User
from tests.completions import completed
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.UTC)


@pytest.fixture
def certificate(city: Any, learner: User) -> Certificate:
    return issue(completed(learner), at=AT).certificate


def test_it_tells_the_holder_where_it_is(certificate, learner) -> None:
    send_letters()

    (letter,) = mail.outbox
    html = letter.alternatives[0].content
    assert letter.to == [learner.email]
    assert all("/mina-intyg/" in body for body in (letter.body, html))
    assert letter.attachments == []
    assert letter.extra_headers["Message-ID"] == Letter.objects.get().message_id


def test_it_says_neither_module_nor_number_nor_name(certificate, learner) -> None:
    send_letters()

    (letter,) = mail.outbox
    said = f"{letter.subject} {letter.body} {letter.alternatives[0].content}"
    assert letter.subject == "Ditt intyg är klart"
    for word in (certificate.module_title, certificate.number, learner.last_name, "extremism"):
        assert word.casefold() not in said.casefold()


def test_it_is_sent_once_however_often_it_is_asked_for(certificate) -> None:
    for _turn in range(3):
        send_letters()

    assert len(mail.outbox) == 1


def test_another_who_claims_it_at_the_same_moment_sends_nothing(certificate, monkeypatch) -> None:
    letter = Letter.objects.get()
    monkeypatch.setattr("certificates.letters.make_msgid", lambda domain: Letter.objects.update(claims=1) and "<1@x>")

    assert not send(letter.pk, at=AT)
    assert mail.outbox == []


def test_one_that_was_not_confirmed_goes_once_more_under_the_same_id(certificate, monkeypatch) -> None:
    letter = Letter.objects.get()
    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.message.EmailMessage.send", lambda *_args: (_ for _ in ()).throw(ConnectionError()))
        with pytest.raises(ConnectionError):
            send(letter.pk, at=AT)
    first = Letter.objects.get().message_id

    assert not send(letter.pk, at=AT + dt.timedelta(minutes=1))
    assert send(letter.pk, at=AT + UNCONFIRMED * 2)
    assert not send(letter.pk, at=AT + UNCONFIRMED * 4)
    assert [one.extra_headers["Message-ID"] for one in mail.outbox] == [first]


def test_it_waits_for_the_document(city, learner) -> None:
    reserve(completed(learner), at=AT)

    assert not waiting_letters(AT).exists()


@pytest.mark.parametrize("change", [{"email": None}, {"is_active": False}])
def test_whoever_cannot_be_reached_gets_none(certificate, learner, change) -> None:
    User.objects.filter(pk=learner.pk).update(**change)

    send_letters()

    assert mail.outbox == []


def test_old_completions_are_no_news(city, learner) -> None:
    issue(completed(learner), at=AT + dt.timedelta(days=30))
    issue(completed(UserFactory(email=None)), at=AT)

    assert not Letter.objects.exists()


def test_a_corrected_one_is_told_of(certificate, coordinator) -> None:
    send_letters()
    new = replace(certificate, reason="Felstavat.", by=coordinator, at=AT)
    issue(new.completion, at=AT)

    send_letters()

    assert len(mail.outbox) == 2
