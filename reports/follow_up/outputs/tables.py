"""A report's figures as one long table, and all its tables as a workbook."""

from __future__ import annotations

from django.utils.translation import gettext as _

from reports.follow_up.report import Report
from reports.follow_up.report.boards import SHARE, figure_columns
from reports.follow_up.report.reading import CITY
from reports.follow_up.report.words import COLUMNS, MEASURES
from reports.suppression import MEASURES as EVERY_MEASURE
from reports.tables import Cell, Column, Kind, Table

FURTHER = tuple(what for what in EVERY_MEASURE if what not in COLUMNS)
"""The measures that stand only in files."""


def figure_table(report: Report) -> Table:
    """Return a row for every module and unit, the city first; empty shares are those without a target group."""
    reading = report.reading
    cycle = report.basis.cycle
    places = [(CITY, _("The city"), ""), *((unit.id, unit.name, unit.parent) for unit in report.basis.units)]
    rows = tuple(
        (cycle.year, cycle.period, cycle.cut_off_on, module.slug, unit, name, parent, *_numbers(report, module.slug, unit))
        for module in reading.modules
        for unit, name, parent in places
    )
    facts = ((_("Number"), str(report.envelope.number)), (_("SHA-256 of the figures"), report.envelope.sha256))
    return Table("figures", _("Figures"), _columns(), rows, facts)


def _columns() -> tuple[Column, ...]:
    return (
        Column("year", _("Year"), Kind.TEXT),
        Column("period", _("Period")),
        Column("as_of", _("Cut-off day"), Kind.DAY, _("The day that the figures hold for, that day included.")),
        Column("module", _("Module"), definition=_("The module's address on the site.")),
        Column("department", _("Id"), definition=_("The department's id in the HR system; empty for the city.")),
        Column("department_name", _("Department")),
        Column("parent", _("Belongs to"), definition=_("The id of the department above; empty for a board and for the city.")),
        *figure_columns(),
        *(Column(what, str(MEASURES[what][0]), Kind.NUMBER, str(MEASURES[what][1])) for what in FURTHER),
    )


def _numbers(report: Report, module: str, unit: str) -> tuple[Cell, ...]:
    reading = report.reading
    counted = (reading.value(module, unit, what) for what in COLUMNS)
    further = (reading.value(module, unit, what) for what in FURTHER)
    return (*counted, reading.percent(module, unit), *further)


def workbook_tables(report: Report) -> list[Table]:
    """Return the figures first, then every other table that is not a part of them; comments and corrections as tables."""
    others = [table for section in report.sections if section.key not in ("boards", "outcome") for table in section.tables()]
    outcome = [table for section in report.sections if section.key == "outcome" for table in section.tables()]
    return [figure_table(report), *outcome, *_numbered(others), *_said(report)]


def _numbered(tables: list[Table]) -> list[Table]:
    """Tables of the same title get a number, as sheets need names of their own."""
    seen: dict[str, int] = {}
    named = []
    for table in tables:
        short = table.title[:26]
        seen[short] = seen.get(short, 0) + 1
        title = short if seen[short] == 1 else f"{short} {seen[short]}"
        named.append(Table(table.key, title, table.columns, table.rows, table.facts))
    return named


def _said(report: Report) -> list[Table]:
    names = {unit.id: unit.name for unit in report.basis.units}
    columns = (
        Column("department", _("Id")),
        Column("department_name", _("Department")),
        Column("reason", _("Reason")),
        Column("action", _("Measure taken")),
        Column("responsible", _("Responsible function")),
        Column("by_when", _("By when"), Kind.DAY),
    )
    comments = tuple(
        (one.unit, names.get(one.unit, ""), one.reason, one.action, one.responsible, one.by_when)
        for one in report.statements.comments
    )
    tables = [Table("comments", _("Comments"), columns, comments)] if comments else []
    numbered = (Column("number", _("Number"), Kind.NUMBER), Column("text", _("Correction")), Column("reason", _("Reason")))
    corrections = tuple((one.number, one.text, one.reason) for one in report.corrections)
    return tables + ([Table("corrections", _("Corrections"), numbered, corrections)] if corrections else [])


__all__ = ["SHARE", "figure_table", "workbook_tables"]
