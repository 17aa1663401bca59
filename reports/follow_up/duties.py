"""What there is to do now with the follow-up, in the words of its list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reports.follow_up.calendar import Turn
from reports.follow_up.states import State, state_of
from reports.models import Cycle, CycleSettings


@dataclass(frozen=True)
class Duty:
    """A thing to do: the page where it is done, and why it is to be done now."""

    title: str
    hint: str
    url: str


def coordinators_duties(cycles: Sequence[Cycle], turns: Sequence[Turn], settings: CycleSettings, day: dt.date) -> list[Duty]:
    """Return the next step of every cycle that is not published, then what can be opened."""
    going_on = [cycle for cycle in cycles if state_of(cycle) is not State.PUBLISHED]
    steps = [Duty(_title(cycle), _hint(cycle, settings, day), _work(cycle.year, cycle.period)) for cycle in going_on]
    openings = [
        Duty(
            _("Open %(cycle)s") % {"cycle": turn.label},
            _("The cut-off day is %(day)s.") % {"day": _day(turn.cut_off_on)},
            _work(turn.year, turn.period),
        )
        for turn in turns
    ]
    return [*steps, *openings]


def managers_duties(cycle: Cycle, own: Sequence[tuple[int, str]], commented: Collection[int]) -> list[Duty]:
    """Return what waits for those who answer for departments: `own` are their keys and names."""
    missing = [(key, name) for key, name in own if key not in commented]
    hint = _("Say why the figures are as they are and what you do. It can be changed until the report is published.")
    return [
        Duty(
            _("Comment on the figures of %(department)s, %(cycle)s") % {"department": name, "cycle": str(cycle)},
            hint,
            reverse("manager_comment", args=[key]),
        )
        for key, name in missing
    ]


def _title(cycle: Cycle) -> str:
    titles = {
        State.OPEN: _("Freeze %(cycle)s"),
        State.DRAFT: _("Gather comments on %(cycle)s and approve it"),
        State.APPROVED: _("Publish %(cycle)s"),
    }
    return titles[state_of(cycle)] % {"cycle": str(cycle)}


def _hint(cycle: Cycle, settings: CycleSettings, day: dt.date) -> str:
    state = state_of(cycle)
    if state is State.DRAFT:
        return _("The figures are frozen. Departments can comment on them.")
    if state is State.APPROVED:
        return _("The report is approved. Publishing it cannot be undone.")
    frozen_on = cycle.cut_off_on + dt.timedelta(days=settings.freeze_after_days)
    if cycle.cut_off_on >= day:
        return _("The cut-off day is %(day)s.") % {"day": _day(cycle.cut_off_on)}
    return _("The cut-off day has passed. The figures are frozen by themselves on %(day)s.") % {"day": _day(frozen_on)}


def _work(year: int, period: str) -> str:
    return reverse("follow_up_work", args=[year, period])


def _day(day: dt.date) -> str:
    return date_format(day, "j F Y")
