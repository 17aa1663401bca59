"""What a follow-up report rests on, as data: everything that it says but the comments, and no person.

A basis depends on its cut-off day and its moment of knowledge alone, so freezing the same day at the same moment gives the
same bytes. `docs/follow-up.md` explains it to an auditor.
"""

from __future__ import annotations

import datetime as dt

import msgspec

FIRST_SCHEMA = "motstandskraft/follow-up/1"
"""Without goals. What was frozen by it is rebuilt by it."""
SCHEMA = "motstandskraft/follow-up/2"
FIGURES_RULES = 1
"""Raised when `docs/figures.md` changes what a figure means."""
SUPPRESSION_RULES = 4
"""Raised when other cells would be hidden."""


class CycleAt(msgspec.Struct, frozen=True, kw_only=True):
    """Which report: the year, the period's name in addresses, and the days that it covers, both included."""

    year: int
    period: str
    from_on: dt.date
    cut_off_on: dt.date


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """Which rules made it; two reports are compared only where they are the same."""

    figures: int
    suppression: int
    threshold: int
    """The smallest number of persons that is shown, besides zero; never below 5."""


class UnitAt(msgspec.Struct, frozen=True, kw_only=True):
    """A department as it was on the cut-off day; in the order in which the tree is walked.

    `parent` is empty for a top. `principal` is the id of the other principal's top that it
    belongs to, empty for the city's own.
    """

    id: str
    name: str
    kind: str
    parent: str
    principal: str = ""


class ModuleAt(msgspec.Struct, frozen=True, kw_only=True):
    """A module as it was in force. `reviewed_by_jurist` says whether this edition's legal content was approved."""

    slug: str
    title: str
    edition: str
    edition_sha256: str
    in_force_from: dt.date
    reviewed_by_jurist: bool
    validity_months: int | None
    refresher_days: int
    minutes: int
    goal_percent: int | msgspec.UnsetType | None = msgspec.UNSET
    """So many of a hundred in the target group are to be valid; null without a goal, not there in the first schema."""


class AssignmentAt(msgspec.Struct, frozen=True, kw_only=True):
    """An assignment in force on the cut-off day, with its audience's rule of that day and the units that had accepted."""

    module: str
    audience: str
    units: tuple[str, ...]
    occupations: tuple[str, ...]
    only_meets_young: bool
    from_on: dt.date
    due_on: dt.date | None
    due_days: int | None
    decided_by: str
    accepted: tuple[str, ...]


class FigureAt(msgspec.Struct, frozen=True, kw_only=True):
    """How many persons, of one module, in one unit with everything below it.

    `unit` is an external id; `""` is the city's own units taken together, each person once. `trained` is how many
    completed the module in the period while working there, `trained_left` how many of them no longer work there on the
    cut-off day: neither is a part of `target`.
    """

    module: str
    unit: str
    target: int
    exempt: int
    offered: int
    started: int
    completed: int
    valid: int
    refresher: int
    overdue: int
    trained: int
    trained_left: int
    certificates: int
    """Issued in the period for completions stamped with the unit or one below it."""


class BridgeAt(msgspec.Struct, frozen=True, kw_only=True):
    """From an earlier report's figure to this one's; `parts` are signed and add up: opening + parts = closing."""

    module: str
    unit: str
    counted: str
    opening: int
    parts: dict[str, int]
    closing: int


class EarlierAt(msgspec.Struct, frozen=True, kw_only=True):
    """An earlier report that this one is compared with; `known_at` is the moment of its own freezing."""

    year: int
    period: str
    number: int
    sha256: str
    known_at: dt.datetime
    cut_off_on: dt.date
    has_same_rules: bool


class EditionGiven(msgspec.Struct, frozen=True, kw_only=True):
    """An edition that was given out in the period, with what changed."""

    module: str
    number: str
    sha256: str
    is_material: bool
    in_force_from: dt.date
    change_note: str
    reviewed_by_jurist: bool


class SourceAt(msgspec.Struct, frozen=True, kw_only=True):
    """A legal source's state on the cut-off day."""

    key: str
    designation: str
    checked_on: dt.date | None
    check_again_on: dt.date | None
    is_overdue: bool


class LateCompletions(msgspec.Struct, frozen=True, kw_only=True):
    """Completions dated on or before the former report's cut-off day but recorded after it was frozen."""

    module: str
    unit: str
    count: int


class Basis(msgspec.Struct, frozen=True, kw_only=True):
    """The whole of it. Rows are sorted; every unit has a figure for every module, zeros included."""

    schema: str = SCHEMA
    cycle: CycleAt
    known_at: dt.datetime
    newest_hr_file_on: dt.date | None
    rules: Rules
    city: str
    units: tuple[UnitAt, ...]
    closed: tuple[UnitAt, ...] = ()
    """The departments of `previous` that there are no more, as they were then. They have a bridge, and no figures."""
    modules: tuple[ModuleAt, ...]
    assignments: tuple[AssignmentAt, ...]
    figures: tuple[FigureAt, ...]
    previous: EarlierAt | None
    last_year: EarlierAt | None
    bridges: tuple[BridgeAt, ...]
    """Since `previous`; of the measures in `reports.bridge.EXPLAINED`. First of `units`, then of `closed`."""
    late: tuple[LateCompletions, ...]
    editions: tuple[EditionGiven, ...]
    sources: tuple[SourceAt, ...]
