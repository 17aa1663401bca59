"""A judgement, as a learner meets it; and that nothing of what was chosen stays anywhere."""

from __future__ import annotations

import logging
import re
import sys
from typing import Any

import pytest
from django.apps import apps
from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import reverse
from django.views.debug import ExceptionReporter

from courses.models import Completion, Edition, Round, StepProgress
from courses.ways import Way, seal_way
from organisation.models import User
from tests.drafts import check, draft, given_out, lesson
from tests.exercises import judgement, layer
from tests.taking import NOON, take_check, take_lesson

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today", "city", "in_english")]
LAYERS = ("ser", "samman", "tid")


@pytest.fixture
def edition() -> Edition:
    return given_out(draft(lesson(), judgement(), check()))


@pytest.fixture
def client(client_of: Any, learner: User) -> Client:
    return client_of(learner)


def address(edition: Edition, step: str = "b1") -> str:
    return reverse("courses:step", kwargs={"slug": edition.module.slug, "step": step})


def send(client: Client, edition: Edition, **data: str) -> HttpResponse:
    line = next(line for line in edition.outline if line["slug"] == "b1")
    return client.post(address(edition), {"revision": line["material_revision"]} | data)


def text_of(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split()).replace("> ", ">").replace(" <", "<")


def way_of(response: HttpResponse) -> str:
    found = re.search(r'name="way" value="([^"]+)"', text_of(response))
    assert found
    return found[1]


def judge(client: Client, edition: Edition, page: HttpResponse, id: str, option: str = "a") -> HttpResponse:
    return send(client, edition, do="judge", way=way_of(page), question=id, answer=f"{id}-{option}")


def go_on(client: Client, edition: Edition, page: HttpResponse) -> HttpResponse:
    return send(client, edition, do="go_on", way=way_of(page))


def go_through(client: Client, edition: Edition, options: str = "aaa") -> list[HttpResponse]:
    """Every page on the way, the conclusion last."""
    pages = [client.get(address(edition))]
    for id, option in zip(LAYERS, options, strict=True):
        pages.append(judge(client, edition, pages[-1], id, option))
        pages.append(go_on(client, edition, pages[-1]))
    return pages


def test_the_address_of_the_step_shows_the_first_layer_and_nothing_of_the_others(client: Client, edition: Edition) -> None:
    page = text_of(client.get(address(edition)))

    assert "<h1>Hur orolig ska jag vara? b1</h1>" in page
    assert "Layer 1 of 3" in page
    assert "<p>Du ser ser.</p>" in page
    for hidden in ("Rimligt, ser.", "Bilden ändras ser.", "Du ser samman.", "Inget enskilt tecken avgjorde."):
        assert hidden not in page


@pytest.mark.parametrize(("option", "outcome"), [("a", "A reasonable step"), ("b", "A reasonable step"), ("c", "Not quite")])
def test_a_choice_is_answered_with_what_happened_and_how_the_picture_changes(
    client: Client, edition: Edition, option: str, outcome: str
) -> None:
    response = judge(client, edition, client.get(address(edition)), "ser", option)
    page = text_of(response)

    assert response.status_code == 200
    assert f"<title>{outcome} – Lager ser – Hur orolig ska jag vara? b1" in page
    assert f"<h1>{outcome} – Lager ser</h1>" in page
    for words in ("Rimligt, ser.", "Går bra, ser.", "För tidigt, ser.", "Bilden ändras ser."):
        assert words in page


def test_the_next_layer_is_a_page_of_its_own_with_the_earlier_one_to_unfold(client: Client, edition: Edition) -> None:
    page = text_of(go_through(client, edition)[2])

    assert "<h1>Lager samman</h1>" in page
    assert "Layer 2 of 3" in page
    assert "Du ser ser." in page
    assert "Rimligt, samman." not in page


def test_the_last_layer_leads_to_the_conclusion_with_the_way_that_was_taken(client: Client, edition: Edition) -> None:
    page = text_of(go_through(client, edition, "acb")[-1])

    assert "<h1>Conclusion – Hur orolig ska jag vara? b1</h1>" in page
    assert "<p>Inget enskilt tecken avgjorde.</p>" in page
    for words in ("Lager ser: Frågar ser.", "Lager samman: Ringer polisen samman.", "Lager tid: Väntar tid."):
        assert words in page


