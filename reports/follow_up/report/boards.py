"""The figures of each board and department, and why they are others than in the former report."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from reports.asking.words import signed
from reports.follow_up.basis import BridgeAt, ModuleAt, UnitAt
from reports.follow_up.report.blocks import Block, Chart, Grid, Paragraph, Section
from reports.follow_up.report.reading import CITY, Reading
from reports.follow_up.report.results import funnel, shares
from reports.follow_up.report.words import COLUMNS, MEASURES, cause_name, cycle_name
from reports.tables import Cell, Column, Kind, Table

SHARE = "share"
INDENT = "\u2003"
"""Stands before a name once for each level below the board."""


def boards(reading: Reading) -> Section:
    """The boards beside each other, then each for itself, a page a board."""
    beside = tuple(block for module in reading.modules for block in _beside(reading, module))
    return Section("boards", _("Boards and departments"), beside, tuple(_board(reading, top) for top in reading.tops))


def _beside(reading: Reading, module: ModuleAt) -> list[Block]:
    if all(_is_of_nobody(reading, module, unit) for unit in (CITY, *(top.id for top in reading.tops))):
        return [_nobody(module)]
    tops = [(top, 0) for top in reading.tops]
    table = _figures(reading, module, tops, f"boards-{module.slug}", module.title)
    whole = (_("The city"), *_numbers(reading, module, CITY))
    with_city = Table(table.key, table.title, table.columns, (whole, *table.rows))
    chart: Chart | None = shares(reading, module)
    return [Grid(with_city, strong=frozenset({0})), *([chart] if chart else [])]


def _board(reading: Reading, top: UnitAt) -> Section:
    units = reading.with_all_below(top)
    blocks: list[Block] = []
    if top.principal:
        blocks.append(
            Paragraph(_("This is another principal: it stands beside the city and is no part of the city’s figures."))
        )
    for module in reading.modules:
        blocks += _of_module(reading, module, top, units)
    return Section(f"board-{top.id}", top.name, tuple(blocks), unit=top.id, starts_page=True)


def _of_module(reading: Reading, module: ModuleAt, top: UnitAt, units: Sequence[tuple[UnitAt, int]]) -> list[Block]:
    if _is_of_nobody(reading, module, top.id):
        return [_nobody(module)]
    key = f"figures-{module.slug}-{top.id}"
    grid = Grid(_figures(reading, module, units, key, module.title), strong=frozenset({0}))
    return [grid, funnel(reading, module, top.id)]


def _is_of_nobody(reading: Reading, module: ModuleAt, unit: str) -> bool:
    return all(reading.value(module.slug, unit, what) == 0 for what in ("target", "exempt"))


def _nobody(module: ModuleAt) -> Paragraph:
    return Paragraph(_("%(module)s: nobody in the target group.") % {"module": module.title})


def _figures(reading: Reading, module: ModuleAt, units: Sequence[tuple[UnitAt, int]], key: str, title: str) -> Table:
    rows = tuple((f"{INDENT * level}{unit.name}", *_numbers(reading, module, unit.id)) for unit, level in units)
    return Table(key, title, (Column("unit", _("Department")), *figure_columns()), rows)


def figure_columns() -> tuple[Column, ...]:
    """Return the columns of the measures, with the share last."""
    counted = (Column(what, str(MEASURES[what][0]), Kind.NUMBER, str(MEASURES[what][1])) for what in COLUMNS)
    meaning = _("How many of a hundred in the target group are valid, rounded down; empty without a target group.")
    return (*counted, Column(SHARE, _("Share"), Kind.PERCENT, meaning))


def _numbers(reading: Reading, module: ModuleAt, unit: str) -> tuple[Cell, ...]:
    counted = (reading.value(module.slug, unit, what) for what in COLUMNS)
    return (*counted, reading.percent(module.slug, unit))


def changes(reading: Reading) -> Section:
    """The bridges from the former report: of the city, then of each department where somebody came or went."""
    earlier = reading.basis.previous
    if earlier is None:
        return Section("changes", _("What has changed"), (Paragraph(_("There is no earlier report to compare with.")),))
    lead = Paragraph(
        _(
            "From the report of %(cycle)s to this one. What was there before, and all that came and went, make what is there"
            " now. Changes that are too small to show are added up as Other changes."
        )
        % {"cycle": cycle_name(earlier.year, earlier.period)}
    )
    grids = [Grid(table, heads=2) for module in reading.modules if (table := _changes_table(reading, module))]
    return Section("changes", _("What has changed"), (lead, *grids))


def _changes_table(reading: Reading, module: ModuleAt) -> Table | None:
    closed = [(unit.id, _("%(department)s (closed)") % {"department": unit.name}) for unit in reading.basis.closed]
    places = [(CITY, _("The city")), *((unit.id, unit.name) for unit in reading.basis.units), *closed]
    rows = tuple(
        _change(reading, name, bridge)
        for unit, name in places
        for bridge in reading.bridges(module.slug, unit)
        if any(bridge.parts.values()) or bridge.opening or bridge.closing
    )
    columns = (
        Column("unit", _("Department")),
        Column("figure", _("Figure"), definition=_("What is counted.")),
        Column("opening", _("Before"), Kind.NUMBER, _("The figure in the former report.")),
        Column("parts", _("Came and went"), definition=_("Why, and how many persons more or fewer.")),
        Column("other", _("Other changes"), Kind.CHANGE, _("All that is too small to show, added up.")),
        Column("closing", _("Now"), Kind.NUMBER, _("The figure in this report.")),
    )
    return Table(f"changes-{module.slug}", module.title, columns, rows) if rows else None


def _change(reading: Reading, name: str, bridge: BridgeAt) -> tuple[Cell, ...]:
    shown, other = reading.hidden.parts_of(bridge)
    parts = ", ".join(f"{cause_name(cause)} {signed(number)}" for cause, number in shown.items())
    figure = str(MEASURES[bridge.counted][0])
    return (name, figure, bridge.opening, parts or _without_parts(reading, bridge), other, bridge.closing)


def _without_parts(reading: Reading, bridge: BridgeAt) -> str:
    if any(unit.id == bridge.unit for unit in reading.basis.closed):
        return _("The department has been closed: those who were counted there work elsewhere, or no longer")
    return _("Nothing that can be shown") if bridge.parts else _("Nobody came or went")
