"""What was chosen in a conversation stands nowhere with a person, and is added up only ten at a time."""

from __future__ import annotations

import base64
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.db import DatabaseError, connection, models
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from courses.actions import conversations
from courses.models import ConversationCount, Edition, Step, StepProgress
from courses.tallies import BATCH, Tally, open_tally, seal_tally
from organisation.models import User
from tests.courses.conversations import dialogue
from tests.courses.leading import Talk, dialogue_edition
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today", "city", "in_english")]
GOOD = ("start-a", "ute-a")
LONG = ("start-b", "tyst-a", "start-b", "tyst-b", "lugn-a")
CHOICES = {choice.id for turn in dialogue().turns for choice in turn.choices}
TEXTS = {choice.text for turn in dialogue().turns for choice in turn.choices}


@pytest.fixture
def edition() -> Edition:
    return dialogue_edition()


@pytest.fixture
def lead(client_of: Any, edition: Edition) -> Any:
    """Let somebody, a new person if nobody is given, lead the conversation to an end."""

    def led(*choices: str, user: User | None = None) -> Talk:
        talk = Talk(client_of(user or UserFactory()), edition)
        assert talk.lead(*choices).status_code == 302
        return talk

    return led


def count() -> ConversationCount:
    return ConversationCount.objects.get()


