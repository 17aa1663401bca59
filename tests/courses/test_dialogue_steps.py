"""A conversation, a turn a page, as a learner leads it."""

from __future__ import annotations

import re
from typing import Any

import msgspec
import pytest
from django.test import Client

from courses.actions.withdraw import withdraw
from courses.models import Edition, LegalSource, Round, StepProgress
from courses.payload import Source
from courses.views.dialogue import MOST_TURNS
from courses.ways import Way, seal_way
from organisation.models import User
from tests.courses.conversations import choice, dialogue, ending, turn
from tests.courses.leading import Talk, dialogue_edition
from tests.drafts import check, draft, given_out, lesson
from tests.taking import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today", "city", "in_english")]
GOOD = ("start-a", "ute-a")


@pytest.fixture
def edition() -> Edition:
    return dialogue_edition()


@pytest.fixture
def talk(client_of: Any, learner: User, edition: Edition) -> Talk:
    return Talk(client_of(learner), edition)


def heading(page: str) -> str:
    found = re.search("<h1>(.*?)</h1>", page)
    assert found
    return found[1]


def title(page: str) -> str:
    found = re.search("<title>(.*?)</title>", page)
    assert found
    return found[1]


def test_it_begins_with_the_setting_and_the_first_turn(talk: Talk) -> None:
    page = talk.open()

    assert heading(page) == "Samtal i soffan"
    for part in ("<p>Det är kväll.</p>", "<p>”De borde bort.”</p><p>De andra skrattar.</p>", "Svar starta", "Svar startb"):
        assert part in page
    assert "Följd" not in page


def test_an_answer_leads_to_a_page_that_begins_with_what_happened(talk: Talk) -> None:
    talk.open()

    page = talk.choose("start-a")

    assert heading(page) == "Följd starta."
    assert title(page).startswith("Följd starta. – Samtal i soffan")
    assert "<strong>Safety.</strong>De andra ser att du sätter stopp." in page
    assert "#safety" in page
    assert "Replik ute." in page
    assert "Svar utea" in page


def test_only_the_first_sentence_of_what_happened_is_the_heading(client_of: Any, learner: User) -> None:
    said = "”Nej!” säger Elias, t.ex. nu. Sedan går han. Du följer med."
    first = turn("start", choices=(choice("start", "a", "bra", consequence=said), choice("start", "b", "bra")))
    talk = Talk(client_of(learner), dialogue_edition(turns=(first,), endings=(ending("bra"),)))
    talk.open()

    page = talk.choose("start-a")

    assert heading(page) == "”Nej!” säger Elias, t.ex. nu."
    assert '<p class="lead">Sedan går han. Du följer med.</p>' in page


def test_what_has_been_said_stands_in_order(talk: Talk) -> None:
    talk.open()

    page = talk.choose("start-b", "tyst-b")

    past = page[page.index("The conversation so far") : page.index("</details>")]
    assert [past.index(part) for part in ("De borde bort", "Svar startb", "Replik tyst.", "Svar tystb")] == sorted(
        past.index(part) for part in ("De borde bort", "Svar startb", "Replik tyst.", "Svar tystb")
    )
    assert "Replik lugn." not in past


def test_it_ends_with_something_to_think_about_that_is_never_sent(talk: Talk) -> None:
    talk.open()

    page = talk.choose(*GOOD)

    assert heading(page) == "Följd utea."
    assert "Slut bra" in page
    assert "Så blev det bra." in page
    assert "Fundera bra?" in page
    field = re.search("<textarea[^>]*>", page)
    assert field
    assert "name=" not in field[0]


def test_continuing_at_the_end_marks_the_step_done_and_leads_on(talk: Talk) -> None:
    response = talk.lead(*GOOD)

    assert (response.status_code, response.url) == (302, talk.address.replace("/d1/", "/k1/"))
    assert StepProgress.objects.get(step_key="d1").done_at == NOON


def test_leading_a_conversation_writes_nothing_before_its_end(talk: Talk) -> None:
    talk.open()
    talk.choose(*GOOD)

    assert not Round.objects.exists()


def test_nobody_is_done_before_an_end(talk: Talk) -> None:
    talk.open()
    talk.choose("start-a")

    page = talk.send("end_conversation")

    assert talk.page.status_code == 422
    assert "Lead the conversation to an end before you go on." in page
    assert heading(page) == "Följd starta."
    assert not Round.objects.exists()


def test_one_may_go_back_one_answer_and_give_another(talk: Talk) -> None:
    talk.open()
    talk.choose(*GOOD)

    page = talk.send("turn_back")
    assert heading(page) == "Följd starta."
    assert heading(talk.choose("ute-b")) == "Följd uteb."


def test_going_back_before_the_first_answer_stays_at_the_beginning(talk: Talk) -> None:
    talk.open()

    assert heading(talk.send("turn_back")) == "Samtal i soffan"


def test_a_page_sent_again_shows_the_same_again(talk: Talk) -> None:
    talk.open()
    way = talk.way
    talk.choose("start-a")
    talk.choose("ute-b")

    again = talk.send("choose", way=way, choice="start-a")

    assert heading(again) == "Följd starta."


def test_a_loop_can_be_left(talk: Talk) -> None:
    talk.open()
    talk.choose("start-b", "tyst-a", "start-b", "tyst-a")

    assert talk.choose(*GOOD).count("Svar tysta") == 2


