"""What is counted in a report, in words."""

from __future__ import annotations

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.asking.words import CAUSES, FIGURES
from reports.models.follow_up import Period

FUNNEL = ("offered", "started", "completed", "valid")
"""The way from being offered a module to having it."""

MEASURES = {
    **FIGURES,
    "trained": (
        gettext_lazy("Trained in the period"),
        gettext_lazy("Completed the module in the period while working there, whether or not in the target group."),
    ),
    "trained_left": (
        gettext_lazy("Trained and left"),
        gettext_lazy("Of those trained in the period: no longer worked there on the cut-off day."),
    ),
    "certificates": (gettext_lazy("Certificates"), gettext_lazy("Issued in the period for completions there.")),
    "late": (
        gettext_lazy("Added after the cut-off day"),
        gettext_lazy("Completions dated before the former report's cut-off day that were registered after it was frozen."),
    ),
}
"""The name of each measure, and what it means."""

COLUMNS = ("target", "exempt", "offered", "started", "completed", "valid", "overdue", "refresher")
"""The measures of a board's table, in order."""


def cycle_name(year: int, period: str) -> str:
    """Return what a report is called in a sentence: its period and year."""
    return _("%(period)s %(year)s") % {"period": Period(period).label, "year": year}


def grouped(number: int) -> str:
    """Write a number as it is read: 1 421."""
    return number_format(number, force_grouping=True)


def cause_name(cause: str) -> str:
    """Return what the cause of a change is called."""
    return str(next(name for known, (name, _meaning) in CAUSES.items() if known.value == cause))
