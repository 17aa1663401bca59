"""Two connections at the same moment, on PostgreSQL."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from courses.actions.attempts import answer_in_attempt, start_attempt
from courses.actions.complete import complete
from courses.actions.lessons import answer_question, finish_lesson
from courses.actions.withdraw import lift, withdraw
from courses.models import Answer, Attempt, Completion, Round
from tests.drafts import check, draft, given_out, lesson
from tests.taking import NOON, place, take_check, take_lesson

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _real_postgres() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: python -m tests.with_postgres pytest -m postgres")


def at_once(*jobs: Callable[[], object]) -> list[object]:
    """Run the jobs in threads with a connection each, started together; return what they returned."""
    barrier = threading.Barrier(len(jobs))
    results: list[object] = [None] * len(jobs)

    def run(number: int, job: Callable[[], object]) -> None:
        try:
            barrier.wait()
            results[number] = job()
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number, job)) for number, job in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_a_completion_asked_for_twice_is_written_once(learner, trainer) -> None:
    edition = given_out()
    take_lesson(learner, edition)
    stop = withdraw(edition=edition, step_key="l1", reason="Vänta.", by=trainer, at=NOON)
    take_check(learner, edition)
    lift(withdrawal=stop, by=trainer, at=NOON)

    results = at_once(*[lambda: complete(user=learner, module_slug=edition.module.slug, at=NOON)] * 6)

    assert sum(isinstance(result, Completion) for result in results) == 1
    assert results.count(None) == 5
    assert Completion.objects.count() == 1


def test_the_two_last_steps_finished_at_once_complete_the_module(learner) -> None:
    edition = given_out(draft(lesson("l1", blocks=lesson().blocks[:1]), lesson("l2", blocks=lesson().blocks[:1]), check()))
    take_check(learner, edition)

    results = at_once(
        lambda: finish_lesson(user=learner, place=place(edition, "l1"), at=NOON),
        lambda: finish_lesson(user=learner, place=place(edition, "l2"), at=NOON),
    )

    assert [result for result in results if isinstance(result, Exception)] == []
    assert Completion.objects.count() == 1


def test_the_two_last_answers_at_once_finish_the_attempt(learner) -> None:
    edition = given_out()
    sitting = start_attempt(user=learner, place=place(edition, "k1"), seed="s", at=NOON)

    def answer(question_id: str) -> object:
        return answer_in_attempt(
            user=learner,
            place=place(edition, "k1"),
            number=1,
            question_id=question_id,
            response=[f"{question_id}-a"],
            at=NOON,
        )

    results = at_once(*[lambda id_=id_: answer(id_) for id_ in sitting.question_ids])

    assert [result for result in results if isinstance(result, Exception)] == []
    assert Attempt.objects.get().is_passed is True


def test_the_first_answer_sent_twice_opens_one_round_with_one_answer(learner) -> None:
    edition = given_out()

    def answer() -> object:
        return answer_question(user=learner, place=place(edition), question_id="l1-q", response=["l1-q-a"], at=NOON)

    results = at_once(answer, answer, answer)

    assert [result for result in results if isinstance(result, Exception)] == []
    assert (Round.objects.count(), Answer.objects.count()) == (1, 1)


def test_an_attempt_started_twice_is_drawn_once(learner) -> None:
    edition = given_out()

    def start(seed: str) -> object:
        return start_attempt(user=learner, place=place(edition, "k1"), seed=seed, at=NOON).question_ids

    results = at_once(lambda: start("a"), lambda: start("b"), lambda: start("c"))

    assert len(set(results)) == 1
    assert Attempt.objects.count() == 1
