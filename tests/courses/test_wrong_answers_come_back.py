"""What is answered wrong in a knowledge check comes back once, and then counts."""

from __future__ import annotations

import msgspec
import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from courses.actions.attempts import AttemptRefused, answer_in_attempt, start_attempt
from courses.models import Answer, Attempt, Completion, StepProgress
from courses.payload import Option
from courses.sittings import FIRST, SECOND
from tests.drafts import check, draft, given_out, lesson, question
from tests.taking import NOON, place, take_check, take_lesson

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.usefixtures("today", "city", "in_english")]


@pytest.fixture
def edition():
    """Three questions are asked, and all must be right."""
    return given_out(draft(lesson(), check(questions=4, draw=3, pass_percent=100)))


@pytest.fixture
def sitting(learner, edition):
    return start_attempt(user=learner, place=place(edition, "k1"), seed="seed", at=NOON)


def answer(user, edition, question_id, option, turn=FIRST):
    return answer_in_attempt(
        user=user,
        place=place(edition, "k1"),
        number=1,
        question_id=question_id,
        response=[f"{question_id}-{option}"],
        at=NOON,
        turn=turn,
    )


@pytest.fixture
def came_back(learner, edition, sitting) -> str:
    """The middle question was answered wrong, the others right; it is asked once more."""
    first, middle, last = sitting.question_ids
    for question_id, option in ((first, "a"), (middle, "b"), (last, "a")):
        answered = answer(learner, edition, question_id, option)
    assert answered.sitting.returned == (middle,)
    return middle


def test_an_attempt_with_a_wrong_answer_stays_open_until_it_is_answered_again(came_back) -> None:
    assert Attempt.objects.get().finished_at is None
    assert StepProgress.objects.get().done_at is None


def test_nothing_comes_back_before_everything_is_answered_once(learner, edition, sitting) -> None:
    wrong = answer(learner, edition, sitting.question_ids[0], "b")

    assert wrong.sitting.returned == ()
    with pytest.raises(AttemptRefused, match="not asked once more"):
        answer(learner, edition, sitting.question_ids[0], "a", SECOND)
    assert Answer.objects.count() == 1


def test_right_the_second_time_counts_and_both_answers_are_kept(learner, edition, came_back) -> None:
    answered = answer(learner, edition, came_back, "a", SECOND)

    assert (answered.sitting.is_passed, answered.sitting.right) == (True, 3)
    assert StepProgress.objects.get(step_key="k1").done_at == NOON
    kept = Answer.objects.filter(question_id=came_back).order_by("turn").values_list("turn", "is_right")
    assert list(kept) == [(1, False), (2, True)]


def test_wrong_the_second_time_too_ends_the_attempt_and_comes_back_no_more(learner, edition, came_back) -> None:
    answered = answer(learner, edition, came_back, "b", SECOND)

    assert (answered.sitting.is_open, answered.sitting.is_passed, answered.sitting.right) == (False, False, 2)
    with pytest.raises(AttemptRefused):
        answer(learner, edition, came_back, "a", 3)
    assert Answer.objects.count() == 4


def test_what_was_right_at_once_is_not_asked_again(learner, edition, sitting, came_back) -> None:
    with pytest.raises(AttemptRefused):
        answer(learner, edition, sitting.question_ids[0], "b", SECOND)

    assert Answer.objects.count() == 3


def test_an_answer_of_the_first_turn_sent_twice_is_no_answer_to_the_second(learner, edition, came_back) -> None:
    again = answer(learner, edition, came_back, "a", FIRST)

    assert again.sitting.is_open
    assert Answer.objects.filter(question_id=came_back).count() == 1


def test_an_answer_of_the_second_turn_sent_twice_stands_as_it_was_first(learner, edition, came_back) -> None:
    answer(learner, edition, came_back, "b", SECOND)

    again = answer(learner, edition, came_back, "a", SECOND)

    assert (again.sitting.is_passed, again.completion) == (False, None)
    assert Answer.objects.count() == 4


def test_starting_again_in_between_neither_draws_nor_forgets(learner, edition, sitting, came_back) -> None:
    again = start_attempt(user=learner, place=place(edition, "k1"), seed="another", at=NOON)

    assert (again.question_ids, again.returned, again.next_number) == (sitting.question_ids, (came_back,), 4)
    assert Attempt.objects.count() == 1


def test_all_wrong_comes_back_whole_and_a_new_attempt_may_follow(learner, edition) -> None:
    answered = take_check(learner, edition, rightly=False)

    assert len(answered.sitting.answers) == 6
    assert start_attempt(user=learner, place=place(edition, "k1"), seed="other", at=NOON).number == 2


