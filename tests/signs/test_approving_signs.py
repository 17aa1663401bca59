"""An entry is written by one and approved by another; questions rest on it only while its check is good."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from courses.actions.approve_symbol import ApprovalRefused, approve_symbol, keep_as_draft
from courses.actions.attempts import AttemptRefused, start_attempt
from courses.models import Symbol
from courses.question_pool import pool_on
from organisation.models import Event, User
from organisation.permissions import JURISTS, TRAINERS
from tests.drafts import check, draft, given_out, lesson, question
from tests.factories import UserFactory
from tests.signs.conftest import AGAIN, entry
from tests.taking import NOON, TODAY, place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
ClientOf = Callable[[User], Client]
LATER = dt.date(2026, 12, 1)


def member(group: str) -> User:
    user = UserFactory(is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.fixture
def colleague() -> User:
    return member(TRAINERS)


def approve(symbol: Symbol, by: User, again: dt.date = LATER) -> Symbol:
    return approve_symbol(symbol=symbol, by=by, on=TODAY, check_again_on=again, at=NOON)


def test_it_publishes_with_name_and_day_and_writes_it_down(colleague: User) -> None:
    symbol = entry(approved_on=None, checked_by="")

    approved = approve(symbol, colleague)

    assert (approved.approved_by, approved.approved_on, approved.checked_on) == (colleague, TODAY, TODAY)
    assert (approved.checked_by, approved.check_again_on) == (colleague.get_full_name(), LATER)
    event = Event.objects.get(verb="symbol.approved")
    assert (event.actor, event.details) == (colleague, {"key": "valknut", "check_again_on": "2026-12-01"})


def test_it_lets_a_jurist_approve_though_not_write() -> None:
    assert approve(entry(approved_on=None), member(JURISTS)).is_draft is False


def test_it_refuses_whoever_wrote_in_it_last(trainer: User, colleague: User) -> None:
    symbol = keep_as_draft(symbol=entry(), by=trainer, at=NOON)

    with pytest.raises(ApprovalRefused):
        approve(symbol, trainer)
    assert approve(symbol, colleague).approved_by == colleague


@pytest.mark.parametrize("who", ["learner", "manager", "coordinator", "outsider"])
def test_it_refuses_whoever_may_not_approve(who: str, request: Any) -> None:
    with pytest.raises(ApprovalRefused):
        approve(entry(approved_on=None), request.getfixturevalue(who))
    assert Symbol.objects.get().is_draft


def test_it_wants_the_next_check_later(colleague: User) -> None:
    with pytest.raises(ApprovalRefused):
        approve(entry(), colleague, again=TODAY)


def test_it_makes_an_edited_entry_a_draft_again(trainer: User) -> None:
    edited = keep_as_draft(symbol=entry(), by=trainer, at=NOON)

    assert (edited.is_draft, edited.edited_by) == (True, trainer)
    assert Event.objects.get(verb="symbol.edited").details == {"key": "valknut", "was_approved": True}


# --- in the administration ---------------------------------------------------------------------------------------------


def fields(**changes: Any) -> dict[str, Any]:
    block = {"key": "a", "text": "Ord.", "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}
    text = json.dumps({"blocks": [block], "entityMap": {}})
    values = {
        "name": "Tyr",
        "slug": "tyr",
        "key": "tyr",
        "kind": "rune",
        "summary": "En runa.",
        "content_note": "",
        "ordinary": text,
        "extremist": text,
        "how_to_ask": text,
        "sources": "Ett lexikon",
        "certainty": "verified",
        "drawing_shows": "",
        "tags": '"runor", "nordisk historia"',
    }
    return values | changes


def test_it_lets_a_trainer_write_and_a_colleague_approve(trainer: User, colleague: User, client_of: ClientOf) -> None:
    client_of(trainer).post(reverse("signs:add"), fields())
    symbol = Symbol.objects.get()
    assert (symbol.is_draft, symbol.ordinary, symbol.edited_by) == (True, "<p>Ord.</p>", trainer)
    assert set(symbol.tags.names()) == {"runor", "nordisk historia"}

    own = client_of(trainer).post(reverse("signs:review", args=[symbol.pk]), {"check_again_on": "2099-01-01"})
    assert own.status_code == 200
    assert Symbol.objects.get().is_draft

    client_of(colleague).post(reverse("signs:review", args=[symbol.pk]), {"check_again_on": "2099-01-01"})
    assert Symbol.objects.get().approved_by == colleague
    assert list(ModelLogEntry.objects.values_list("action", flat=True).order_by("pk")) == ["wagtail.create", "wagtail.publish"]


def test_it_keeps_the_key_and_the_approval_when_nothing_is_changed(trainer: User, colleague: User, client_of: ClientOf) -> None:
    client = client_of(trainer)
    client.post(reverse("signs:add"), fields())
    approve(Symbol.objects.get(), colleague)

    client.post(reverse("signs:edit", args=[Symbol.objects.get().pk]), fields(key="annan"))
    assert (Symbol.objects.get().key, Symbol.objects.get().is_draft) == ("tyr", False)

    client.post(reverse("signs:edit", args=[Symbol.objects.get().pk]), fields(summary="En runa till."))
    assert (Symbol.objects.get().summary, Symbol.objects.get().is_draft) == ("En runa till.", True)


@pytest.mark.parametrize("content", [b"<svg><script/></svg>", b"\xff\xfe", b"nej"])
def test_it_refuses_a_file_that_is_no_drawing(content: bytes, trainer: User, client_of: ClientOf) -> None:
    file = SimpleUploadedFile("x.svg", content, content_type="image/svg+xml")
    response = client_of(trainer).post(reverse("signs:add"), fields(drawing_file=file, drawing_shows="Ett streck."))

    assert "drawing_file" in response.context["form"].errors
    assert not Symbol.objects.exists()


@pytest.mark.parametrize("who", ["learner", "manager", "coordinator", "outsider"])
@pytest.mark.parametrize("name", ["signs:review", "signs:edit", "signs:add", "signs:history"])
def test_it_keeps_others_out_of_the_administration_of_signs(who: str, name: str, request: Any, client_of: ClientOf) -> None:
    symbol = entry(approved_on=None)
    address = reverse(name, args=[] if name == "signs:add" else [symbol.pk])

    response = client_of(request.getfixturevalue(who)).post(address, fields() | {"check_again_on": "2099-01-01"})

    assert response.status_code in {302, 403}
    assert Symbol.objects.get().is_draft


def test_it_lets_a_jurist_read_and_approve_and_not_write(client_of: ClientOf) -> None:
    symbol, client = entry(approved_on=None), client_of(member(JURISTS))

    assert client.get(reverse("signs:index")).status_code == 200
    assert client.get(reverse("signs:review", args=[symbol.pk])).status_code == 200
    assert client.get(reverse("signs:edit", args=[symbol.pk])).status_code == 302
    client.post(reverse("signs:review", args=[symbol.pk]), {"check_again_on": "2099-01-01"})
    assert not Symbol.objects.get().is_draft


def test_it_lists_many_entries_with_few_queries(trainer: User, client_of: ClientOf, django_assert_max_num_queries: Any) -> None:
    for number in range(40):
        entry(f"Tecken {number}")
    client = client_of(trainer)

    with django_assert_max_num_queries(25):
        client.get(reverse("signs:index"))


@pytest.mark.parametrize("group", [TRAINERS, JURISTS])
def test_it_waits_on_the_first_page_of_those_who_approve(group: str, client_of: ClientOf) -> None:
    entry("Utkastet", approved_on=None)
    entry("Gammalt", check_again_on=dt.date(2026, 2, 2))
    entry("Färskt", check_again_on=dt.date(2099, 1, 1))

    html = client_of(member(group)).get(reverse("wagtailadmin_home")).content.decode()

    assert ("Utkastet" in html, "Gammalt" in html, "Färskt" in html) == (True, True, False)


# --- questions that rest on it -----------------------------------------------------------------------------------------


def bank(*signs: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(question(f"q{number}", signs=keys) for number, keys in enumerate(signs, start=1))


def pool(*signs: tuple[str, ...], on: dt.date = TODAY) -> list[str]:
    return [one.id for one in pool_on(_check(bank(*signs)), on).questions]


def _check(questions: tuple[Any, ...], draw: int = 2) -> Any:
    return msgspec.structs.replace(check(draw=draw), questions=questions)


def test_it_asks_what_rests_on_a_good_entry_up_to_its_last_day() -> None:
    entry()

    assert pool((), ("valknut",), on=AGAIN) == ["q1", "q2"]
    assert pool((), ("valknut",), on=AGAIN + dt.timedelta(days=1)) == ["q1"]


def test_it_does_not_ask_what_rests_on_a_draft_or_on_nothing() -> None:
    entry()
    entry("Utkastet", approved_on=None)

    assert pool(("valknut",), ("utkastet",), ("valknut", "utkastet"), ("okand",)) == ["q1"]


def test_it_asks_the_database_nothing_for_questions_without_signs(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert pool((), ()) == ["q1", "q2"]


def test_it_draws_from_what_is_left(learner: User) -> None:
    entry(check_again_on=TODAY - dt.timedelta(days=1))
    edition = given_out(draft(lesson(), _check(bank((), ("valknut",), ("valknut",)))))

    assert start_attempt(user=learner, place=place(edition, "k1"), seed="s", at=NOON).question_ids == ("q1",)


def test_it_says_so_when_nothing_can_be_asked(learner: User) -> None:
    edition = given_out(draft(lesson(), _check(bank(("borta",), ("borta",)))))

    with pytest.raises(AttemptRefused):
        start_attempt(user=learner, place=place(edition, "k1"), seed="s", at=NOON)