def test_a_choice_that_was_not_there_leaves_the_learner_where_she_stood(talk: Talk) -> None:
    talk.open()
    talk.choose("start-a")

    page = talk.send("choose", choice="start-b")

    assert talk.page.status_code == 422
    assert "Choose one of the answers." in page
    assert heading(page) == "Följd starta."


@pytest.mark.parametrize("do", ["choose", "turn_back", "end_conversation"])
@pytest.mark.parametrize("broken", ["", "nonsense", "gAAAAABå", "x" * 100_000])
def test_a_field_that_was_not_made_here_begins_anew_and_says_so(talk: Talk, do: str, broken: str) -> None:
    talk.open()
    talk.choose("start-a")

    page = talk.send(do, way=broken, choice="ute-a")

    assert talk.page.status_code == 422
    assert "Begin the exercise again. Nothing you did is stored." in page
    assert heading(page) == "Samtal i soffan"
    assert not Round.objects.exists()


def test_a_field_of_another_conversation_or_edition_begins_anew(talk: Talk, edition: Edition) -> None:
    for way in (
        Way(edition_id=edition.pk, step_key="d2", chosen=("start-a",)),
        Way(edition_id=edition.pk + 1, step_key="d1", chosen=("start-a",)),
    ):
        talk.open()
        page = talk.send("choose", way=seal_way(way), choice="ute-a")
        assert "Begin the exercise again." in page


def test_a_conversation_that_goes_in_circles_for_too_long_begins_anew(talk: Talk, edition: Edition) -> None:
    circle = ("start-b", "tyst-a") * (MOST_TURNS // 2)
    talk.open()

    page = talk.send("choose", way=seal_way(Way(edition_id=edition.pk, step_key="d1", chosen=circle)), choice="start-a")

    assert "The conversation has become too long." in page
    assert heading(page) == "Samtal i soffan"


def test_a_new_edition_in_the_middle_begins_anew(talk: Talk, edition: Edition) -> None:
    talk.open()
    talk.choose("start-a")
    given_out(draft(lesson(), dialogue(setting="<p>Morgon.</p>"), check()), edition.module)

    page = talk.choose("ute-a")

    assert "its content had changed" in page
    assert "Morgon." in page


def test_a_withdrawn_conversation_takes_nothing(talk: Talk, edition: Edition, trainer: User) -> None:
    talk.open()
    way = talk.way
    withdraw(edition=edition, step_key="d1", reason="Fel i texten.", by=trainer, at=NOON)

    page = talk.send("choose", way=way, choice="start-a")

    assert "Withdrawn at present" in heading(page)
    assert not Round.objects.exists()


def test_the_forms_of_a_conversation_do_nothing_in_a_lesson(client_of: Any, learner: User, edition: Edition) -> None:
    client = client_of(learner)
    for do in ("choose", "turn_back", "end_conversation"):
        response = client.post("/moduler/informationsdelning/l1/", {"revision": 1, "do": do, "way": "x", "choice": "a"})
        assert response.status_code in (302, 404)
    assert not Round.objects.exists()


def test_a_content_note_comes_first_with_a_way_round(client_of: Any, learner: User) -> None:
    talk = Talk(client_of(learner), dialogue_edition(content_note="Hot i ord."))

    first = talk.client.get(talk.address).content.decode()
    assert "Hot i ord." in first
    assert "De borde bort" not in first

    response = talk.client.post(talk.address, {"revision": talk.revision, "do": "finish_exercise", "way_round": "1"})
    assert response.status_code == 302
    assert StepProgress.objects.get(step_key="d1").done_at == NOON


def test_a_turn_names_the_law_it_rests_on(client_of: Any, learner: User) -> None:
    LegalSource.objects.create(key="osl", law="OSL", designation="OSL 10 kap. 27 §", summary="Väg.")
    law = Source(key="osl", designation="OSL 10 kap. 27 §", law="OSL", check_again_on=NOON.date())
    sourced = tuple(msgspec.structs.replace(one, sources=("osl",)) for one in dialogue().turns)
    content = draft(lesson(), dialogue(turns=sourced), check(), sources=(law,))
    talk = Talk(client_of(learner), given_out(content, overdue_reason="Prov."))

    assert "OSL 10 kap. 27 §" in talk.open()


def test_a_page_asks_at_most_five_queries(talk: Talk, django_assert_max_num_queries: Any) -> None:
    talk.open()
    with django_assert_max_num_queries(5):
        talk.open()
    with django_assert_max_num_queries(5):
        talk.choose("start-a")
    with django_assert_max_num_queries(5):
        talk.choose("ute-a")


def test_nobody_comes_in_without_logging_in(edition: Edition) -> None:
    client = Client()

    assert client.get("/moduler/informationsdelning/d1/").status_code == 302
    response = client.post("/moduler/informationsdelning/d1/", {"do": "choose", "choice": "start-a"})
    assert response.url.startswith("/konto/")
    assert "start-a" not in response.url


def test_it_is_printed_as_one_list(talk: Talk) -> None:
    page = " ".join(talk.client.get("/moduler/informationsdelning/skriv-ut/").content.decode().split())

    for part in (
        "Det är kväll.",
        "De andra skrattar.",
        "Svar starta",
        "go on with",
        "Följd lugnb.",
        "Slut slut",
        "Fundera bra?",
    ):
        assert part in page
