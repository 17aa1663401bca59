"""One step a page, as a learner meets it."""

import datetime as dt

import msgspec
import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from courses import rendering
from courses.actions.withdraw import withdraw
from courses.models import Answer, Attempt, Completion, LegalCheck, LegalSource, Round
from courses.payload import Fact, Legal, Option, Source, Text
from tests.drafts import check, draft, given_out, lesson, question
from tests.factories import RECORDED, EmploymentFactory, UserFactory
from tests.taking import NOON, TODAY, assign, take_check, take_lesson, take_module

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today", "city", "in_english")]


@pytest.fixture
def edition():
    return given_out()


@pytest.fixture
def client(client_of, learner) -> Client:
    return client_of(learner)


def address(edition, step="l1") -> str:
    return reverse("courses:step", kwargs={"slug": edition.module.slug, "step": step})


def send(client, edition, step="l1", **data):
    line = next(line for line in edition.outline if line["slug"] == step)
    return client.post(address(edition, step), {"revision": line["material_revision"]} | data)


def answer(client, edition, option="l1-q-a", question="l1-q"):
    return send(client, edition, do="answer", question=question, answer=option)


def text_of(response) -> str:
    return " ".join(response.content.decode().split()).replace("> ", ">").replace(" <", "<")


def test_it_says_where_the_learner_is(client, edition) -> None:
    page = text_of(client.get(address(edition)))

    assert "Step 1 of 2 · about 9 minutes left" in page
    assert "<h1>Lektion l1</h1>" in page


def test_reading_writes_nothing(client, edition) -> None:
    client.get(address(edition))
    client.get(address(edition, "k1"))

    assert not Round.objects.exists()


@pytest.mark.parametrize("step", ["l1", "k1"])
def test_no_page_holds_an_answer_or_an_explanation_before_the_answer(client, step) -> None:
    secret = (
        Option(id="o1", text="Ett", explanation="HEMLIG förklaring ett.", is_right=True),
        Option(id="o2", text="Två", explanation="HEMLIG förklaring två."),
    )
    asked = question("q", options=secret)
    only = msgspec.structs.replace(check(), questions=(asked,), draw=1)
    edition = given_out(draft(lesson(blocks=(asked,)), only))
    if step == "k1":
        client.get(client.post(address(edition, "k1"), {"revision": 1, "do": "start"}).url)

    page = client.get(address(edition, step), follow=True)

    assert "Ett" in text_of(page)
    assert "HEMLIG" not in text_of(page)
    assert "feedback" not in text_of(page)


def test_an_answer_is_explained_for_every_option_and_the_title_says_what_happened(client, edition) -> None:
    response = answer(client, edition, "l1-q-b")
    page = text_of(client.get(response.url))

    assert response.url == f"{address(edition)}?svarat=l1-q#answer-l1-q"
    assert "<title>Not quite – Lektion l1" in page
    assert "Misstanke räcker." in page
    assert "Bevis krävs inte." in page


def test_a_wrong_answer_may_be_tried_again_without_losing_it(client, edition) -> None:
    answer(client, edition, "l1-q-b")

    page = text_of(client.get(f"{address(edition)}?igen=l1-q"))

    assert 'name="answer"' in page
    assert "checked" not in page
    assert Answer.objects.count() == 1


def test_continuing_leads_to_the_next_step(client, edition) -> None:
    answer(client, edition)

    response = send(client, edition, do="finish")

    assert response.url == address(edition, "k1")


def test_continuing_without_answers_says_which_are_missing(client, edition) -> None:
    response = send(client, edition, do="finish")
    page = text_of(response)

    assert response.status_code == 422
    assert "<title>Error:" in page
    assert '<a href="#question-l1-q">Answer the question: Räcker misstanke?</a>' in page


def test_an_empty_answer_is_refused_at_its_question(client, edition) -> None:
    response = send(client, edition, do="answer", question="l1-q")

    assert response.status_code == 422
    assert text_of(response).count("Choose an answer.") == 2


