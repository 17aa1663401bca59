"""The list of persons as a table to take home: a row for each person and module."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.filters import STATUS_WORDS
from reports.persons import Choice, Roll
from reports.statuses import Status
from reports.tables import Column, Kind, Table

STATUS_OF_ONE = {
    Status.OVERDUE: gettext_lazy("Overdue"),
    Status.NOT_DONE: gettext_lazy("Not done"),
    Status.DONE: gettext_lazy("Done"),
    Status.EXEMPT: gettext_lazy("Exempt"),
}


def person_table(roll: Roll, choice: Choice, names: Mapping[int, str], day: dt.date) -> Table:
    """Return the table of what a department's page shows."""
    rows = tuple(
        (
            entry.person.last_name,
            entry.person.first_name,
            entry.units,
            line.module.title,
            str(STATUS_OF_ONE[line.status]),
            line.completed_on,
            line.due_on,
            entry.person.email or "",
        )
        for entry in roll.entries
        for line in entry.lines
    )
    return Table("persons", _("Persons"), _columns(), rows, _facts(roll, choice, names, day))


def _columns() -> tuple[Column, ...]:
    return (
        Column("last_name", _("Last name")),
        Column("first_name", _("First name")),
        Column("unit", _("Unit"), definition=_("Where the person works, as far as the module concerns that employment.")),
        Column("module", _("Module")),
        Column("status", _("Status"), definition=_("As it was on the day. Whether somebody has begun is not shown.")),
        Column("completed_on", _("Done on"), Kind.DAY, _("The day of the latest completion.")),
        Column("due_on", _("Due on"), Kind.DAY, _("The last day to be done, or to be done again; moved by absence.")),
        Column("email", _("E-mail"), definition=_("Empty for those who log in with a slip.")),
    )


def _facts(roll: Roll, choice: Choice, names: Mapping[int, str], day: dt.date) -> tuple[tuple[str, str], ...]:
    return (
        (_("Day"), date_format(day, "j F Y")),
        (_("Department"), names.get(choice.department, "")),
        (_("Module"), choice.module.title if choice.module else _("All")),
        (_("Status"), str(STATUS_WORDS[choice.status]) if choice.status else _("All")),
        (_("Persons with protected identity, who are not shown"), str(roll.hidden)),
    )
