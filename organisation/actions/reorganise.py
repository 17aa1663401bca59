"""The coordinator reorganises the city from a day on; everything or nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from organisation.hr.periods import Edits, Value
from organisation.hr.state import key_of_nameless
from organisation.models import (
    DatedRow,
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
from organisation.reorganising.traces import Written, model_key, written
from organisation.revisions import employed, managed, named, placed, succeeding, write
from organisation.turns import take_turns

Makers = Sequence[tuple[type[DatedRow], Edits, Callable[..., DatedRow]]]
"""Of each kind what is to be written, and what makes a row of (whose, value)."""


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
    units = _save_departments(plan)
    return _protocol(plan, units, _write(plan, units, by, at), by, at)


def _save_departments(plan: Plan) -> dict[str, int]:
    """Save new departments, and return the key of every department by its id in the HR system."""
    Department.objects.bulk_create(Department(external_id=unit) for unit in plan.created)
    return dict(Department.objects.values_list("external_id", "pk"))


def _write(plan: Plan, units: dict[str, int], by: User | None, at: dt.datetime) -> dict[str, Written]:
    """Write the plan, and return what was written of each kind."""
    numbers = [key[1] for key, _stretch in plan.managers.added]
    people = dict(User.objects.filter(employee_number__in=numbers).values_list("employee_number", "pk"))
    makers: Makers = [
        (DepartmentName, plan.names, lambda unit, value: named(units[unit], *value)),
        (DepartmentPlace, plan.places, lambda unit, value: placed(units[unit], units.get(value[0]))),
        (
            DepartmentManager,
            plan.managers,
            lambda key, _value: managed(units[key[0]], key_of_nameless(key[1]) or people[key[1]]),
        ),
        (Employment, plan.people, lambda key, value: employed(key[0], units[key[1]], *value)),
        (DepartmentSuccession, plan.succeeding, lambda pair, value: succeeding(units[pair[0]], units[pair[1]], *value)),
    ]
    return {model_key(model): _write_kind(model, edits, make, by, at) for model, edits, make in makers}


def _write_kind(
    model: type[DatedRow], edits: Edits, make: Callable[..., DatedRow], by: User | None, at: dt.datetime
) -> Written:
    recorded: list[DatedRow] = []

    def kept(whose: object, value: Value) -> DatedRow:
        recorded.append(make(whose, value))
        return recorded[-1]

    write(model, edits, kept, by=by, at=at)
    return written(edits, recorded)


def _protocol(plan: Plan, units: dict[str, int], rows: dict[str, Written], by: User | None, at: dt.datetime) -> Reorganisation:
    protocol = Reorganisation.objects.create(
        kind=plan.request.kind,
        from_on=plan.day,
        done_at=at,
        done_by=by,
        changes=[list(line) for line in plan.lines],
        rows=rows,
        takes_back=plan.takes_back,
    )
    protocol.departments.set(units[unit] for unit in plan.touched)
    departments = sorted(units[unit] for unit in plan.touched)
    said: dict[str, Any] = {"kind": str(plan.request.kind), "from_on": plan.day.isoformat(), "departments": departments}
    if plan.takes_back:
        log_event("organisation.called_off", protocol, by=by, at=at, takes_back=plan.takes_back.pk, **said)
    else:
        log_event("organisation.changed", protocol, by=by, at=at, **said)
    return protocol