def test_an_option_of_another_question_is_refused(client, edition) -> None:
    response = answer(client, edition, "k1-q1-a")

    assert response.status_code == 422
    assert "The answer belongs to another question" in text_of(response)


def test_an_answer_to_an_older_wording_is_refused(client, edition) -> None:
    response = client.post(address(edition), {"revision": 7, "do": "answer", "question": "l1-q", "answer": "l1-q-a"})

    assert response.status_code == 422
    assert "has been changed since you opened the page" in text_of(response)


@pytest.mark.parametrize("data", [{}, {"do": "rm"}, {"do": "answer"}, {"do": "finish", "revision": "x" * 99}])
def test_a_form_of_nonsense_is_refused_with_words(client, edition, data) -> None:
    response = client.post(address(edition), data)

    assert response.status_code == 422
    assert not Round.objects.exists()


def test_order_is_answered_with_numbers_and_two_in_one_place_are_refused(client) -> None:
    options = tuple(Option(id=f"o{n}", text=f"Sak {n}", explanation="Så.", position=n) for n in (1, 2, 3))
    ordered = question("q", kind="order", options=options)
    edition = given_out(draft(lesson(blocks=(ordered,)), check()))
    fields = {"do": "answer", "question": "q", "answer-o1": "1", "answer-o2": "2"}

    refused = send(client, edition, **fields, **{"answer-o3": "2"})
    accepted = send(client, edition, **fields, **{"answer-o3": "3"})

    assert "Two lines have number 2. Give each line a number of its own." in text_of(refused)
    assert accepted.status_code == 302
    assert Answer.objects.get().is_right


def test_the_check_goes_question_by_question_to_its_result_and_the_completion(client, learner, edition) -> None:
    take_lesson(learner, edition)
    started = send(client, edition, "k1", do="start")
    assert started.url.endswith("?fraga=1")
    for number, id_ in enumerate(Attempt.objects.get().question_ids, start=1):
        assert f"Question {number} of 2" in text_of(client.get(f"{address(edition, 'k1')}?fraga={number}"))
        answered = send(client, edition, "k1", do="answer_in_attempt", attempt=1, question=id_, answer=f"{id_}-a")
        assert f"Right answer to question {number} of 2" in text_of(client.get(answered.url))

    result = text_of(client.get(address(edition, "k1")))

    assert "<h1>Passed</h1>" in result
    assert "2 of 2 answers were right in the end. At least 1 are needed." in result
    completed = reverse("courses:completed", kwargs={"slug": edition.module.slug})
    assert completed in result
    assert "Done: Informationsdelning" in text_of(client.get(completed))
    assert Completion.objects.count() == 1


def test_coming_back_to_an_open_check_leads_to_the_next_question(client, edition) -> None:
    send(client, edition, "k1", do="start")
    id_ = Attempt.objects.get().question_ids[0]
    send(client, edition, "k1", do="answer_in_attempt", attempt=1, question=id_, answer=f"{id_}-b")

    assert client.get(address(edition, "k1")).url.endswith("?fraga=2")


def test_a_failed_check_offers_another_try(client, learner, edition) -> None:
    take_check(learner, edition, rightly=False)

    page = text_of(client.get(address(edition, "k1")))
    again = send(client, edition, "k1", do="start")

    assert "Not passed yet" in page
    assert "Try again" in page
    assert again.url.endswith("?fraga=1")
    assert Attempt.objects.count() == 2


def test_an_answer_of_the_check_sent_twice_shows_the_first(client, edition) -> None:
    send(client, edition, "k1", do="start")
    id_ = Attempt.objects.get().question_ids[0]
    send(client, edition, "k1", do="answer_in_attempt", attempt=1, question=id_, answer=f"{id_}-b")

    again = send(client, edition, "k1", do="answer_in_attempt", attempt=1, question=id_, answer=f"{id_}-a")

    assert "Not quite: question 1 of 2" in text_of(client.get(again.url))


