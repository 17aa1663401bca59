"""Bars drawn on the server. Lengths are percentages and heights follow the text, so that they can be read at any width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from reports.asking.answers import Counts, Row
from reports.asking.words import FIGURES

FUNNEL = ("offered", "started", "completed", "valid")
# So many departments can be taken in at a glance.
MOST_BARS = 14
# So many letters stand beside the figure, on a phone and where there is room.
SHORT, LONG = 26, 46
# In the text's own height: a bar with its label above, and where in it the two stand.
STEP, LABEL, TOP = 2.5, 1.0, 1.4


@dataclass(frozen=True)
class Bar:
    """A bar: how much of a hundred it fills, and where it stands (ems from the top). A phone has room for `short` only."""

    label: str
    short: str
    value: str
    percent: float
    label_y: float
    y: float


@dataclass(frozen=True)
class Chart:
    """A picture of bars, and what it shows in words."""

    title: str
    description: str
    bars: list[Bar]

    @property
    def height(self) -> float:
        """Ems."""
        return STEP * len(self.bars)


def funnel(module: str, counts: Counts) -> Chart:
    """Draw how many of the target group have come how far."""
    steps = [(str(FIGURES[what][0]), getattr(counts, what), counts.target) for what in FUNNEL]
    return _chart(_("%(module)s: how far the target group has come") % {"module": module}, steps)


def by_department(module: str, rows: Sequence[Row]) -> Chart | None:
    """Draw how many of each department's target group are valid; `None` when one department is all there is.

    Shows the two upper levels, as long as there are few enough.
    """
    level = 1 if sum(1 for row in rows if row.level <= 1) <= MOST_BARS else 0
    shown = [row for row in rows if row.level <= level and row.counts.target][:MOST_BARS]
    if len(shown) < 2:
        return None
    bars = [(row.name, row.counts.valid, row.counts.target) for row in shown]
    return _chart(_("%(module)s: valid in each department") % {"module": module}, bars)


def _chart(title: str, values: Sequence[tuple[str, int, int]]) -> Chart:
    bars = [
        (label, _("%(part)s of %(whole)s") % {"part": part, "whole": whole}, _share(part, whole))
        for label, part, whole in values
    ]
    return chart_of(title, bars)


def _share(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


def chart_of(title: str, values: Sequence[tuple[str, str, float]]) -> Chart:
    """Place bars below each other: each a label, what stands beside it, and how much of a hundred it fills."""
    bars = []
    for number, (label, value, percent) in enumerate(values):
        labels = (Truncator(label).chars(LONG), Truncator(label).chars(SHORT))
        bars.append(Bar(*labels, value, percent, round(STEP * number + LABEL, 1), round(STEP * number + TOP, 1)))
    return Chart(title, "; ".join(f"{label}: {value}" for label, value, _percent in values), bars)
