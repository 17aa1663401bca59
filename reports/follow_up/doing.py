"""Does what a step says, with the action that it belongs to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.utils.translation import gettext as _

from organisation.models import User
from reports.follow_up.approving import approve
from reports.follow_up.calendar import Turn
from reports.follow_up.cycle_letters import remind_departments
from reports.follow_up.cycles import open_cycle
from reports.follow_up.errata import correct
from reports.follow_up.freezing import freeze
from reports.follow_up.publishing import publish
from reports.follow_up.refusing import Refused
from reports.follow_up.states import frozen
from reports.follow_up.steps import APPROVE, CORRECT, FREEZE, PUBLISH, REMIND, Step
from reports.models import Cycle, FollowUp


def do(step: Step, turn: Turn, cycle: Cycle | None, said: Mapping[str, str], *, by: User, at: dt.datetime) -> None:
    """Do the step. `said` is what its form asks for. Raises `Refused` with the reason; then nothing has changed."""
    if cycle is None:
        open_cycle(year=turn.year, period=turn.period, by=by, at=at)
        return
    if step is FREEZE:
        freeze(cycle, by=by, at=at)
        return
    report = frozen(cycle)
    if step is REMIND:
        _remind(report, at)
    elif step is APPROVE:
        approve(report, by=by, at=at)
    elif step is PUBLISH:
        publish(report, case_number=said["case_number"], by=by, at=at)
    elif step is CORRECT:
        correct(report.publication, text=said["text"], reason=said["reason"], by=by, at=at)


def _remind(report: FollowUp, at: dt.datetime) -> None:
    if not remind_departments(report, at):
        raise Refused(_("There is nobody to remind, or all have been reminded today."))