@pytest.mark.parametrize("query", ["?fraga=99", "?fraga=0", "?fraga=x", "?fraga=²", "?svarat=x", "?igen=x"])
def test_a_strange_address_still_shows_the_step(client, learner, edition, query) -> None:
    take_check(learner, edition)

    assert client.get(address(edition, "k1") + query).status_code == 200
    assert client.get(address(edition) + query).status_code == 200


def test_a_withdrawn_step_shows_why(client, edition, trainer) -> None:
    withdraw(edition=edition, step_key="l1", reason="Lagen ändras.", by=trainer, at=NOON)

    page = client.get(address(edition))
    refused = answer(client, edition)

    assert page.status_code == 200
    assert "Withdrawn at present: Lektion l1" in text_of(page)
    assert "Lagen ändras." in text_of(page)
    assert "Lagen ändras." in text_of(refused)
    assert not Answer.objects.exists()


def test_a_content_note_comes_first_with_an_equally_counted_way_round(client) -> None:
    edition = given_out(draft(lesson(content_note="Här visas symboler."), check()))

    before = text_of(client.get(address(edition)))
    after = text_of(client.get(f"{address(edition)}?visa=1"))
    round_ = send(client, edition, do="finish", way_round="1")

    assert "Här visas symboler." in before
    assert "Läs detta." not in before
    assert "Läs detta." in after
    assert round_.url == address(edition, "k1")


def with_source(check_again_on: dt.date):
    source = LegalSource.objects.create(key="osl", law="OSL", designation="OSL 10 kap. 27 §", summary="Så.")
    LegalCheck.objects.create(
        recorded_at=RECORDED, source=source, checked_on=dt.date(2026, 1, 1), checked_by="J", check_again_on=check_again_on
    )
    sealed = Source(key="osl", designation="OSL 10 kap. 27 §", law="OSL", check_again_on=dt.date(2026, 6, 1))
    step = lesson(blocks=(Text(id="t", html="<p>Läs.</p>"), Legal(id="s", source="osl"), question("l1-q", sources=("osl",))))
    return source, given_out(draft(step, check(), sources=(sealed,)))


def test_an_overdue_legal_source_is_said_within_a_minute_after_its_day(client) -> None:
    _source, edition = with_source(TODAY)
    before = text_of(client.get(address(edition)))

    with time_machine.travel(NOON + dt.timedelta(days=1), tick=False):
        after = text_of(client.get(address(edition)))

    assert "should have been checked by" not in before
    assert "The legal source OSL 10 kap. 27 § should have been checked by 2 March 2026 at the latest." in after


def test_a_new_check_is_shown_with_the_sealed_words(client) -> None:
    source, edition = with_source(TODAY - dt.timedelta(days=1))
    assert "should have been checked" in text_of(client.get(address(edition)))
    LegalCheck.objects.create(
        recorded_at=RECORDED, source=source, checked_on=TODAY, checked_by="Ny", check_again_on=dt.date(2027, 1, 1)
    )

    with time_machine.travel(NOON + dt.timedelta(seconds=59), tick=False):
        page = text_of(client.get(address(edition)))

    assert "should have been checked" not in page
    assert "Checked 2 March 2026 by Ny." in page


def test_the_feedback_names_the_source(client) -> None:
    _source, edition = with_source(dt.date(2026, 6, 1))

    page = text_of(client.get(answer(client, edition).url))

    assert page.count("OSL 10 kap. 27 §") >= 2


def test_a_step_page_asks_at_most_five_queries_also_in_a_module_of_fifty_steps(
    client, learner, django_assert_max_num_queries
) -> None:
    edition = given_out(draft(*[lesson(f"l{number}") for number in range(1, 50)], check()))
    take_lesson(learner, edition, "l7")
    client.get(address(edition, "l7"))

    with django_assert_max_num_queries(5):
        assert client.get(address(edition, "l7")).status_code == 200


