"""Answering the questions of a lesson, and finishing it."""

import datetime as dt

import pytest
from django.utils import translation

from courses.actions.lessons import AnswerRefused, LessonUnfinished, answer_question, finish_lesson
from courses.actions.withdraw import withdraw
from courses.models import Answer, Round, StepProgress
from courses.payload import Option, Text
from courses.reading import NotInForce, Place, StepClosed
from tests.drafts import check, draft, given_out, lesson, question
from tests.taking import NOON, place, take_lesson

pytestmark = pytest.mark.django_db


def answer(user, here, response=("l1-q-a",), question_id="l1-q", at=NOON):
    return answer_question(user=user, place=here, question_id=question_id, response=list(response), at=at)


def test_it_stores_the_answer_and_opens_the_round(learner) -> None:
    edition = given_out()

    answer(learner, place(edition))

    stored = Answer.objects.get()
    assert (stored.response, stored.is_right, stored.round.user) == (["l1-q-a"], True, learner)
    assert (stored.round.reason, stored.round.opened_at) == (Round.Reason.START, NOON)
    assert StepProgress.objects.get().done_at is None


def test_the_latest_answer_stands(learner) -> None:
    here = place(given_out())
    answer(learner, here)

    answer(learner, here, ["l1-q-b"])

    assert [(one.response, one.is_right) for one in Answer.objects.all()] == [(["l1-q-b"], False)]


def test_a_double_submit_stores_one_answer_in_one_round(learner) -> None:
    here = place(given_out())

    answer(learner, here)
    answer(learner, here)

    assert (Answer.objects.count(), Round.objects.count(), StepProgress.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize(
    ("response", "sentence"),
    [
        ([], "Choose an answer."),
        (["k1-q1-a"], "The answer belongs to another question. Choose among the answers here."),
        (["l1-q-a", "l1-q-b"], "Choose one answer only."),
    ],
)
def test_it_refuses_an_impossible_answer_and_says_why(learner, response, sentence) -> None:
    here = place(given_out())

    with translation.override("en"), pytest.raises(AnswerRefused, match=sentence):
        answer(learner, here, response)

    assert not Round.objects.exists()


def test_it_refuses_an_order_with_two_in_the_same_place(learner) -> None:
    options = tuple(Option(id=f"o{n}", text=str(n), explanation="Så.", position=n) for n in (1, 2, 3))
    ordered = question("q", kind="order", options=options)
    here = place(given_out(draft(lesson(blocks=(ordered,)), check())))

    with translation.override("en"), pytest.raises(AnswerRefused, match="a place of its own, from 1 to 3"):
        answer(learner, here, ["o1", "o2", "o2"], "q")


def test_it_refuses_a_question_of_another_step(learner) -> None:
    here = place(given_out())

    with pytest.raises(StepClosed):
        answer(learner, here, ["k1-q1-a"], "k1-q1")

    assert not Answer.objects.exists()


def test_it_refuses_a_lesson_s_answer_for_a_knowledge_check(learner) -> None:
    here = place(given_out(), "k1")

    with pytest.raises(NotInForce):
        answer(learner, here, ["k1-q1-a"], "k1-q1")


def test_it_knows_no_module_before_its_edition_is_in_force(learner) -> None:
    edition = given_out(in_force_from=dt.date(2026, 4, 1))

    with pytest.raises(NotInForce):
        answer(learner, place(edition))


def test_it_knows_no_step_of_another_module(learner) -> None:
    given_out()
    given_out(draft(lesson("x1"), check("y1"), slug="annan"))

    with pytest.raises(NotInForce):
        answer(learner, Place("annan", "l1", 1))


def test_it_refuses_a_withdrawn_step_and_says_why(learner, trainer) -> None:
    edition = given_out()
    withdraw(edition=edition, step_key="l1", reason="Lagen ändras.", by=trainer, at=NOON)

    with pytest.raises(StepClosed, match=r"Lagen ändras\."):
        answer(learner, place(edition))


def test_it_refuses_every_step_of_a_withdrawn_edition(learner, trainer) -> None:
    edition = given_out()
    withdraw(edition=edition, step_key="", reason="Fel i allt.", by=trainer, at=NOON)

    with pytest.raises(StepClosed, match=r"Fel i allt\."):
        finish_lesson(user=learner, place=place(edition), at=NOON)


def test_it_refuses_the_answer_to_a_superseded_wording(learner) -> None:
    old = given_out()
    seen = place(old)
    rewritten = lesson(blocks=(Text(id="t", html="<p>Ny lag.</p>"), question("l1-q")))
    given_out(draft(rewritten, check()), old.module, material=frozenset({"l1"}))

    with translation.override("en"), pytest.raises(StepClosed, match="has been changed since you opened the page"):
        answer(learner, seen)


def test_an_editorial_edition_refuses_nothing(learner) -> None:
    old = given_out()
    seen = place(old)
    given_out(draft(lesson(title="Ny rubrik"), check()), old.module)

    assert answer(learner, seen).is_right


def test_a_lesson_is_finished_when_its_questions_are_answered(learner) -> None:
    edition = given_out()

    finished = take_lesson(learner, edition)

    assert (StepProgress.objects.get().done_at, finished.completion) == (NOON, None)


def test_a_lesson_is_not_finished_without_them_and_says_which(learner) -> None:
    edition = given_out(draft(lesson(blocks=(question("q1"), question("q2"))), check()))
    answer(learner, place(edition), ["q1-a"], "q1")

    with pytest.raises(LessonUnfinished) as refused:
        finish_lesson(user=learner, place=place(edition), at=NOON)

    assert [one.id for one in refused.value.questions] == ["q2"]
    assert StepProgress.objects.get().done_at is None


def test_finishing_twice_keeps_the_first_moment(learner) -> None:
    edition = given_out()
    take_lesson(learner, edition)

    finish_lesson(user=learner, place=place(edition), at=NOON + dt.timedelta(hours=1))

    assert StepProgress.objects.get().done_at == NOON


def test_the_way_round_a_content_note_counts_the_same(learner) -> None:
    edition = given_out(draft(lesson(content_note="Här visas symboler."), check()))

    finish_lesson(user=learner, place=place(edition), at=NOON, way_round=True)

    assert StepProgress.objects.get().done_at == NOON


def test_there_is_no_way_round_a_lesson_without_a_content_note(learner) -> None:
    edition = given_out()

    with pytest.raises(LessonUnfinished):
        finish_lesson(user=learner, place=place(edition), at=NOON, way_round=True)
