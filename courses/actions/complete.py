"""Completing a module: one completion a round, stamped with where the person worked that day."""

from __future__ import annotations

import datetime as dt
from functools import partial

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from courses.actions.open_round import take_turn
from courses.assignments import assigned_employment
from courses.completion import standing
from courses.models import Completion
from courses.reading import ModuleInForce, find_module
from courses.rounds import PresentRound, present_round
from courses.signals import completed
from organisation.models import DepartmentName, Employment, User, log_event


@transaction.atomic
def complete(*, user: User, module_slug: str, at: dt.datetime) -> Completion | None:
    """Complete the module if all is done and nobody has written it yet, for instance after a withdrawal was lifted.

    Returns `None` when something is missing, or when the round's completion stands already. Raises `NotInForce`.
    """
    module = find_module(module_slug, timezone.localdate(at))
    take_turn(user)
    return complete_if_done(user=user, module=module, present=present_round(user, module), at=at)


def complete_if_done(*, user: User, module: ModuleInForce, present: PresentRound, at: dt.datetime) -> Completion | None:
    """Write the round's completion if nothing is missing. Needs a transaction. Asked twice, the first one stands."""
    if present.pk is None or present.completion or not standing(module, present, module.stops()).is_complete:
        return None
    completion, is_new = _store(user, module, present.pk, at)
    if is_new:
        details = {"module": module.edition.module_id, "edition": module.edition.number}
        log_event("module.completed", completion, by=user, at=at, **details)
        # A receiver that fails is logged as an error and takes neither the page from the learner nor the turn from the
        # other receivers; the sweep makes good what it missed.
        transaction.on_commit(partial(completed.send_robust, sender=Completion, completion_id=completion.pk))
    return completion


def _store(user: User, module: ModuleInForce, round_id: int, at: dt.datetime) -> tuple[Completion, bool]:
    """Insert first and ask only when another was faster: the round was just read, and read as not completed."""
    employment = place_of_work(user, module.edition.module_id, module.day)
    try:
        with transaction.atomic():
            completion = Completion.objects.create(
                round_id=round_id,
                user=user,
                module_id=module.edition.module_id,
                edition=module.edition,
                completed_on=module.day,
                recorded_at=at,
                department_id=employment.department_id if employment else None,
                department_name=(employment.name_that_day if employment else None) or "",  # type: ignore[attr-defined]  # annotated
            )
    except IntegrityError:
        return Completion.objects.get(round=round_id), False
    return completion, True


def place_of_work(user: User, module_id: int, day: dt.date) -> Employment | None:
    """Return the employment that counts for a completion that day, with `name_that_day` of its department."""
    names = DepartmentName.objects.on(day).filter(department=OuterRef("department"))
    employments = Employment.objects.on(day).filter(user=user).annotate(name_that_day=Subquery(names.values("name")[:1]))
    return assigned_employment(list(employments), module_id, day)
