"""The first saved step opens the round; every later one stands in it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from django.db.models import QuerySet
from django.utils import timezone

from courses.models import Round, StepProgress
from courses.reading import StepInForce
from courses.rounds import PresentRound, Progress, present_round
from organisation.models import User


def enter_step(*, user: User, step: StepInForce, at: dt.datetime) -> PresentRound:
    """Return the person's round, opened and with the step begun. Needs a transaction.

    The person's own row is locked, so that what she does on two devices happens one after the other: otherwise two last
    answers at once would each miss the other, and nobody would see that all is done.
    """
    take_turn(user)
    present = present_round(user, step.module)
    if present.pk is None:
        return _open(user, step, present, at)
    if not present.is_started(step.line):
        StepProgress.objects.create(round_id=present.pk, **_version(step.line.version), started_at=at)
    return _with(present, step, is_done=present.is_done(step.line))


def take_turn(user: User) -> None:
    """Wait until nothing else is being saved for the person. Needs a transaction."""
    # Not a full lock: rows that point at the person may be written meanwhile.
    User.objects.select_for_update(no_key=True).only("pk").get(pk=user.pk)


def mark_done(*, present: PresentRound, step: StepInForce, at: dt.datetime) -> PresentRound:
    """Say that the step is done in the round; what was done stays as it was."""
    if present.is_done(step.line):
        return present
    _progress(present, step).update(done_at=at, carried_over=False)
    return _with(present, step, is_done=True)


def _open(user: User, step: StepInForce, present: PresentRound, at: dt.datetime) -> PresentRound:
    opened = Round.objects.create(
        user=user,
        module_id=step.module.edition.module_id,
        number=present.number,
        reason=present.reason,
        opened_on=timezone.localdate(at),
        opened_at=at,
    )
    rows = [
        StepProgress(round=opened, **_version(version), started_at=at, done_at=at, carried_over=True)
        for version in present.carried
    ]
    if not present.is_started(step.line):
        rows.append(StepProgress(round=opened, **_version(step.line.version), started_at=at))
    StepProgress.objects.bulk_create(rows)
    return _with(replace(present, pk=opened.pk, is_new=True), step, is_done=present.is_done(step.line))


def _version(version: tuple[str, int]) -> dict[str, str | int]:
    return {"step_key": version[0], "material_revision": version[1]}


def _progress(present: PresentRound, step: StepInForce) -> QuerySet[StepProgress]:
    return StepProgress.objects.filter(round=present.pk, **_version(step.line.version))


def _with(present: PresentRound, step: StepInForce, *, is_done: bool) -> PresentRound:
    before = present.steps.get(step.line.version, Progress(is_done=False))
    return replace(present, steps={**present.steps, step.line.version: replace(before, is_done=is_done)})
