"""The report as JSON for systems and auditors. `docs/follow-up.schema.json` describes it; what is hidden is null there."""

from __future__ import annotations

import datetime as dt

import msgspec

from reports.follow_up.basis import (
    AssignmentAt,
    CycleAt,
    EarlierAt,
    EditionGiven,
    ModuleAt,
    Rules,
    SourceAt,
    UnitAt,
)
from reports.follow_up.outputs.tables import figure_table
from reports.follow_up.report import Report
from reports.follow_up.report.reading import CITY
from reports.follow_up.statements import Statements
from reports.tables.json import rows_of

SCHEMA = "motstandskraft/follow-up-report/2"


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A bridge. `parts` are those that are shown, `other` all else added up: opening + parts + other = closing."""

    module: str
    department: str
    counted: str
    opening: int
    parts: dict[str, int]
    other: int
    closing: int


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """A module in a department; `""` is the city.

    Null is hidden, and named in `hidden`; a share is also null without a target group.
    """

    module: str
    department: str
    department_name: str
    parent: str
    target: int | None
    exempt: int | None
    offered: int | None
    started: int | None
    completed: int | None
    valid: int | None
    overdue: int | None
    refresher: int | None
    share: int | None
    trained: int | None
    trained_left: int | None
    certificates: int | None
    late: int | None
    goal: int | None
    hidden: list[str] = msgspec.field(default_factory=list)


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """A numbered erratum."""

    number: int
    text: str
    reason: str
    corrected_at: dt.datetime


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """The whole file."""

    schema: str = SCHEMA
    title: str
    city: str
    number: int
    case_number: str
    software: str
    frozen_at: dt.datetime
    published_at: dt.datetime | None
    known_at: dt.datetime
    sha256: str
    statements_sha256: str
    cycle: CycleAt
    rules: Rules
    newest_hr_file_on: dt.date | None
    corrections: list[Correction]
    previous: EarlierAt | None
    last_year: EarlierAt | None
    departments: list[UnitAt]
    closed_departments: list[UnitAt]
    modules: list[ModuleAt]
    assignments: list[AssignmentAt]
    figures: list[Figures]
    changes: list[Change]
    editions: list[EditionGiven]
    sources: list[SourceAt]
    statements: Statements
    definitions: dict[str, str]


def to_data(report: Report) -> bytes:
    """Return the file: UTF-8, indented, always in the same order."""
    return msgspec.json.format(msgspec.json.encode(document(report)), indent=2)


def document(report: Report) -> Document:
    """Return what the file says."""
    basis, envelope = report.basis, report.envelope
    table = figure_table(report)
    return Document(
        title=report.title,
        city=basis.city,
        number=envelope.number,
        case_number=envelope.case_number,
        software=envelope.software,
        frozen_at=envelope.frozen_at,
        published_at=envelope.published_at,
        known_at=basis.known_at,
        sha256=envelope.sha256,
        statements_sha256=envelope.statements_sha256,
        cycle=basis.cycle,
        rules=basis.rules,
        newest_hr_file_on=basis.newest_hr_file_on,
        corrections=[
            Correction(number=one.number, text=one.text, reason=one.reason, corrected_at=one.corrected_at)
            for one in report.corrections
        ],
        previous=basis.previous,
        last_year=basis.last_year,
        departments=list(basis.units),
        closed_departments=list(basis.closed),
        modules=list(basis.modules),
        assignments=list(basis.assignments),
        figures=[msgspec.convert(row, Figures) for row in rows_of(table)],
        changes=_changes(report),
        editions=list(basis.editions),
        sources=list(basis.sources),
        statements=report.statements,
        definitions={column.key: column.definition for column in table.columns if column.definition},
    )


def _changes(report: Report) -> list[Change]:
    found = []
    for module in report.reading.modules:
        for unit in (CITY, *(unit.id for unit in (*report.basis.units, *report.basis.closed))):
            for bridge in report.reading.bridges(module.slug, unit):
                parts, other = report.reading.hidden.parts_of(bridge)
                found.append(
                    Change(
                        module=bridge.module,
                        department=bridge.unit,
                        counted=bridge.counted,
                        opening=bridge.opening,
                        parts=dict(parts),
                        other=other,
                        closing=bridge.closing,
                    )
                )
    return found


def schema() -> bytes:
    """Return the JSON Schema of the file."""
    return msgspec.json.format(msgspec.json.encode(msgspec.json.schema(Document)), indent=2) + b"\n"
