"""The demonstration's tables, as `organisation.yaml` and `learning.yaml` hold them (where a key `on` would mean true)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TypeVar

import msgspec

FOLDER = Path(__file__).parent
Table = TypeVar("Table")


class CityRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    code: str
    signatory_title: str


class DepartmentRow(msgspec.Struct, frozen=True, array_like=True):
    external_id: str
    name: str
    kind: str
    parent: str


class DepartmentChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    day: dt.date
    department: str
    name: str = ""
    parent: str = ""


class Merger(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One department became part of another."""

    day: dt.date
    decided_on: dt.date
    merged: str
    into: str
    by: int


class DeputyRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"from_on": "from", "until_on": "until"}):
    """Somebody stands in for a manager, until (not including) a day."""

    department: str
    deputy: int
    by: int
    named_on: dt.date
    from_on: dt.date
    until_on: dt.date


class PersonRow(msgspec.Struct, frozen=True, array_like=True):
    number: int
    first_name: str
    last_name: str
    department: str
    occupation: str
    meets_young: bool
    from_on: dt.date


class Employed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    day: dt.date
    person: int
    department: str
    occupation: str
    meets_young: bool


class Left(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    day: dt.date
    person: int
    recorded_on: dt.date | None = None


class Away(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"from_on": "from", "until_on": "until"}):
    from_on: dt.date
    until_on: dt.date | None
    person: int


class ManagerRow(msgspec.Struct, frozen=True, array_like=True):
    department: str
    person: int
    from_on: dt.date


class Account(msgspec.Struct, frozen=True, array_like=True):
    """Somebody who may log in. `group` is one of the administration's, or empty."""

    role: str
    person: int
    address: str
    group: str
    shows: str


class OrganisationTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    first_day: dt.date
    city: CityRow
    departments: tuple[DepartmentRow, ...]
    department_changes: tuple[DepartmentChange, ...]
    mergers: tuple[Merger, ...]
    people: tuple[PersonRow, ...]
    without_address: frozenset[int]
    protected: frozenset[int]
    moves: tuple[Employed, ...]
    second_employments: tuple[Employed, ...]
    left: tuple[Left, ...]
    left_and_recorded_late: tuple[Left, ...]
    absences: tuple[Away, ...]
    managers: tuple[ManagerRow, ...]
    deputies: tuple[DeputyRow, ...]
    accounts: tuple[Account, ...]


class RuleRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"from_on": "from"}):
    from_on: dt.date
    validity_months: int
    refresher_days: int
    goal_percent: int | None = None


class AudienceRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"from_on": "from"}):
    name: str
    departments: tuple[str, ...]
    from_on: dt.date
    only_meets_young: bool = False
    occupations: tuple[str, ...] = ()


class AcceptanceRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    department: str
    by: int
    day: dt.date


class AssignmentRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"from_on": "from", "due_on": "due"}):
    audience: str
    proposed_on: dt.date
    from_on: dt.date
    decided_by: str
    note: str
    accepted: tuple[AcceptanceRow, ...]
    due_on: dt.date | None = None
    due_days: int | None = None


class ExemptionRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"from_on": "from", "until_on": "until"}):
    person: int
    reason: str
    from_on: dt.date
    until_on: dt.date


class Meeting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    day: dt.date
    persons: tuple[int, ...]


class EvaluationRow(msgspec.Struct, frozen=True, array_like=True):
    """What somebody answered to the questions after the module."""

    person: int
    worth_time: str
    knows_what_to_do: str
    unclear: str


class ModuleRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What has been done with one module: who has been assigned it, offered it, completed it by which day, and begun it."""

    slug: str
    rule: RuleRow
    assignments: tuple[AssignmentRow, ...]
    exemptions: tuple[ExemptionRow, ...]
    meetings: tuple[Meeting, ...]
    completed: dict[int, dt.date]
    without_answers: dict[int, dt.date]
    started: dict[int, dt.date]
    evaluations: tuple[EvaluationRow, ...]

    @property
    def days(self) -> dict[int, dt.date]:
        """When each person completed the module."""
        return {**self.completed, **self.without_answers}


class LearningTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    given_out_on: dt.date
    coordinator: int
    audiences: tuple[AudienceRow, ...]
    modules: tuple[ModuleRow, ...]


def organisation_table() -> OrganisationTable:
    """Read who there is."""
    return _read("organisation.yaml", OrganisationTable)


def learning_table() -> LearningTable:
    """Read what they have done."""
    return _read("learning.yaml", LearningTable)


def _read(name: str, kind: type[Table]) -> Table:
    return msgspec.yaml.decode((FOLDER / name).read_bytes(), type=kind)