def test_a_check_s_question_asks_at_most_five_queries(client, edition, django_assert_max_num_queries) -> None:
    url = send(client, edition, "k1", do="start").url
    client.get(url)

    with django_assert_max_num_queries(5):
        assert client.get(url).status_code == 200


def test_the_first_answer_of_a_refresher_asks_at_most_nine_queries(client, learner, edition, count_queries) -> None:
    take_module(learner, edition)
    rewritten = lesson(blocks=(Text(id="t", html="<p>Ny lag.</p>"), question("l1-q")))
    later = given_out(draft(rewritten, check()), edition.module, material=frozenset({"l1"}))

    asked = count_queries(lambda: answer(client, later))

    assert Round.objects.get(number=2).reason == Round.Reason.MATERIAL
    assert asked <= 9


def test_changing_an_answer_asks_at_most_nine_queries(client, edition, count_queries) -> None:
    answer(client, edition)

    assert count_queries(lambda: answer(client, edition, "l1-q-b")) <= 9


def test_the_answer_that_completes_asks_at_most_fourteen_queries(
    client, learner, edition, count_queries, other_department
) -> None:
    EmploymentFactory(user=learner, department=other_department)
    assign(edition.module, other_department)
    take_lesson(learner, edition)
    send(client, edition, "k1", do="start")
    first, last = Attempt.objects.get().question_ids
    send(client, edition, "k1", do="answer_in_attempt", attempt=1, question=first, answer=f"{first}-a")

    asked = count_queries(
        lambda: send(client, edition, "k1", do="answer_in_attempt", attempt=1, question=last, answer=f"{last}-a")
    )

    assert Completion.objects.get().department == other_department
    assert asked <= 14


def test_an_address_that_a_step_once_had_leads_to_it(client, edition) -> None:
    given_out(draft(lesson(slug="nytt-namn"), check()), edition.module)

    response = client.get(address(edition))

    assert response.url == address(edition, "nytt-namn")


def test_a_step_that_was_taken_away_leads_to_the_module(client, edition) -> None:
    given_out(draft(lesson("l2"), check()), edition.module)

    assert client.get(address(edition)).url == reverse("courses:module", kwargs={"slug": edition.module.slug})


def test_an_address_that_the_module_once_had_leads_to_the_step(client, edition) -> None:
    given_out(draft(slug="dela-information"), edition.module)

    response = client.get("/moduler/informationsdelning/l1/")

    assert (response.status_code, response.url) == (301, "/moduler/dela-information/l1/")


@pytest.mark.parametrize("path", ["/moduler/finns-inte/l1/", "/moduler/informationsdelning/finns-inte/"])
def test_an_unknown_step_is_not_found(client, edition, path) -> None:
    assert client.get(path).status_code == 404
    assert client.post(path, {"do": "finish"}).status_code == 404


def test_a_step_before_its_day_is_not_found(client) -> None:
    edition = given_out(in_force_from=TODAY + dt.timedelta(days=1))

    assert client.get(address(edition)).status_code == 404
    assert answer(client, edition).status_code == 404


def test_nobody_reads_without_logging_in(edition) -> None:
    assert Client().get(address(edition)).url.startswith("/konto/")
    assert Client().post(address(edition), {"do": "finish"}).url.startswith("/konto/")


def test_nobody_sees_what_another_has_answered(client, edition, client_of) -> None:
    answer(client, edition)
    other = client_of(UserFactory())

    assert "Misstanke räcker." not in text_of(other.get(f"{address(edition)}?svarat=l1-q"))


def test_a_step_s_fixed_blocks_are_rendered_once(client, monkeypatch) -> None:
    rendered = []
    render = rendering.render_block
    monkeypatch.setattr(rendering, "render_block", lambda block, sources: rendered.append(block.id) or render(block, sources))
    edition = given_out(draft(lesson(blocks=(Fact(id="f", title="Visste du", html="<p>Ja.</p>"),)), check()))

    pages = [text_of(client.get(address(edition))) for _reading in range(3)]

    assert all("Visste du" in page for page in pages)
    assert rendered == ["f"]
