"""An answer as tables to take home: the same figures as the page, for every department of the question."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reports.asking.answers import AreaAnswer, Change, ModuleAnswer, Row
from reports.asking.reading import Reading
from reports.asking.words import CAUSES, FIGURES
from reports.bridge import Bridge
from reports.counting import COUNTED
from reports.standing import Terms
from reports.tables import Cell, Column, Kind, Table


def tables_of(reading: Reading, found: Sequence[ModuleAnswer]) -> list[Table]:
    """Return the figures, and the changes when two days are compared."""
    every = [(module.terms, area) for module in found for area in module.areas]
    rows = [_figures(reading, terms, row) for terms, area in every for row in area.rows]
    facts = ((_("Day"), date_format(reading.question.day, "j F Y")),)
    tables = [Table("figures", _("Figures"), _figure_columns(), tuple(rows), facts)]
    if reading.comparison:
        tables.append(_changes_table(reading, every))
    return tables


def _place_columns() -> tuple[Column, ...]:
    return (
        Column("module", _("Module"), definition=_("The module's address on the site.")),
        Column("department", _("Id"), definition=_("The department's id in the HR system.")),
        Column("department_name", _("Department")),
    )


def _figure_columns() -> tuple[Column, ...]:
    counted = (Column(what, str(FIGURES[what][0]), Kind.NUMBER, str(FIGURES[what][1])) for what in COUNTED)
    return (
        Column("as_of", _("Day"), Kind.DAY, _("The day that the figures hold for, that day included.")),
        *_place_columns(),
        *counted,
    )


def _figures(reading: Reading, terms: Terms, row: Row) -> tuple[Cell, ...]:
    place = (terms.slug, reading.external_ids[row.department_id], row.name)
    return (reading.question.day, *place, *(getattr(row.counts, what) for what in COUNTED))


def _changes_table(reading: Reading, every: Sequence[tuple[Terms, AreaAnswer]]) -> Table:
    columns = (
        Column("compared_with", _("Earlier day"), Kind.DAY),
        Column("as_of", _("Day"), Kind.DAY),
        *_place_columns(),
        Column("figure", _("Figure"), definition=_("What is counted.")),
        Column("opening", _("Before"), Kind.NUMBER, _("The figure on the earlier day.")),
        *(Column(cause.value, str(name), Kind.NUMBER, str(meaning)) for cause, (name, meaning) in CAUSES.items()),
        Column("unexplained", _("Unexplained"), Kind.NUMBER, _("What the parts do not explain. It is always 0.")),
        Column("closing", _("Now"), Kind.NUMBER, _("The figure on the later day: the earlier one and all parts.")),
    )
    rows = [_change(reading, terms, one, bridge) for terms, area in every for one in area.changes for bridge in one.bridges]
    return Table("changes", _("Changes"), columns, tuple(rows))


def _change(reading: Reading, terms: Terms, change: Change, bridge: Bridge) -> tuple[Cell, ...]:
    department = reading.external_ids[change.department_id] if change.department_id else ""
    parts = (bridge.parts.get(cause, 0) for cause in CAUSES)
    question = reading.question
    return (
        question.compared_with,
        question.day,
        *(terms.slug, department, change.name, str(FIGURES[bridge.counted][0])),
        bridge.opening,
        *parts,
        bridge.unexplained,
        bridge.closing,
    )
