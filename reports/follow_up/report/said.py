"""What people say of the figures: the plan's activities and the departments' comments."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reports.follow_up.report.blocks import Facts, Grid, Paragraph, Section
from reports.follow_up.report.reading import Reading
from reports.follow_up.statements import CommentOf, Statements
from reports.models.plan import Standing
from reports.tables import Column, Kind, Table


def activities(statements: Statements) -> Section:
    """The plan's activities, one by one."""
    columns = (
        Column("activity", _("Activity")),
        Column("responsible", _("Responsible")),
        Column("timetable", _("Timetable")),
        Column("standing", _("How far it has come")),
        Column("stood_on", _("As of"), Kind.DAY),
        Column("comment", _("Comment")),
        Column("section", _("Part of the plan")),
    )
    rows = tuple(
        (one.title, one.responsible, one.timetable, str(Standing(one.standing).label), one.stood_on, one.comment, one.section)
        for one in statements.activities
    )
    table = Table("activities", _("The plan’s activities"), columns, rows)
    nothing = Paragraph(_("No activities have been entered."))
    return Section("activities", _("The plan’s activities"), (Grid(table),) if rows else (nothing,))


def comments(reading: Reading, statements: Statements) -> Section:
    """What each department says, in the tree's order."""
    said = {comment.unit: comment for comment in statements.comments}
    sections = tuple(_comment(unit.name, said[unit.id]) for unit in reading.basis.units if unit.id in said)
    nothing = Paragraph(_("No department has commented on its figures."))
    return Section("comments", _("The departments’ comments"), () if sections else (nothing,), sections)


def _comment(name: str, comment: CommentOf) -> Section:
    pairs = [(_("Reason"), comment.reason)]
    pairs += [(_("Measure taken"), comment.action)] if comment.action else []
    pairs += [(_("Responsible function"), comment.responsible)] if comment.responsible else []
    pairs += [(_("By when"), date_format(comment.by_when, "j F Y"))] if comment.by_when else []
    return Section(f"comment-{comment.unit}", name, (Facts(tuple(pairs)),), unit=comment.unit)
