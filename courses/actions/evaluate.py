"""The three voluntary questions after a module: answered or skipped, once a completion."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from courses.actions.open_round import take_turn
from courses.models import Completion, Evaluation, EvaluationAsked, Module
from organisation.models import User


@dataclass(frozen=True)
class Said:
    """What the learner thinks; empty where nothing was answered."""

    worth_time: str = ""
    knows_what_to_do: str = ""
    unclear: str = ""


@transaction.atomic
def evaluate(*, user: User, completion_id: int, said: Said | None) -> bool:
    """Store the answers without who gave them; `None` skips. Returns whether this was the first time; later ones do nothing.

    Raises `Completion.DoesNotExist` for a completion of somebody else.
    """
    take_turn(user)
    completion = Completion.objects.get(pk=completion_id, user=user)
    _asked, is_first = EvaluationAsked.objects.get_or_create(completion=completion)
    if is_first and said is not None:
        _store(completion.module_id, said)
    return is_first


def _store(module_id: int, said: Said) -> None:
    """Add the answers, and release what waits when they have become ten."""
    # Two tenth answers at once must not each see nine.
    Module.objects.select_for_update().get(pk=module_id)
    Evaluation.objects.create(
        module_id=module_id,
        worth_time=said.worth_time,
        knows_what_to_do=said.knows_what_to_do,
        unclear=said.unclear,
    )
    waiting = Evaluation.objects.filter(module=module_id, is_released=False)
    if waiting.count() >= Evaluation.RELEASED_AT_ONCE:
        waiting.update(is_released=True)


def is_asked(completion_id: int) -> bool:
    """Whether the questions after a completion are still to be asked."""
    return not EvaluationAsked.objects.filter(completion=completion_id).exists()
