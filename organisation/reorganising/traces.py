"""Which dated rows a reorganisation wrote: kept in its protocol by key, and read again when it is called off."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from organisation.hr.periods import Edits, Stretch, Value
from organisation.hr.state import nameless
from organisation.keys import IsOneOf
from organisation.models import (
    DatedRow,
    DepartmentManager,
    DepartmentName,
    DepartmentPlace,
    DepartmentSuccession,
    Employment,
    Reorganisation,
)
from organisation.reorganising.sheets import Traced

Written = dict[str, Any]
"""Keys of rows of one kind: `withdrawn`, `ended` where they stood, and `recorded` by the day they end, empty if they do not."""


def written(edits: Edits, recorded: Iterable[DatedRow]) -> Written:
    """Return what was written of one kind, as plain data without persons."""
    by_end: dict[str, list[int]] = defaultdict(list)
    for row in recorded:
        by_end[row.until_on.isoformat() if row.until_on else ""].append(row.pk)
    ended = [key for keys in edits.ended.values() for key in keys]
    return {"withdrawn": list(edits.withdrawn), "ended": ended, "recorded": dict(by_end)}


@dataclass(frozen=True)
class Traces:
    """What a reorganisation wrote, by what it is about, as in a draft."""

    names: Mapping[str, Traced]
    places: Mapping[str, Traced]
    managers: Mapping[tuple[str, str], Traced]
    people: Mapping[tuple[int, str], Traced]
    succeeding: Mapping[tuple[str, str], Traced]

    @classmethod
    def of(cls, protocol: Reorganisation) -> Traces:
        """Read them; at most one query a kind."""
        rows = protocol.rows
        return cls(
            _read(DepartmentName, rows, ("department",), lambda row: (row.department.external_id, (row.name, row.kind))),
            _read(DepartmentPlace, rows, ("department", "parent"), _place),
            _read(DepartmentManager, rows, ("department", "manager"), _manager),
            _read(Employment, rows, ("department",), _employment),
            _read(DepartmentSuccession, rows, ("predecessor", "successor"), _succession),
        )

    @property
    def begun(self) -> list[str]:
        """The departments that were to begin."""
        return sorted(unit for unit, traced in self.places.items() if traced.planned and not traced.former)


def _read(
    model: type[DatedRow], rows: Mapping[str, Written], related: Sequence[str], tell: Callable[[Any], tuple[Any, Value]]
) -> dict[Any, Traced]:
    """Return what was planned and what was former; `tell` says of a row what it is about, and its value."""
    found: dict[Any, Traced] = defaultdict(lambda: Traced([], []))
    kept = rows.get(model_key(model))
    if not kept:
        return found
    ends = {key: dt.date.fromisoformat(end) if end else None for end, keys in kept["recorded"].items() for key in keys}
    ended, keys = set(kept["ended"]), [*kept["withdrawn"], *kept["ended"], *ends]
    for row in model._default_manager.filter(IsOneOf("id", keys)).select_related(*related).order_by("from_on"):
        about, value = tell(row)
        if row.pk in ends or row.pk in ended:
            found[about].planned.append(Stretch(row.from_on, ends.get(row.pk, row.until_on), value))
        if row.pk not in ends:
            found[about].former.append(Stretch(row.from_on, None if row.pk in ended else row.until_on, value))
    return found


def model_key(model: type[DatedRow]) -> str:
    """Return what the kind of row is called in a protocol."""
    return model._meta.model_name or ""


def _place(row: DepartmentPlace) -> tuple[str, Value]:
    return row.department.external_id, (row.parent.external_id if row.parent else "",)


def _manager(row: DepartmentManager) -> tuple[tuple[str, str], Value]:
    number = row.manager.employee_number or nameless(row.manager_id)
    return (row.department.external_id, number), (number,)


def _employment(row: Employment) -> tuple[tuple[int, str], Value]:
    return (row.user_id, row.department.external_id), (row.occupation, row.meets_young)


def _succession(row: DepartmentSuccession) -> tuple[tuple[str, str], Value]:
    return (row.predecessor.external_id, row.successor.external_id), (row.kind,)
