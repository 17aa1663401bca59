"""Taking a knowledge check: drawing questions, and answering them one by one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.actions.complete import complete_if_done
from courses.actions.lessons import grade_or_refuse
from courses.actions.open_round import enter_step, mark_done
from courses.drawing_lots import draw
from courses.grading import Response
from courses.models import Answer, Attempt, Completion, Step
from courses.payload import Check, read_step
from courses.question_pool import pool_on
from courses.reading import Place, StepInForce, question_of, step_to_work_on
from courses.rounds import PresentRound
from courses.sittings import FIRST, Given, Sitting, Turn, sittings_of
from organisation.models import User


class AttemptRefused(Exception):
    """Nothing was stored; the text says why, to the learner."""


@dataclass(frozen=True)
class Answered:
    """What became of an answer. `completion` is set if the module became completed by it."""

    sitting: Sitting
    completion: Completion | None = None


@transaction.atomic
def start_attempt(*, user: User, place: Place, seed: str, at: dt.datetime) -> Sitting:
    """Draw questions and store the draw; an attempt that is open already stands as it was drawn.

    Raises `AttemptRefused` after a pass, `StepClosed` or `NotInForce`; then nothing has changed.
    """
    step = step_to_work_on(place, timezone.localdate(at))
    check = step.check()
    present = enter_step(user=user, step=step, at=at)
    if present.is_done(step.line):
        raise AttemptRefused(_("You have already passed this knowledge check."))
    earlier = sittings_of(present.pk, step.line)
    if earlier and earlier[0].is_open:
        return earlier[0]
    number = earlier[0].number + 1 if earlier else 1
    drawn = draw(pool_on(check, timezone.localdate(at)), seed)
    if not drawn:
        raise AttemptRefused(
            _("None of the questions can be asked today: what they rest on has to be checked. Come back later.")
        )
    return _begin(present, step, number, drawn, at)


def _begin(present: PresentRound, step: StepInForce, number: int, drawn: tuple[str, ...], at: dt.datetime) -> Sitting:
    key, revision = step.line.version
    attempt = Attempt.objects.create(
        round_id=present.opened,
        edition=step.module.edition,
        step_key=key,
        material_revision=revision,
        number=number,
        question_ids=list(drawn),
        started_at=at,
    )
    return Sitting(attempt.pk, number, attempt.edition_id, drawn, None, False, {})


@transaction.atomic
def answer_in_attempt(
    *, user: User, place: Place, number: int, question_id: str, response: Response, at: dt.datetime, turn: int = FIRST
) -> Answered:
    """Store the answer to a question of attempt `number`; sent again, the first one stands.

    When all are answered, those answered wrong are asked once more, as turn 2, and the second answer counts. The last
    answer finishes the attempt; a pass makes the step done and may complete the module. Raises `AnswerRefused`,
    `AttemptRefused`, `StepClosed` or `NotInForce`; then nothing has changed.
    """
    step = step_to_work_on(place, timezone.localdate(at))
    present = enter_step(user=user, step=step, at=at)
    sitting = _sitting(present, step, number)
    if (question_id, turn) in sitting.answers:
        return Answered(sitting)
    _refuse_unasked(sitting, question_id, turn)
    check = check_of(sitting, step)
    given = Given(response, grade_or_refuse(question_of(check, question_id), response))
    _store(present, step, sitting, (question_id, turn), given, at)
    sitting = replace(sitting, answers={**sitting.answers, (question_id, turn): given})
    if not sitting.is_answered:
        return Answered(sitting)
    return _finish(user, present, step, check, sitting, at)


def _refuse_unasked(sitting: Sitting, question_id: str, turn: int) -> None:
    if question_id not in sitting.question_ids:
        raise AttemptRefused(_("The question was not drawn in this attempt. Open the knowledge check again."))
    if (question_id, turn) not in sitting.asked:
        raise AttemptRefused(_("The question is not asked once more. Open the knowledge check again."))


def check_of(sitting: Sitting, step: StepInForce) -> Check:
    """Return the check as worded when the attempt began; a query only if the edition has changed since."""
    if sitting.edition_id == step.module.edition.pk:
        return step.check()
    content = read_step(Step.objects.get(edition=sitting.edition_id, key=step.line.key).content)
    if not isinstance(content, Check):
        raise TypeError(f"step {step.line.key} was no knowledge check in edition {sitting.edition_id}")
    return content


def is_pass(right: int, asked: int, pass_percent: int) -> bool:
    """Whether so many right answers of those asked are enough; whole numbers, so that no rounding decides."""
    return right * 100 >= pass_percent * asked


def _sitting(present: PresentRound, step: StepInForce, number: int) -> Sitting:
    for sitting in sittings_of(present.pk, step.line):
        if sitting.number == number:
            return sitting
    raise AttemptRefused(_("The attempt does not exist any longer. Open the knowledge check again."))


def _store(present: PresentRound, step: StepInForce, sitting: Sitting, turn: Turn, given: Given, at: dt.datetime) -> None:
    key, revision = step.line.version
    question_id, number = turn
    Answer.objects.create(
        round_id=present.opened,
        attempt_id=sitting.pk,
        step_key=key,
        material_revision=revision,
        question_id=question_id,
        turn=number,
        response=given.response,
        is_right=given.is_right,
        answered_at=at,
    )


def _finish(user: User, present: PresentRound, step: StepInForce, check: Check, sitting: Sitting, at: dt.datetime) -> Answered:
    passed = is_pass(sitting.right, len(sitting.question_ids), check.pass_percent)
    Attempt.objects.filter(pk=sitting.pk).update(finished_at=at, is_passed=passed)
    sitting = replace(sitting, finished_at=at, is_passed=passed)
    if not passed:
        return Answered(sitting)
    present = mark_done(present=present, step=step, at=at)
    return Answered(sitting, complete_if_done(user=user, module=step.module, present=present, at=at))