def rows() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every row of every table that belongs to somebody or could: all but the sealed content itself."""
    for model in apps.get_models(include_auto_created=True):
        if model not in (Edition, Step):
            yield from ((model.__name__, row) for row in model._default_manager.values())


def traces_in(text: str) -> set[str]:
    return {word for word in CHOICES | TEXTS if word in text}


def test_no_row_of_the_database_holds_a_choice(lead: Any) -> None:
    lead(*LONG)

    assert [(name, row) for name, row in rows() if traces_in(str(row))] == []


def test_no_statement_to_the_database_holds_a_choice(lead: Any) -> None:
    with CaptureQueriesContext(connection) as captured:
        lead(*LONG)

    assert len(captured) > len(LONG)
    assert [query["sql"] for query in captured.captured_queries if traces_in(query["sql"])] == []


def test_no_session_holds_a_choice(lead: Any) -> None:
    talk = lead(*LONG)

    assert traces_in(str(dict(talk.client.session))) == set()
    assert [session for session in Session.objects.all() if traces_in(str(session.get_decoded()))] == []


def test_no_address_holds_a_choice_or_the_way(client_of: Any, learner: User, edition: Edition) -> None:
    talk = Talk(client_of(learner), edition)
    talk.open()
    for chosen in LONG:
        page = talk.choose(chosen)
        addresses = [part.split('"')[0] for part in page.replace("action=", "href=").split('href="')[1:]]
        assert not [one for one in addresses if traces_in(one) or talk.way in one]
        assert talk.page.request["QUERY_STRING"] == ""
        assert "private" in talk.page["Cache-Control"]
    talk.send("end_conversation")
    assert traces_in(talk.page.url) == set()


def test_no_log_holds_a_choice(lead: Any, client_of: Any, edition: Edition, caplog: Any) -> None:
    with caplog.at_level(logging.DEBUG):
        talk = lead(*LONG)
        talk.open()
        talk.choose("start-a")
        talk.send("choose", choice="borta")
        talk.send("choose", way="trasig", choice="ute-a")

    assert "Unprocessable" in caplog.text
    assert traces_in(caplog.text) == set()
    assert talk.address in caplog.text


def test_no_cache_tells_what_was_chosen(lead: Any) -> None:
    lead(*GOOD)
    keys = {name: set(getattr(caches[name], "_cache", {})) for name in caches}

    lead(*LONG)

    assert {name: set(getattr(caches[name], "_cache", {})) for name in caches} == keys


def test_a_failure_to_count_leaves_the_learner_done_and_says_nothing_of_the_choices(
    lead: Any, monkeypatch: Any, caplog: Any
) -> None:
    def fail(**_kwargs: Any) -> None:
        raise DatabaseError("locked")

    monkeypatch.setattr(conversations, "count_conversation", fail)

    lead(*LONG)

    assert StepProgress.objects.get(step_key="d1").done_at is not None
    assert "was not counted" in caplog.text
    assert traces_in(caplog.text) == set()


def test_the_count_knows_no_person_and_no_moment() -> None:
    fields = {field.name: field for field in ConversationCount._meta.get_fields()}

    assert set(fields) == {"id", "edition", "step_key", "conversations", "choices", "waiting"}
    assert not [one for one in fields.values() if isinstance(one, models.DateField | models.TimeField)]


def test_nine_conversations_are_not_to_be_seen_and_the_tenth_publishes_them(lead: Any) -> None:
    for _ in range(4):
        lead(*GOOD)
    for _ in range(5):
        lead(*LONG)
    assert (count().conversations, count().choices) == (0, {})
    assert count().waiting

    lead(*GOOD)

    assert (count().conversations, count().waiting) == (10, "")
    assert count().choices == {
        "lugn-a": 5,
        "lugn-b": 0,
        "start-a": 5,
        "start-b": 5,
        "tyst-a": 5,
        "tyst-b": 5,
        "ute-a": 5,
        "ute-b": 0,
    }


def test_the_next_ten_are_added_only_when_they_are_ten(lead: Any) -> None:
    for _ in range(19):
        lead(*GOOD)
    assert (count().conversations, count().choices["start-a"]) == (10, 10)

    lead(*GOOD)

    assert (count().conversations, count().choices["start-a"]) == (20, 20)


def test_an_answer_given_several_times_in_one_conversation_counts_once(lead: Any) -> None:
    for _ in range(10):
        lead(*LONG)

    assert count().choices["start-b"] == 10


def test_one_person_cannot_fill_a_batch(lead: Any, learner: User) -> None:
    for _ in range(12):
        lead(*GOOD, user=learner)

    assert open_tally(count().waiting, dialogue()).conversations == 1


def test_whoever_goes_round_the_content_note_is_not_counted(client_of: Any, learner: User) -> None:
    talk = Talk(client_of(learner), dialogue_edition(content_note="Hot i ord."))

    talk.client.post(talk.address, {"revision": talk.revision, "do": "finish_exercise", "way_round": "1"})

    assert StepProgress.objects.filter(step_key="d1", done_at__isnull=False).exists()
    assert not ConversationCount.objects.exists()


def test_what_waits_is_sealed_alike_whatever_it_holds(lead: Any) -> None:
    lead(*GOOD)
    first = count().waiting
    lead(*LONG)
    second = count().waiting

    assert len(first) == len(second)
    assert seal_tally(Tally(), dialogue()) != seal_tally(Tally(), dialogue())


def test_what_waits_tells_no_time() -> None:
    token = base64.urlsafe_b64decode(seal_tally(Tally(3), dialogue()))

    assert token[1:9] == bytes(8)


def test_a_new_key_of_the_site_loses_what_waits_and_nothing_else(lead: Any, settings: Any) -> None:
    for _ in range(12):
        lead(*GOOD)
    settings.SECRET_KEY = "another key of the site, long enough to be taken for one"

    lead(*GOOD)

    assert count().conversations == 10
    assert open_tally(count().waiting, dialogue()).conversations == 1


@given(st.lists(st.lists(st.sampled_from(sorted(CHOICES)), max_size=6), max_size=BATCH - 1))
def test_a_sealed_tally_opens_as_it_was(led: list[list[str]]) -> None:
    tally = Tally()
    for chosen in led:
        tally = tally.with_one_more(chosen)

    opened = open_tally(seal_tally(tally, dialogue()), dialogue())

    assert opened.conversations == len(led)
    assert {id_: n for id_, n in opened.choices.items() if n} == dict(tally.choices)


def test_a_whole_batch_is_never_sealed() -> None:
    with pytest.raises(ValueError, match="published"):
        seal_tally(Tally(BATCH), dialogue())
