"""Cases, as a learner meets them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from courses.actions.withdraw import withdraw
from courses.models import Answer, Completion, Edition, LegalCheck, LegalSource, StepProgress
from courses.payload import Source
from organisation.models import User
from tests.drafts import check, draft, given_out, lesson
from tests.exercises import case, cases
from tests.factories import RECORDED
from tests.taking import NOON, take_check, take_exercise, take_lesson

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today", "city", "in_english")]
SOURCE = Source(key="osl", designation="OSL 10 kap. 27 §", law="OSL", summary="Så står det.")


def sourced(id: str = "c1") -> Any:
    one = case(id)
    return msgspec.structs.replace(one, question=msgspec.structs.replace(one.question, sources=("osl",)))


@pytest.fixture
def edition() -> Edition:
    return given_out(draft(lesson(), cases(), check()))


@pytest.fixture
def client(client_of: Any, learner: User) -> Client:
    return client_of(learner)


def address(edition: Edition, query: str = "", step: str = "f1") -> str:
    return reverse("courses:step", kwargs={"slug": edition.module.slug, "step": step}) + query


def send(client: Client, edition: Edition, **data: str) -> HttpResponse:
    line = next(line for line in edition.outline if line["slug"] == "f1")
    return client.post(address(edition), {"revision": line["material_revision"]} | data)


def decide(client: Client, edition: Edition, id: str = "c1", option: str = "b") -> HttpResponse:
    return send(client, edition, do="decide", question=id, answer=f"{id}-{option}")


def text_of(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split()).replace("> ", ">").replace(" <", "<")


def test_the_address_of_the_step_lists_the_cases_that_are_to_be_decided(client: Client, edition: Edition) -> None:
    page = text_of(client.get(address(edition)))

    assert "<h1>Får jag dela detta? f1</h1>" in page
    assert "<p>Två fall.</p>" in page
    assert page.count('data-status="not_started"') == 4
    assert f'<a href="{address(edition, "?fall=c2")}">Fall c2</a>' in page
    assert "Typical at: School." in page


def test_each_case_has_a_page_with_its_situation_and_its_actions(client: Client, edition: Edition) -> None:
    page = text_of(client.get(address(edition, "?fall=c2")))

    assert "<h1>Fall c2</h1>" in page
    assert "Case 2 of 2" in page
    assert "<p>Telefonen ringer.</p><p>Det är kuratorn.</p>" in page
    assert page.count('type="radio"') == 3


def test_no_page_holds_what_is_right_before_the_answer(client: Client, edition: Edition) -> None:
    pages = text_of(client.get(address(edition))) + text_of(client.get(address(edition, "?fall=c1")))

    for secret in ("Nej, fråga först.", "Ja, då vet du", "Du får ringa upp.", "Sekretess gäller.", "Att svara direkt."):
        assert secret not in pages
    assert "feedback" not in pages


@pytest.mark.parametrize(("option", "outcome"), [("b", "Right answer"), ("a", "Not quite")])
def test_an_answer_leads_to_a_page_whose_title_says_what_happened(
    client: Client, edition: Edition, option: str, outcome: str
) -> None:
    response = decide(client, edition, option=option)
    page = text_of(client.get(response.url))

    assert response.url == address(edition, "?fall=c1&svarat#answer-c1")
    assert f"<title>{outcome} – Fall c1 – Får jag dela detta? f1" in page
    assert f"<h1>{outcome} – Fall c1</h1>" in page


def test_it_explains_every_action_and_says_what_the_law_says(client: Client) -> None:
    LegalSource.objects.create(key="osl", law="OSL", designation="OSL 10 kap. 27 §", summary="Så står det.")
    edition = given_out(draft(lesson(), cases("f1", sourced()), check(), sources=(SOURCE,)), overdue_reason="Prov.")

    page = text_of(client.get(decide(client, edition).url))

    for words in ("Nej, fråga först.", "Ja, då vet du vem det är.", "Nej, du vet inte vem det är."):
        assert words in page
    for words in ("Du får ringa upp.", "Sekretess gäller.", "Att svara direkt.", "OSL 10 kap. 27 §", "Not checked yet."):
        assert words in page
    assert "Typical at: School." in page
    assert "Training – decisions are made by the head teacher, the manager or a jurist." in page


def test_it_says_when_a_source_that_decides_is_past_its_check_day(client: Client) -> None:
    source = LegalSource.objects.create(key="osl", law="OSL", designation="OSL 10 kap. 27 §", summary="Så står det.")
    dated = msgspec.structs.replace(SOURCE, checked_on=dt.date(2026, 1, 1), check_again_on=dt.date(2026, 3, 2))
    LegalCheck.objects.create(
        recorded_at=RECORDED,
        source=source,
        checked_on=dated.checked_on,
        checked_by="Redaktionen",
        check_again_on=dated.check_again_on,
    )
    edition = given_out(draft(lesson(), cases("f1", sourced()), check(), sources=(dated,)))
    url = decide(client, edition).url
    assert "data-overdue" not in text_of(client.get(url))

    with time_machine.travel(NOON + dt.timedelta(days=1), tick=False):
        page = text_of(client.get(url))

    assert "data-overdue" in page
    assert "The law may have changed" in page


def test_an_answer_is_stored_once_and_the_latest_stands(client: Client, edition: Edition) -> None:
    decide(client, edition, option="a")
    decide(client, edition, option="a")
    assert text_of(client.get(address(edition, "?fall=c1&igen"))).count("checked") == 0

    decide(client, edition, option="b")

    answer = Answer.objects.get()
    assert (answer.question_id, answer.response, answer.is_right) == ("c1", ["c1-b"], True)


def test_it_leads_to_the_next_case_and_after_the_last_one_to_the_next_step(client: Client, edition: Edition) -> None:
    assert f'href="{address(edition, "?fall=c2")}"' in text_of(client.get(decide(client, edition).url))
    page = text_of(client.get(decide(client, edition, "c2").url))
    assert "You have decided every case." in page
    assert 'value="finish_exercise"' in page

    response = send(client, edition, do="finish_exercise")

    assert response.url == address(edition, step="k1")
    assert StepProgress.objects.get(step_key="f1").done_at == NOON


def test_the_last_case_may_complete_the_module(client: Client, learner: User, edition: Edition) -> None:
    take_lesson(learner, edition)
    take_check(learner, edition)

    take_exercise(learner, edition, "f1")

    assert Completion.objects.get().edition == edition


def test_it_cannot_be_finished_while_a_case_is_undecided(client: Client, edition: Edition) -> None:
    decide(client, edition)

    response = send(client, edition, do="finish_exercise")

    assert response.status_code == 422
    assert "Decide every case before you go on. Left: Fall c2." in text_of(response)
    assert StepProgress.objects.get().done_at is None


def test_finishing_twice_changes_nothing(client: Client, edition: Edition) -> None:
    decide(client, edition)
    decide(client, edition, "c2")
    send(client, edition, do="finish_exercise")

    response = send(client, edition, do="finish_exercise")

    assert response.status_code == 302
    assert StepProgress.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"question": "c1"}, "Choose an answer."),
        ({"question": "c1", "answer": "c2-a"}, "The answer belongs to another question."),
        ({"question": "k1-q1", "answer": "k1-q1-a"}, "The question does not belong to this step."),
    ],
)
def test_it_refuses_what_is_no_answer_to_its_case(client: Client, edition: Edition, data: dict[str, str], said: str) -> None:
    response = send(client, edition, do="decide", **data)

    assert response.status_code == 422
    assert said in text_of(response)
    assert "<title>Error:" in text_of(response)
    assert not Answer.objects.exists()


def test_a_refused_answer_is_shown_at_its_case(client: Client, edition: Edition) -> None:
    page = text_of(send(client, edition, do="decide", question="c2"))

    assert "<h1>Fall c2</h1>" in page
    assert page.count("Choose an answer.") == 2


def test_an_unknown_case_shows_the_list(client: Client, edition: Edition) -> None:
    assert "<h1>Får jag dela detta? f1</h1>" in text_of(client.get(address(edition, "?fall=finns-inte")))


def test_the_cases_of_the_chosen_workplace_come_first_here_and_in_the_next_list(client: Client) -> None:
    own = case("c2", workplaces=("library", "school"))
    edition = given_out(
        draft(lesson(), cases("f1", case("c1"), own), cases("f2", case("d1"), case("d2", workplaces=("library",))), check())
    )

    response = send(client, edition, do="choose_workplace", workplace="library")

    first, second = (text_of(client.get(url)) for url in (response.url, address(edition, step="f2")))
    assert first.index("Fall c2") < first.index("Fall c1")
    assert second.index("Fall d2") < second.index("Fall d1")
    assert "From your workplace" in first
    assert "Case 1 of 2" in text_of(client.get(address(edition, "?fall=c2")))


def test_no_workplace_is_guessed_and_an_unknown_one_is_forgotten(client: Client, edition: Edition) -> None:
    assert "From your workplace" not in text_of(client.get(address(edition)))
    send(client, edition, do="choose_workplace", workplace="school")

    send(client, edition, do="choose_workplace", workplace="prison")

    assert "workplace" not in client.session


def test_a_content_note_comes_first_and_has_a_way_round_that_counts_and_is_stored_nowhere(client: Client) -> None:
    edition = given_out(draft(lesson(), cases(content_note="Fallen nämner våld."), check()))
    page = text_of(client.get(address(edition)))
    assert "Fallen nämner våld." in page
    assert "Fall c1" not in page

    response = send(client, edition, do="finish_exercise", way_round="1")

    assert response.status_code == 302
    assert StepProgress.objects.get().done_at == NOON
    assert not Answer.objects.exists()


def test_there_is_no_way_round_without_a_content_note(client: Client, edition: Edition) -> None:
    assert send(client, edition, do="finish_exercise", way_round="1").status_code == 422


def test_a_withdrawn_step_shows_no_case_and_takes_no_answer(client: Client, edition: Edition, manager: User) -> None:
    withdraw(edition=edition, step_key="f1", reason="Lagen ändras.", by=manager, at=NOON)

    assert "Withdrawn at present" in text_of(client.get(address(edition, "?fall=c1")))
    assert decide(client, edition).status_code == 200
    assert not Answer.objects.exists()


def test_an_answer_to_an_older_wording_is_refused(client: Client, edition: Edition) -> None:
    changed = cases("f1", case("c1", answer="<p>Ny lag.</p>"), case("c2"))
    given_out(draft(lesson(), changed, check()), edition.module, material=frozenset({"f1"}))

    response = decide(client, edition)

    assert response.status_code == 422
    assert "The step has been changed since you opened the page." in text_of(response)


def test_it_never_shows_what_another_learner_answered(client: Client, client_of: Any, manager: User, edition: Edition) -> None:
    decide(client, edition)

    other = text_of(client_of(manager).get(address(edition, "?fall=c1")))

    assert "Ja, då vet du" not in other


def test_nobody_comes_in_without_logging_in(edition: Edition) -> None:
    anybody = Client()

    answers = [anybody.get(address(edition, "?fall=c1")), decide(anybody, edition)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert not Answer.objects.exists()


@pytest.mark.parametrize("query", ["", "?fall=c1"])
def test_its_pages_ask_at_most_five_queries(
    client: Client, edition: Edition, query: str, django_assert_max_num_queries: Any
) -> None:
    decide(client, edition)
    client.get(address(edition, query))

    with django_assert_max_num_queries(5):
        assert client.get(address(edition, query)).status_code == 200


def test_an_answer_asks_at_most_nine_queries(client: Client, edition: Edition, count_queries: Any) -> None:
    assert count_queries(lambda: decide(client, edition)) <= 9
    assert count_queries(lambda: decide(client, edition, option="a")) <= 9


def test_a_printed_module_holds_the_cases_with_the_legal_answer(client: Client, edition: Edition) -> None:
    page = text_of(client.get(reverse("courses:print", kwargs={"slug": edition.module.slug})))

    for words in (
        "Fall c1",
        "Det är kuratorn.",
        "Ringer upp.",
        "Du får ringa upp.",
        "Att svara direkt.",
        "Typical at: School.",
    ):
        assert words in page