def test_right_the_second_time_completes_the_module(learner, edition, came_back) -> None:
    take_lesson(learner, edition)

    answer(learner, edition, came_back, "a", SECOND)

    assert Completion.objects.get().user == learner


@pytest.mark.parametrize("turn", [1, 2, 3])
def test_the_database_refuses_a_turn_twice_and_a_third_one(learner, edition, came_back, turn) -> None:
    answer(learner, edition, came_back, "b", SECOND)
    one = Answer.objects.filter(question_id=came_back).first()
    one.pk, one.turn = None, turn

    with pytest.raises(IntegrityError), transaction.atomic():
        one.save(force_insert=True)


class Pages:
    """The check's pages, as the learner's browser asks for them."""

    def __init__(self, client, edition) -> None:
        self.client, self.slug = client, edition.module.slug
        self.address = reverse("courses:step", kwargs={"slug": self.slug, "step": "k1"})

    def send(self, **data) -> str:
        return self.client.post(self.address, {"revision": 1, **data}).url

    def answer(self, question_id, option, turn=1) -> str:
        given = {"question": question_id, "answer": f"{question_id}-{option}", "turn": turn}
        return self.send(do="answer_in_attempt", attempt=1, **given)

    def text(self, url="") -> str:
        page = self.client.get(url or self.address).content.decode()
        return " ".join(page.split()).replace("> ", ">").replace(" <", "<")


@pytest.fixture
def pages(client_of, learner, edition) -> Pages:
    return Pages(client_of(learner), edition)


def test_the_page_says_before_the_attempt_how_it_works(pages) -> None:
    page = pages.text()

    assert "You get 3 questions, drawn by lot." in page
    assert "At least 100 % must be right." in page
    assert "What you answer wrong comes back once, after the last question." in page
    assert "as many times as you like" in page


def test_the_pages_lead_through_what_comes_back_to_the_result(pages, edition) -> None:
    pages.send(do="start")
    first, middle, last = Attempt.objects.get().question_ids
    pages.answer(first, "a")
    wrong = pages.text(pages.answer(middle, "b"))
    pages.answer(last, "a")

    once_more = pages.client.get(pages.address)
    asked = pages.text(once_more.url)
    right = pages.text(pages.answer(middle, "a", 2))

    assert "The question comes back once" in wrong
    assert once_more.url.endswith("?fraga=4")
    assert "<h1>Once more: question 1 of 1 that came back</h1>" in asked
    assert "Misstanke räcker." not in asked
    assert "<h1>Right this time: question 1 of 1 that came back</h1>" in right
    assert "Misstanke räcker." in right
    result = pages.text()
    assert "<h1>Passed</h1>" in result
    assert "3 of 3 answers were right in the end." in result
    assert result.count("– right when it came back") == 1
    assert f'<a href="{pages.address}?fraga=4">' in result


def test_a_refused_answer_of_the_second_turn_stays_at_its_question(pages, learner, edition, came_back) -> None:
    data = {"revision": 1, "do": "answer_in_attempt", "attempt": 1, "question": came_back, "turn": 2}

    page = pages.client.post(pages.address, data)

    assert page.status_code == 422
    assert "Once more: question 1 of 1" in page.content.decode()
    assert Answer.objects.count() == 3


def test_the_second_time_the_options_stand_in_another_order(client_of, learner) -> None:
    options = tuple(Option(id=f"q-{n}", text=f"Svar {n}", explanation="Så.", is_right=n == "a") for n in "abc")
    only = msgspec.structs.replace(check(), questions=(question("q", options=options),), draw=1)
    edition = given_out(draft(lesson(), only))
    pages = Pages(client_of(learner), edition)
    first = pages.text(pages.send(do="start"))
    pages.answer("q", "b")

    second = pages.text(pages.client.get(pages.address).url)

    assert first.index("Svar a") < first.index("Svar b") < first.index("Svar c")
    assert second.index("Svar b") < second.index("Svar c") < second.index("Svar a")


def test_nobody_else_answers_what_came_back(outsider, edition, came_back) -> None:
    with pytest.raises(AttemptRefused):
        answer(outsider, edition, came_back, "a", SECOND)


def test_the_pages_of_the_second_turn_ask_at_most_five_queries(pages, came_back, django_assert_max_num_queries) -> None:
    pages.text(f"{pages.address}?fraga=4")

    with django_assert_max_num_queries(5):
        pages.text(f"{pages.address}?fraga=4")
