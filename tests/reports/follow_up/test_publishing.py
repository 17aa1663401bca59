"""A published report is whole, locked, told of once, and corrected only by what is added."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.core import mail

from organisation.models import Department, Event, User
from reports.follow_up.approving import approve
from reports.follow_up.comments import write_comment
from reports.follow_up.composing import report_of
from reports.follow_up.errata import correct
from reports.follow_up.letters import UNCONFIRMED, send, waiting_letters
from reports.follow_up.outputs import OUTPUTS
from reports.follow_up.publishing import publish, sha256
from reports.follow_up.refusing import Refused
from reports.models import CycleSettings, FollowUp, Output, Publication, PublicationLetter, RecipientList
from tests.factories import DepartmentFactory
from tests.reports.follow_up.samples import PUBLISHED, a_basis, an_earlier
from tests.reports.follow_up.stored import CASE, a_former_basis, a_frozen, a_published

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

LATER = PUBLISHED + dt.timedelta(days=3)


@pytest.fixture
def board(city: object) -> Department:
    """A department that is in the samples."""
    return DepartmentFactory(external_id="100")


def test_it_stores_every_format_once_with_its_hash(coordinator: User, city: object) -> None:
    publication = a_published(coordinator)

    stored = publication.outputs.all()
    assert {output.ending for output in stored} == set(OUTPUTS)
    assert all(sha256(bytes(output.content)) == output.sha256 for output in stored)


def test_it_writes_the_file_for_the_steering_system_as_the_city_decided(coordinator: User, city: object) -> None:
    CycleSettings(steering_columns=["organisation", "value"], steering_codes={"100": "SKOLA"}).save()
    publication = a_published(coordinator)
    erratum = correct(publication, text="Det ska vara 7.", reason="Ett fel.", by=coordinator, at=LATER)

    for errata in (0, erratum.number):
        written = bytes(publication.outputs.get(ending="tsv", errata=errata).content).decode().splitlines()
        assert written[0] == "organisation\tvalue"
        assert {line.split("\t")[0] for line in written[1:]} == {"SKOLA"}


def test_it_locks_what_departments_say_with_a_hash_of_its_own(coordinator: User, board: Department) -> None:
    follow_up = a_frozen()
    write_comment(follow_up=follow_up, department=board, reason="Två slutade.", by=coordinator, at=PUBLISHED)
    approve(follow_up, by=coordinator, at=PUBLISHED)

    publication = publish(follow_up, case_number=CASE, by=coordinator, at=PUBLISHED)

    said = json.loads(bytes(publication.statements))
    assert [comment["reason"] for comment in said["comments"]] == ["Två slutade."]
    assert sha256(bytes(publication.statements)) == publication.statements_sha256


def test_a_comment_written_while_the_files_were_made_is_in_them(
    coordinator: User, board: Department, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reports.follow_up import publishing

    follow_up = a_frozen()
    approve(follow_up, by=coordinator, at=PUBLISHED)
    made = publishing.make_all
    written: list[str] = []

    def make_slowly(report: object, steering: object) -> dict[str, bytes]:
        if not written:
            written.append("once")
            write_comment(follow_up=follow_up, department=board, reason="Sent inskrivet.", by=coordinator, at=PUBLISHED)
        return made(report, steering)  # type: ignore[arg-type]

    monkeypatch.setattr(publishing, "make_all", make_slowly)
    publication = publish(follow_up, case_number=CASE, by=coordinator, at=PUBLISHED)

    assert "Sent inskrivet." in bytes(publication.statements).decode()
    assert "Sent inskrivet." in bytes(publication.outputs.get(ending="json").content).decode()


@pytest.mark.parametrize("case_number", ["", "   "])
def test_it_needs_a_case_number(coordinator: User, city: object, case_number: str) -> None:
    follow_up = a_frozen()
    approve(follow_up, by=coordinator, at=PUBLISHED)

    with pytest.raises(Refused, match="diarienumret"):
        publish(follow_up, case_number=case_number, by=coordinator, at=PUBLISHED)


def test_it_must_be_approved(coordinator: User, city: object) -> None:
    with pytest.raises(Refused, match="godkännas"):
        publish(a_frozen(), case_number=CASE, by=coordinator, at=PUBLISHED)

    assert not Publication.objects.exists()


def test_it_is_published_once(coordinator: User, city: object) -> None:
    publication = a_published(coordinator)

    with pytest.raises(Refused, match="redan publicerad"):
        publish(publication.follow_up, case_number=CASE, by=coordinator, at=LATER)
    assert Output.objects.count() == len(OUTPUTS)


def test_one_that_it_is_compared_with_is_published_first(coordinator: User, city: object) -> None:
    a_frozen(a_former_basis(), number=1)
    follow_up = a_frozen(number=2)
    approve(follow_up, by=coordinator, at=PUBLISHED)

    with pytest.raises(Refused, match="april 2026"):
        publish(follow_up, case_number=CASE, by=coordinator, at=PUBLISHED)


def test_a_later_one_is_compared_with_the_former_as_it_was_shown(coordinator: User, city: object) -> None:
    a_published(coordinator, a_former_basis(), number=1)
    basis = a_basis(previous=an_earlier(2026, "april", 1), last_year=None, bridges=())

    publication = a_published(coordinator, basis, number=2)

    outcome = next(section for section in report_of(publication.follow_up).sections if section.key == "outcome")
    assert "April 2026" in [column.title for table in outcome.tables() for column in table.columns]


def test_it_is_told_once_to_each_address_of_the_active_lists(coordinator: User, city: object) -> None:
    RecipientList.objects.create(name="Ledningen", addresses=["a@example.se", "B@example.se"])
    RecipientList.objects.create(name="Nämnden", addresses=["b@example.se"])
    RecipientList.objects.create(name="Gammal", addresses=["c@example.se"], is_active=False)

    a_published(coordinator)
    for letter in list(waiting_letters(PUBLISHED)):
        assert send(letter.pk, at=PUBLISHED)
        assert not send(letter.pk, at=PUBLISHED)

    assert sorted(message.to[0] for message in mail.outbox) == ["a@example.se", "b@example.se"]
    assert CASE in mail.outbox[0].body
    assert "/uppfoljning/2026/augusti/" in mail.outbox[0].body
    assert not waiting_letters(LATER).exists()


def test_a_letter_that_nobody_confirmed_goes_once_more_under_the_same_name(coordinator: User, city: object) -> None:
    RecipientList.objects.create(name="Ledningen", addresses=["a@example.se"])
    a_published(coordinator)
    letter = PublicationLetter.objects.get()
    PublicationLetter.objects.update(claims=1, claimed_at=PUBLISHED)

    assert not waiting_letters(PUBLISHED + UNCONFIRMED - dt.timedelta(seconds=1)).exists()
    assert send(letter.pk, at=LATER)
    assert mail.outbox[0].extra_headers["Message-ID"] == letter.message_id


def test_a_correction_is_numbered_and_stands_on_every_format_beside_the_former(coordinator: User, city: object) -> None:
    publication = a_published(coordinator)
    before = {output.ending: bytes(output.content) for output in publication.outputs.all()}

    correct(publication, text="Det ska stå 12.", reason="Fel i HR-filen.", by=coordinator, at=LATER)
    second = correct(publication, text="Det ska stå 13.", reason="Ännu ett fel.", by=coordinator, at=LATER)

    assert second.number == 2
    latest = {output.ending: bytes(output.content) for output in publication.outputs.filter(errata=2)}
    assert set(latest) == set(OUTPUTS)
    assert "Det ska stå 12." in latest["json"].decode()
    assert "Det ska stå 13." in latest["json"].decode()
    assert before == {output.ending: bytes(output.content) for output in publication.outputs.filter(errata=0)}


def test_a_correction_says_what_and_why(coordinator: User, city: object) -> None:
    publication = a_published(coordinator)

    with pytest.raises(Refused, match="varför"):
        correct(publication, text="Det ska stå 12.", reason=" ", by=coordinator, at=LATER)


def test_the_event_log_tells_of_it(coordinator: User, city: object) -> None:
    publication = a_published(coordinator)
    correct(publication, text="Rätt.", reason="Fel.", by=coordinator, at=LATER)

    verbs = list(Event.objects.filter(verb__startswith="follow_up.").order_by("pk").values_list("verb", flat=True))
    assert verbs == ["follow_up.approved", "follow_up.published", "follow_up.corrected"]


def test_what_is_published_cannot_be_approved_again(coordinator: User, city: object) -> None:
    publication = a_published(coordinator)

    with pytest.raises(Refused):
        approve(FollowUp.objects.get(pk=publication.follow_up_id), by=coordinator, at=LATER)
