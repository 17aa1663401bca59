"""Rounds, completions and editions without content: what the figures see of them."""

from __future__ import annotations

import datetime as dt

from courses.models import Completion, Edition, Module, Round
from organisation.models import User
from tests.factories import RECORDED


def give_out(slug: str, number: tuple[int, int] = (1, 0), in_force_from: dt.date = dt.date(2026, 2, 2)) -> Edition:
    """Return an edition of the module with that slug, made if there is none."""
    module, _is_new = Module.objects.get_or_create(slug=slug, defaults={"title": slug.capitalize()})
    return Edition.objects.create(
        module=module,
        major=number[0],
        minor=number[1],
        title=module.title,
        in_force_from=in_force_from,
        sealed_at=RECORDED,
        payload="{}",
        outline=[],
    )


def open_round(user: User, module: Module, day: dt.date) -> Round:
    number = Round.objects.filter(user=user, module=module).count() + 1
    return Round.objects.create(user=user, module=module, number=number, opened_on=day, opened_at=RECORDED)


def complete(user: User, edition: Edition, day: dt.date, recorded_at: dt.datetime = RECORDED) -> Completion:
    """Open a round and complete it the same day."""
    return Completion.objects.create(
        round=open_round(user, edition.module, day),
        user=user,
        module=edition.module,
        edition=edition,
        completed_on=day,
        recorded_at=recorded_at,
    )
