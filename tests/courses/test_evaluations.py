"""Three voluntary questions after a module: without who, and never shown before ten have answered."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.signals import got_request_exception
from django.test import Client
from django.urls import reverse
from django.views.debug import ExceptionReporter

from courses.actions.evaluate import Said, evaluate
from courses.evaluation_form import EvaluationForm
from courses.evaluations import modules_with_answers, report_of
from courses.models import Completion, Evaluation, EvaluationAsked
from courses.views import completion as completion_view
from organisation.models import Event
from tests.completions import completed
from tests.drafts import draft, given_out
from tests.factories import UserFactory
from tests.taking import take_module

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.usefixtures("today", "city", "in_english")]

SAID = {"worth_time": "yes", "knows_what_to_do": "partly", "unclear": "Stegen i lektion fyra."}


@pytest.fixture
def edition():
    return given_out()


@pytest.fixture
def completion(learner, edition) -> Completion:
    take_module(learner, edition)
    return Completion.objects.get()


@pytest.fixture
def client(client_of, learner, completion) -> Client:
    return client_of(learner)


@pytest.fixture
def address(edition) -> str:
    return reverse("courses:completed", kwargs={"slug": edition.module.slug})


def text_of(response) -> str:
    return " ".join(response.content.decode().split()).replace("> ", ">").replace(" <", "<")


def answers(edition, count: int, **said: str) -> None:
    """So many people complete the module and answer."""
    for number in range(count):
        one = completed(edition=edition)
        evaluate(user=one.user, completion_id=one.pk, said=Said(**{"worth_time": "yes", "unclear": f"Text {number}."} | said))


def test_the_completion_page_asks_and_says_what_becomes_of_the_answers(client, address) -> None:
    page = text_of(client.get(address))

    assert "Three voluntary questions about the module" in page
    assert "saved without your name, your workplace and the time" in page
    assert "Name no person" in page
    assert 'maxlength="500"' in page
    assert "Skip the questions" in page


def test_it_stores_what_was_said_and_asks_no_more(client, address, edition) -> None:
    response = client.post(address, SAID, follow=True)

    stored = Evaluation.objects.get()
    assert (stored.module, stored.worth_time, stored.knows_what_to_do) == (edition.module, "yes", "partly")
    assert stored.unclear == "Stegen i lektion fyra."
    assert "Thank you. Your answers are saved without your name." in text_of(response)
    assert "Three voluntary questions" not in text_of(response)


def test_it_stores_no_person_no_time_and_no_department() -> None:
    fields = {field.name for field in Evaluation._meta.get_fields()}

    assert fields == {"id", "module", "worth_time", "knows_what_to_do", "unclear", "is_released"}
    assert {field.name for field in EvaluationAsked._meta.get_fields()} == {"completion"}


def test_its_keys_tell_no_order(edition) -> None:
    answers(edition, 8, unclear="")
    made = [one.pk for one in Evaluation.objects.all()]

    in_order_of_coming = [Evaluation(module=edition.module).pk for _number in range(8)]

    assert in_order_of_coming != sorted(in_order_of_coming)
    assert len({*made, *in_order_of_coming}) == 16


def test_it_writes_nothing_of_it_in_the_event_log_the_address_or_the_session(client, address, completion) -> None:
    before, session = Event.objects.count(), dict(client.session)

    response = client.post(address, SAID)

    assert Event.objects.count() == before
    assert response.url == address
    assert dict(client.session) == session


@pytest.fixture
def report_of_error() -> Iterator[list[str]]:
    """What is mailed to those who run the site when a page breaks."""
    reports: list[str] = []

    def write(request: Any, **_more: Any) -> None:
        reports.append(ExceptionReporter(request, *sys.exc_info()).get_traceback_text())

    got_request_exception.connect(write)
    yield reports
    got_request_exception.disconnect(write)


def test_no_log_or_report_holds_a_word_of_it_when_the_page_breaks(
    client, address, monkeypatch, caplog, report_of_error
) -> None:
    def broken(**_said: Any) -> bool:
        raise RuntimeError("broken")

    monkeypatch.setattr(completion_view, "evaluate", broken)
    client.raise_request_exception = False

    with caplog.at_level(logging.DEBUG):
        client.post(address, SAID)

    assert "RuntimeError" in report_of_error[0]
    assert "unclear" in report_of_error[0]
    assert "Stegen i lektion" not in report_of_error[0] + caplog.text


def test_skipping_stores_no_answer_and_asks_no_more(client, address) -> None:
    page = text_of(client.post(address, {"do": "skip"}, follow=True))

    assert not Evaluation.objects.exists()
    assert EvaluationAsked.objects.count() == 1
    assert "Three voluntary questions" not in page


def test_answering_and_skipping_leave_the_same_trace(client_of, edition, address, completion, learner) -> None:
    other = completed(edition=edition)
    client_of(learner).post(address, SAID)
    client_of(other.user).post(address, {"do": "skip"})

    traces = [{k: v for k, v in vars(one).items() if k != "_state"} for one in EvaluationAsked.objects.all()]

    assert [set(trace) for trace in traces] == [{"completion_id"}, {"completion_id"}]


def test_sent_twice_it_is_stored_once(client, address) -> None:
    client.post(address, SAID)

    again = client.post(address, SAID | {"unclear": "Igen."}, follow=True)

    assert Evaluation.objects.get().unclear == "Stegen i lektion fyra."
    assert "answered or skipped already" in text_of(again)


def test_each_question_may_be_left_out(client, address) -> None:
    client.post(address, {"unclear": "Bara detta."})

    assert Evaluation.objects.get().worth_time == ""


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "Answer at least one question, or skip them all."),
        ({"unclear": "   "}, "Answer at least one question, or skip them all."),
        ({"unclear": "x" * 501}, "at most 500 characters"),
        ({"worth_time": "mycket"}, "Select a valid choice"),
        ({"unclear": "Ring 19900101-1234 om det."}, "personal identity number or an e-mail address"),
        ({"unclear": "Skriv till namn@example.se."}, "personal identity number or an e-mail address"),
        ({"unclear": "Noll\x00tecken"}, "Null characters"),
    ],
)
def test_it_refuses_what_it_cannot_take_and_keeps_what_was_written(client, address, said, sentence) -> None:
    response = client.post(address, said)

    page = text_of(response)
    assert response.status_code == 422
    assert page.count(sentence) >= 1
    assert "<title>Error:" in page
    assert said.get("unclear", "").strip()[:20].replace("\x00", "") in page.replace("\x00", "")
    assert not EvaluationAsked.objects.exists()


def test_a_line_break_counts_as_one_character() -> None:
    assert EvaluationForm({"unclear": "\r\n".join(["x" * 49] * 10)}).is_valid()


def test_a_year_and_a_section_are_no_personal_number() -> None:
    assert EvaluationForm({"unclear": "OSL 10 kap. 27 § och lagen 2009:400, sidan 112, 031-12 34 56"}).is_valid()


def test_it_escapes_what_was_written(client, address) -> None:
    page = client.post(address, {"unclear": "<script>x</script>", "worth_time": "?"}).content.decode()

    assert "<script>x" not in page
    assert "&lt;script&gt;x" in page


def test_nobody_answers_before_the_completion_or_for_somebody_else(client_of, outsider, address, completion) -> None:
    response = client_of(outsider).post(address, SAID)

    assert response.url == reverse("courses:module", kwargs={"slug": completion.module.slug})
    with pytest.raises(Completion.DoesNotExist):
        evaluate(user=outsider, completion_id=completion.pk, said=Said(worth_time="yes"))
    assert not EvaluationAsked.objects.exists()
    assert Client().post(address, SAID).url.startswith("/konto/")


def test_a_later_round_asks_anew(learner, edition, completion) -> None:
    second = completed(user=learner, edition=edition, number=2)
    evaluate(user=learner, completion_id=completion.pk, said=Said(worth_time="no"))

    assert evaluate(user=learner, completion_id=second.pk, said=Said(worth_time="yes"))
    assert Evaluation.objects.count() == 2


def test_nothing_is_shown_before_ten_have_answered(edition) -> None:
    answers(edition, 9)

    assert report_of(edition.module) is None
    assert modules_with_answers().get().released == 0


def test_ten_are_shown_with_counts_and_texts(edition) -> None:
    answers(edition, 4, worth_time="no")
    answers(edition, 5)
    answers(edition, 1, worth_time="", unclear="Sist.")

    report = report_of(edition.module)

    assert report.answers == 10
    assert [(one.degree, one.count) for one in report.worth_time] == [("yes", 5), ("partly", 0), ("no", 4), ("", 1)]
    assert sorted(report.unclear) == sorted([f"Text {n}." for n in (0, 1, 2, 3, 0, 1, 2, 3, 4)] + ["Sist."])


@pytest.mark.parametrize(("given", "shown"), [(11, 10), (19, 10), (20, 20), (27, 20)])
def test_later_answers_are_shown_ten_at_a_time(edition, given, shown) -> None:
    answers(edition, given)

    assert report_of(edition.module).answers == shown


def test_a_skip_is_no_answer(edition) -> None:
    answers(edition, 9)
    one = completed(edition=edition, user=UserFactory())
    evaluate(user=one.user, completion_id=one.pk, said=None)

    assert report_of(edition.module) is None


def test_modules_are_counted_by_themselves(edition) -> None:
    other = given_out(draft(slug="annan"))
    answers(edition, 6)
    answers(other, 6)

    assert report_of(edition.module) is None


def test_the_completion_page_asks_few_queries(client, address, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(6):
        client.get(address)
