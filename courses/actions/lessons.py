"""Taking a lesson: answering its questions, and finishing it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.actions.complete import complete_if_done
from courses.actions.open_round import enter_step, mark_done
from courses.grading import BadAnswer, Response, grade
from courses.models import Answer, Completion
from courses.payload import Question
from courses.reading import Place, StepInForce, question_of, step_to_work_on
from courses.rounds import PresentRound
from organisation.models import User


class AnswerRefused(Exception):
    """The answer was not stored; the text says why, to the learner."""


class LessonUnfinished(Exception):
    """The lesson has questions without an answer; nothing has changed."""

    def __init__(self, questions: tuple[Question, ...]) -> None:
        super().__init__(_("Answer every question before you go on."))
        self.questions = questions


@dataclass(frozen=True)
class Finished:
    """A step is done. `completion` is set if the module became completed by it; `is_first` if it was not done before."""

    step: StepInForce
    present: PresentRound
    completion: Completion | None
    is_first: bool = False


@transaction.atomic
def answer_question(*, user: User, place: Place, question_id: str, response: Response, at: dt.datetime) -> Answer:
    """Store the answer to a question of a lesson or of cases; the latest one stands, and asked twice nothing is doubled.

    Raises `AnswerRefused`, `StepClosed` or `NotInForce`; then nothing has changed.
    """
    step = step_to_work_on(place, timezone.localdate(at))
    question = question_of(step.practice(), question_id)
    is_right = grade_or_refuse(question, response)
    present = enter_step(user=user, step=step, at=at)
    key, revision = step.line.version
    which: dict[str, Any] = {
        "round_id": present.opened,
        "step_key": key,
        "material_revision": revision,
        "question_id": question_id,
    }
    said: dict[str, Any] = {"response": response, "is_right": is_right, "answered_at": at}
    if present.is_new:
        return Answer.objects.create(**which, **said)
    answer, _is_new = Answer.objects.update_or_create(**which, attempt=None, defaults=said)
    return answer


def grade_or_refuse(question: Question, response: Response) -> bool:
    """Return whether the answer is right. Raises `AnswerRefused` for one that the question does not allow."""
    try:
        return grade(question, response).is_right
    except BadAnswer as bad:
        raise AnswerRefused(_sentence(question, response)) from bad


def _sentence(question: Question, response: Response) -> str:
    if not response:
        return _("Choose an answer.")
    if not set(response) <= {option.id for option in question.options}:
        return _("The answer belongs to another question. Choose among the answers here.")
    if question.kind == "order":
        return _("Give every answer a place of its own, from 1 to %(count)s.") % {"count": len(question.options)}
    return _("Choose one answer only.")


@transaction.atomic
def finish_lesson(*, user: User, place: Place, at: dt.datetime, way_round: bool = False) -> Finished:
    """Mark the lesson as done, and complete the module if it was the last thing.

    `way_round` is the equally counted way past a lesson with a content note; that it was taken is stored nowhere.
    Raises `LessonUnfinished`, `StepClosed` or `NotInForce`; then nothing has changed.
    """
    step = step_to_work_on(place, timezone.localdate(at))
    lesson = step.lesson()
    present = enter_step(user=user, step=step, at=at)
    if not (way_round and lesson.content_note) and not present.is_done(step.line):
        refuse_unanswered(lesson.questions, present, step)
    present = mark_done(present=present, step=step, at=at)
    completion = complete_if_done(user=user, module=step.module, present=present, at=at)
    return Finished(step, present, completion)


def refuse_unanswered(questions: tuple[Question, ...], present: PresentRound, step: StepInForce) -> None:
    """Raise `LessonUnfinished` while a question has no answer in the round."""
    if not questions:
        return
    key, revision = step.line.version
    answered = Answer.objects.filter(round=present.pk, attempt=None, step_key=key, material_revision=revision)
    known = set(answered.values_list("question_id", flat=True))
    if missing := tuple(question for question in questions if question.id not in known):
        raise LessonUnfinished(missing)
