"""A report's figures as one long table, and all its tables as a workbook. What was corrected stands in both."""

from __future__ import annotations

from dataclasses import replace

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from reports.follow_up.report import Report
from reports.follow_up.report.boards import SHARE, figure_columns
from reports.follow_up.report.method import proof_pairs
from reports.follow_up.report.reading import CITY
from reports.follow_up.report.words import COLUMNS, MEASURES
from reports.suppression import MEASURES as EVERY_MEASURE
from reports.tables import Cell, Column, Kind, Table

GOAL = "goal"
FURTHER = tuple(what for what in EVERY_MEASURE if what not in COLUMNS)
"""The measures that stand only in files."""


def figure_table(report: Report) -> Table:
    """Return a row for every module and unit, the city first; empty shares are those without a target group."""
    reading = report.reading
    cycle = report.basis.cycle
    places = [(CITY, _("The city"), ""), *((unit.id, unit.name, unit.parent) for unit in report.basis.units)]
    goals = {module.slug: reading.goal(module) for module in reading.modules}
    rows = tuple(
        (
            cycle.year,
            cycle.period,
            cycle.cut_off_on,
            module.slug,
            unit,
            name,
            parent,
            *_numbers(report, module.slug, unit),
            goals[module.slug],
        )
        for module in reading.modules
        for unit, name, parent in places
    )
    return Table("figures", _("Figures"), _columns(), rows, proof_pairs(reading, report.envelope))


def single_table(report: Report) -> Table:
    """Return the figures for a file of one table: what was corrected stands in a last column, in the city's rows."""
    table = figure_table(report)
    if not report.corrections:
        return table
    text = "\n".join(f"{one.number}. {one.text} ({one.reason})" for one in report.corrections)
    place = [column.key for column in table.columns].index("department")
    rows = tuple((*row, text if row[place] == CITY else "") for row in table.rows)
    return replace(table, columns=(*table.columns, Column("corrections", _("Corrections"))), rows=rows)


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
        Column(GOAL, _("Goal"), Kind.PERCENT, _("How many of a hundred in the target group the city wants to be valid.")),
    )


def _numbers(report: Report, module: str, unit: str) -> tuple[Cell, ...]:
    reading = report.reading
    counted = (reading.value(module, unit, what) for what in COLUMNS)
    further = (reading.value(module, unit, what) for what in FURTHER)
    return (*counted, reading.percent(module, unit), *further)


def workbook_tables(report: Report) -> list[Table]:
    """Return what was corrected, the figures, and every other table that is not a part of them; last the comments."""
    others = [_for_sheet(table) for section in report.sections if section.key != "boards" for table in section.tables()]
    return [*_corrections(report), figure_table(report), *others, *_comments(report)]


def _for_sheet(table: Table) -> Table:
    """A table that stands below its section's heading is named by that, before the module that it is of."""
    names = {"changes": _("Changes, %(table)s"), "evaluation": _("Answers, %(table)s")}
    name = names.get(table.key.partition("-")[0])
    return replace(table, title=name % {"table": table.title}) if name else table


def _comments(report: Report) -> list[Table]:
    names = {unit.id: unit.name for unit in report.basis.units}
    columns = (
        Column("department", _("Id")),
        Column("department_name", _("Department")),
        Column("reason", _("Reason")),
        Column("action", _("Measure taken")),
        Column("responsible", _("Responsible function")),
        Column("by_when", _("By when"), Kind.DAY),
    )
    rows = tuple(
        (one.unit, names.get(one.unit, ""), one.reason, one.action, one.responsible, one.by_when)
        for one in report.statements.comments
    )
    return [Table("comments", _("Comments"), columns, rows)] if rows else []


def _corrections(report: Report) -> list[Table]:
    columns = (
        Column("number", _("Number"), Kind.NUMBER),
        Column("corrected_on", _("Day"), Kind.DAY),
        Column("text", _("Correction")),
        Column("reason", _("Reason")),
    )
    rows = tuple((one.number, localdate(one.corrected_at), one.text, one.reason) for one in report.corrections)
    return [Table("corrections", _("Corrections"), columns, rows)] if rows else []


__all__ = ["SHARE", "figure_table", "single_table", "workbook_tables"]
