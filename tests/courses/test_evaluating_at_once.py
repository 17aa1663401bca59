"""Questions after a module, answered by many at the same moment."""

from __future__ import annotations

import pytest

from courses.actions.attempts import answer_in_attempt, start_attempt
from courses.actions.evaluate import Said, evaluate
from courses.evaluations import report_of
from courses.models import Answer, Attempt, Evaluation
from tests.completions import completed
from tests.courses.test_completing_twice import _real_postgres, at_once, pytestmark
from tests.drafts import check, draft, given_out, lesson
from tests.taking import NOON, place

__all__ = ["_real_postgres", "pytestmark"]
SAID = Said(worth_time="yes")


def test_ten_at_once_are_released_together() -> None:
    edition = given_out()
    people = [completed(edition=edition) for _number in range(10)]

    at_once(*[lambda one=one: evaluate(user=one.user, completion_id=one.pk, said=SAID) for one in people])

    report = report_of(edition.module)
    assert report is not None
    assert report.answers == 10


def test_answers_sent_twice_at_once_are_stored_once() -> None:
    edition = given_out()
    one = completed(edition=edition)

    results = at_once(*[lambda: evaluate(user=one.user, completion_id=one.pk, said=SAID)] * 6)

    assert sorted(results) == [False] * 5 + [True]
    assert Evaluation.objects.count() == 1


@pytest.mark.parametrize("options", ["ab", "ba"])
def test_what_came_back_is_answered_once_from_two_devices(learner, options) -> None:
    edition = given_out(draft(lesson(), check(draw=1, pass_percent=100)))
    (asked,) = start_attempt(user=learner, place=place(edition, "k1"), seed="s", at=NOON).question_ids
    fixed = {"user": learner, "place": place(edition, "k1"), "number": 1, "question_id": asked, "at": NOON}
    answer_in_attempt(**fixed, response=[f"{asked}-b"])

    results = at_once(
        *[lambda option=option: answer_in_attempt(**fixed, turn=2, response=[f"{asked}-{option}"]) for option in options]
    )

    stored = Answer.objects.get(turn=2)
    assert [result for result in results if isinstance(result, Exception)] == []
    assert {result.sitting.right for result in results} == {int(stored.is_right)}
    assert Attempt.objects.get().is_passed == stored.is_right
