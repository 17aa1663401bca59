"""A learner at work: the shortest ways through the actions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from courses.actions.attempts import Answered, answer_in_attempt, check_of, start_attempt
from courses.actions.exercises import finish_exercise
from courses.actions.lessons import Finished, answer_question, finish_lesson
from courses.grading import right_response
from courses.models import Acceptance, Assignment, Edition, Module
from courses.payload import Question
from courses.reading import Place, find_step
from organisation.models import Department, User
from tests.factories import RECORDED, START, AudienceRuleFactory, UserFactory

NOON = dt.datetime(2026, 3, 2, 11, 0, tzinfo=dt.UTC)
TODAY = dt.date(2026, 3, 2)


def place(edition: Edition, key: str = "l1", revision: int = 0) -> Place:
    """Where a form of the edition's step stands."""
    line = next(line for line in edition.outline if line["key"] == key)
    return Place(edition.module.slug, line["slug"], revision or line["material_revision"])


def wrong_response(question: Question) -> list[str]:
    if question.kind == "order":
        return list(reversed(right_response(question)))
    return [next(option.id for option in question.options if not option.is_right)]


def take_lesson(user: User, edition: Edition, key: str = "l1", at: dt.datetime = NOON) -> Finished:
    """Answer every question rightly, and finish."""
    here = place(edition, key)
    step = find_step(here.module_slug, here.step_slug, timezone.localdate(at))
    for question in step.lesson().questions:
        answer_question(user=user, place=here, question_id=question.id, response=right_response(question), at=at)
    return finish_lesson(user=user, place=here, at=at)


def take_exercise(user: User, edition: Edition, key: str, at: dt.datetime = NOON) -> Finished:
    """Decide every case rightly, or go through to the end."""
    here = place(edition, key)
    for question in find_step(here.module_slug, here.step_slug, timezone.localdate(at)).exercise().questions:
        answer_question(user=user, place=here, question_id=question.id, response=right_response(question), at=at)
    return finish_exercise(user=user, place=here, at=at, at_end=True)


def take_check(user: User, edition: Edition, key: str = "k1", at: dt.datetime = NOON, *, rightly: bool = True) -> Answered:
    """Start an attempt, or go on with the open one, and answer everything that is asked."""
    here = place(edition, key)
    sitting = start_attempt(user=user, place=here, seed="seed", at=at)
    check = check_of(sitting, find_step(here.module_slug, here.step_slug, timezone.localdate(at)))
    questions = {question.id: question for question in check.questions}
    while True:
        question_id, turn = sitting.asked[sitting.next_number - 1]
        response = right_response(questions[question_id]) if rightly else wrong_response(questions[question_id])
        answered = answer_in_attempt(
            user=user, place=here, number=sitting.number, question_id=question_id, response=response, at=at, turn=turn
        )
        sitting = answered.sitting
        if not sitting.is_open:
            return answered


def take_module(user: User, edition: Edition, at: dt.datetime = NOON) -> None:
    """Take every step of the edition."""
    for line in edition.outline:
        take_step(user, edition, line, at)


def take_step(user: User, edition: Edition, line: dict[str, Any], at: dt.datetime = NOON) -> None:
    """Take one step of an edition's outline, of whatever kind."""
    takers: dict[str, Callable[..., object]] = {"lesson": take_lesson, "check": take_check}
    takers.get(line["kind"], take_exercise)(user, edition, line["key"], at)


def assign(
    module: Module,
    department: Department,
    *,
    due_on: dt.date | None = dt.date(2026, 4, 30),
    due_days: int | None = None,
    from_on: dt.date = START,
    accepted_on: dt.date | None = START,
    **rule: object,
) -> Assignment:
    """Assign the module to all of a department, due so many days after joining if `due_days` is said.

    With `accepted_on=None` its manager has not accepted.
    """
    audience = AudienceRuleFactory(departments=[department], **rule).audience
    due = {"due_on": due_on} if due_days is None else {"due_days": due_days}
    assignment = Assignment.objects.create(module=module, audience=audience, from_on=from_on, recorded_at=RECORDED, **due)
    if accepted_on:
        accept(assignment, department, accepted_on)
    return assignment


def accept(assignment: Assignment, department: Department, on: dt.date = START) -> Acceptance:
    """Let the department have accepted."""
    return Acceptance.objects.create(
        assignment=assignment,
        department=department,
        accepted_on=on,
        accepted_by=UserFactory(),
        persons=1,
        minutes=30,
        recorded_at=RECORDED,
    )
