"""The coordinator reorganises the city from a day on; everything or nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from organisation.history import take_over, withdraw
from organisation.hr.state import key_of_nameless
from organisation.models import (
    Department,
    DepartmentManager,
    DepartmentName,
    DepartmentPlace,
    DepartmentSuccession,
    Employment,
    Reorganisation,
    User,
    log_event,
)
from organisation.reorganising.plan import Plan, plan_of
from organisation.reorganising.requests import Request
from organisation.revisions import employed, managed, named, placed, write
from organisation.turns import take_turns

KINDS = {
    Reorganisation.Kind.MERGING: DepartmentSuccession.Kind.MERGED,
    Reorganisation.Kind.SPLITTING: DepartmentSuccession.Kind.SPLIT,
}


class ReorganisationRefused(Exception):
    """Nothing was changed; `reasons` are for the coordinator."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


class PlanChanged(Exception):
    """Nothing was changed: it would no longer be what was shown."""


@transaction.atomic
def reorganise(
    *, request: Request, from_on: dt.date, by: User | None, at: dt.datetime, seen: str | None = None
) -> Reorganisation:
    """Do what is asked for from the day on, and return the protocol.

    `seen` is the fingerprint of the plan that somebody has agreed to. Raises `ReorganisationRefused` with every reason, or
    `PlanChanged`; then nothing has changed.
    """
    take_turns()
    plan = plan_of(request, from_on, timezone.localdate(at))
    if plan.reasons:
        raise ReorganisationRefused(plan.reasons)
    if seen is not None and seen != plan.fingerprint:
        raise PlanChanged
    units = _write(plan, by, at)
    return _protocol(plan, units, by, at)


def _write(plan: Plan, by: User | None, at: dt.datetime) -> dict[str, int]:
    """Write the plan, and return the key of every department by its id in the HR system."""
    Department.objects.bulk_create(Department(external_id=unit) for unit in plan.created)
    units = dict(Department.objects.values_list("external_id", "pk"))
    said: dict[str, Any] = {"by": by, "at": at}
    numbers = [key[1] for key, _stretch in plan.managers.added]
    people = dict(User.objects.filter(employee_number__in=numbers).values_list("employee_number", "pk"))
    write(DepartmentName, plan.names, lambda unit, value: named(units[unit], *value), **said)
    write(DepartmentPlace, plan.places, lambda unit, value: placed(units[unit], units.get(value[0])), **said)
    write(
        DepartmentManager,
        plan.managers,
        lambda key, _value: managed(units[key[0]], key_of_nameless(key[1]) or people[key[1]]),
        **said,
    )
    write(Employment, plan.people, lambda key, value: employed(key[0], units[key[1]], *value), **said)
    for predecessor, successor in plan.successions:
        _succeed(plan, units[predecessor], units[successor], by, at)
    return units


def _succeed(plan: Plan, predecessor: int, successor: int, by: User | None, at: dt.datetime) -> None:
    """Say who stands in whose place from the day on, and no longer who was to from a later one."""
    others = DepartmentSuccession.objects.known_at(None).filter(predecessor=predecessor, from_on__gte=plan.day)
    for other in others.exclude(successor__external_id__in=[unit for _before, unit in plan.successions]):
        withdraw(other, at=at)
    kind = KINDS[plan.request.kind]
    row = DepartmentSuccession(predecessor_id=predecessor, successor_id=successor, kind=kind, from_on=plan.day)
    take_over(row, by=by, at=at)


def _protocol(plan: Plan, units: dict[str, int], by: User | None, at: dt.datetime) -> Reorganisation:
    protocol = Reorganisation.objects.create(
        kind=plan.request.kind, from_on=plan.day, done_at=at, done_by=by, changes=[list(line) for line in plan.lines]
    )
    protocol.departments.set(units[unit] for unit in plan.touched)
    departments = sorted(units[unit] for unit in plan.touched)
    kind = str(plan.request.kind)
    log_event("organisation.changed", protocol, by=by, at=at, kind=kind, from_on=plan.day.isoformat(), departments=departments)
    return protocol