def test_the_end_marks_the_step_as_done_and_leads_on(client: Client, edition: Edition) -> None:
    conclusion = go_through(client, edition)[-1]
    assert not Round.objects.exists()

    response = send(client, edition, do="finish_judgement", way=way_of(conclusion))

    assert response.url == address(edition, "k1")
    assert StepProgress.objects.get().done_at == NOON


def test_the_end_may_complete_the_module_and_only_once(client: Client, learner: User, edition: Edition) -> None:
    take_lesson(learner, edition)
    take_check(learner, edition)
    way = way_of(go_through(client, edition)[-1])

    for _time in range(2):
        send(client, edition, do="finish_judgement", way=way)

    assert Completion.objects.get().edition == edition
    assert StepProgress.objects.filter(step_key="b1").count() == 1


def rows() -> dict[str, list[tuple[Any, ...]]]:
    """Everything in the database but the session, which is looked at by itself."""
    models = [model for model in apps.get_models() if model._meta.label != "sessions.Session"]
    return {model._meta.label: sorted(model.objects.values_list(), key=repr) for model in models}


def test_nothing_of_it_stays_in_database_session_address_or_log(
    client: Client, edition: Edition, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client.get(address(edition))
    before, session = rows(), dict(client.session.items())

    pages = go_through(client, edition, "bca")

    assert rows() == before
    assert dict(client.session.items()) == session
    assert all(page.status_code == 200 and set(page.cookies) <= {"csrf"} for page in pages)
    seen = " ".join([caplog.text, *(page.request["PATH_INFO"] + page.request["QUERY_STRING"] for page in pages)])
    assert not any(f"{id}-{option}" in seen for id, option in zip(LAYERS, "bca", strict=True))


def test_what_is_stored_at_the_end_is_the_same_whatever_was_chosen(
    client: Client, client_of: Any, manager: User, edition: Edition
) -> None:
    for one, options in ((client, "aaa"), (client_of(manager), "ccc")):
        send(one, edition, do="finish_judgement", way=way_of(go_through(one, edition, options)[-1]))

    first, second = StepProgress.objects.values("step_key", "material_revision", "started_at", "done_at", "carried_over")
    assert first == second
    assert not any(f"{id}-" in repr(rows()["courses.Answer"]) for id in LAYERS)


def test_the_field_shows_nobody_what_was_chosen(client: Client, edition: Edition) -> None:
    assert "ser-b" not in way_of(go_through(client, edition, "bca")[-1])


def test_an_error_report_holds_no_choice(client: Client, edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    reports: list[str] = []

    def report(request: HttpRequest, **_more: Any) -> None:
        reporter = ExceptionReporter(request, *sys.exc_info())
        reports.extend([reporter.get_traceback_html(), reporter.get_traceback_text()])

    second = go_through(client, edition, "bca")[2]
    monkeypatch.setattr("courses.views.judgement.assembled_step", lambda step: 1 / 0)
    client.raise_request_exception = False
    got_request_exception.connect(report)

    judge(client, edition, second, "samman", "c")

    assert "ZeroDivisionError" in reports[0]
    assert not any(choice in one for one in reports for choice in ("ser-b", "samman-c"))


def test_reload_and_back_lose_and_double_nothing(client: Client, edition: Edition) -> None:
    pages = go_through(client, edition)
    again = judge(client, edition, pages[0], "ser", "a")
    other = judge(client, edition, pages[0], "ser", "c")

    assert "<h1>A reasonable step – Lager ser</h1>" in text_of(again)
    assert "<h1>Not quite – Lager ser</h1>" in text_of(other)
    assert "<h1>Lager samman</h1>" in text_of(go_on(client, edition, other))
    assert "<h1>Conclusion" in text_of(go_on(client, edition, pages[-1]))


def test_only_a_page_that_answers_a_form_is_kept_by_the_learners_own_browser_for_back(client: Client, edition: Edition) -> None:
    page = client.get(address(edition))
    refused = send(client, edition, do="judge", way=way_of(page), question="ser")
    answered = judge(client, edition, page, "ser")

    assert "no-store" in page["Cache-Control"]
    assert "no-store" in refused["Cache-Control"]
    assert answered["Cache-Control"] == "private, max-age=0"


@pytest.mark.parametrize("do", ["judge", "go_on", "finish_judgement"])
@pytest.mark.parametrize("fault", ["missing", "broken", "another step", "another edition"])
def test_a_way_that_cannot_be_read_begins_again_and_says_so(client: Client, edition: Edition, do: str, fault: str) -> None:
    ways = {
        "missing": {},
        "broken": {"way": way_of(client.get(address(edition)))[:-4] + "AAAA"},
        "another step": {"way": seal_way(Way(edition_id=edition.pk, step_key="b9", chosen=LAYERS))},
        "another edition": {"way": seal_way(Way(edition_id=edition.pk + 1, step_key="b1", chosen=LAYERS))},
    }

    response = send(client, edition, do=do, question="ser", answer="ser-a", **ways[fault])

    assert response.status_code == 422
    assert "Begin the exercise again. Nothing you did is stored." in text_of(response)
    assert "Layer 1 of 3" in text_of(response)
    assert not Round.objects.exists()


def test_no_choice_is_asked_for_at_its_layer_without_losing_the_way(client: Client, edition: Edition) -> None:
    second = go_through(client, edition)[2]

    response = send(client, edition, do="judge", way=way_of(second), question="samman")

    assert response.status_code == 422
    assert "<h1>Lager samman</h1>" in text_of(response)
    assert text_of(response).count("Choose an answer.") == 2


def test_a_choice_of_another_layer_is_refused(client: Client, edition: Edition) -> None:
    response = send(client, edition, do="judge", way=way_of(client.get(address(edition))), question="ser", answer="tid-a")

    assert response.status_code == 422
    assert "The answer belongs to another question." in text_of(response)


@pytest.mark.parametrize("do", ["finish_judgement", "finish_exercise", "finish"])
def test_it_cannot_be_finished_before_its_end(client: Client, edition: Edition, do: str) -> None:
    send(client, edition, do=do, way=way_of(go_through(client, edition)[2]))

    assert not StepProgress.objects.filter(done_at__isnull=False).exists()


def test_a_content_note_comes_first_and_has_a_way_round_that_counts(client: Client) -> None:
    edition = given_out(draft(lesson(), judgement(content_note="Här nämns hat."), check()))
    page = text_of(client.get(address(edition)))
    assert "Här nämns hat." in page
    assert "Du ser ser." not in page
    assert "Du ser ser." in text_of(client.get(f"{address(edition)}?visa=1"))

    response = send(client, edition, do="finish_exercise", way_round="1")

    assert response.url == address(edition, "k1")
    assert StepProgress.objects.get().done_at == NOON


def test_whoever_has_done_it_is_told_and_may_do_it_again(client: Client, edition: Edition) -> None:
    send(client, edition, do="finish_judgement", way=way_of(go_through(client, edition)[-1]))

    page = text_of(client.get(address(edition)))

    assert "You have done this exercise" in page
    assert "Du ser ser." in page


def test_a_change_while_the_learner_is_on_the_way_begins_again(client: Client, edition: Edition) -> None:
    page = go_through(client, edition)[2]
    changed = judgement("b1", layer("ser"), layer("samman", title="Nytt"), layer("tid"))
    given_out(draft(lesson(), changed, check()), edition.module)

    response = go_on(client, edition, page)

    assert response.status_code == 422
    assert "Begin the exercise again." in text_of(response)


def test_nobody_comes_in_without_logging_in(edition: Edition) -> None:
    anybody = Client()

    answers = [anybody.get(address(edition)), send(anybody, edition, do="go_on")]

    assert [answer.status_code for answer in answers] == [302, 302]


def test_its_pages_ask_at_most_five_queries_and_the_end_at_most_nine(
    client: Client, edition: Edition, count_queries: Any
) -> None:
    pages = go_through(client, edition)
    way = way_of(pages[-1])

    assert count_queries(lambda: client.get(address(edition))) <= 5
    assert count_queries(lambda: judge(client, edition, pages[0], "ser")) <= 5
    assert count_queries(lambda: go_on(client, edition, pages[-1])) <= 5
    assert count_queries(lambda: send(client, edition, do="finish_judgement", way=way)) <= 9


def test_a_printed_module_holds_the_layers_and_the_conclusion(client: Client, edition: Edition) -> None:
    page = text_of(client.get(reverse("courses:print", kwargs={"slug": edition.module.slug})))

    for words in ("Lager ser", "Du ser tid.", "Ringer polisen samman.", "Bilden ändras tid.", "Inget enskilt tecken avgjorde."):
        assert words in page


def test_a_content_note_is_printed_before_what_it_is_about(client: Client) -> None:
    edition = given_out(draft(lesson(), judgement(content_note="Här nämns hat."), check()))

    page = text_of(client.get(reverse("courses:print", kwargs={"slug": edition.module.slug})))

    assert page.index("Här nämns hat.") < page.index("Du ser ser.")
