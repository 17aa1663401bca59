"""Taking an exercise. Cases keep the learner's answers; judgements and dialogues keep nothing but that they are done."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.actions.complete import complete_if_done
from courses.actions.lessons import Finished, LessonUnfinished, refuse_unanswered
from courses.actions.open_round import enter_step, mark_done
from courses.payload import Cases
from courses.reading import Place, StepInForce, step_to_work_on
from courses.rounds import PresentRound
from organisation.models import User


class ExerciseUnfinished(Exception):
    """The learner has not come to the end; nothing has changed. The text says what to do."""


@transaction.atomic
def finish_exercise(*, user: User, place: Place, at: dt.datetime, at_end: bool = False, way_round: bool = False) -> Finished:
    """Mark the exercise as done, and complete the module if it was the last thing.

    `at_end` says that the learner's way, which is kept nowhere, has come to its end; cases are asked for their answers instead.
    `way_round` is the equally counted way past an exercise with a content note; that it was taken is stored nowhere.
    Raises `ExerciseUnfinished`, `StepClosed` or `NotInForce`; then nothing has changed.
    """
    step = step_to_work_on(place, timezone.localdate(at))
    exercise = step.exercise()
    present = enter_step(user=user, step=step, at=at)
    is_first = not present.is_done(step.line)
    if is_first and not (way_round and exercise.content_note):
        if isinstance(exercise, Cases):
            _refuse_undecided(exercise, present, step)
        elif not at_end:
            raise ExerciseUnfinished(_("Go through the exercise to its end before you go on."))
    present = mark_done(present=present, step=step, at=at)
    completion = complete_if_done(user=user, module=step.module, present=present, at=at)
    return Finished(step, present, completion, is_first)


def _refuse_undecided(cases: Cases, present: PresentRound, step: StepInForce) -> None:
    try:
        refuse_unanswered(cases.questions, present, step)
    except LessonUnfinished as unfinished:
        left = {question.id for question in unfinished.questions}
        titles = ", ".join(case.title for case in cases.cases if case.id in left)
        raise ExerciseUnfinished(
            _("Decide every case before you go on. Left: %(titles)s.") % {"titles": titles}
        ) from unfinished
