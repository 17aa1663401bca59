"""What a learner sees of one module."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from courses.assignments import AssignedModule
from courses.completion import Standing, standing
from courses.models import Exemption, Round
from courses.payload import Draft
from courses.reading import Line, ModuleInForce, Stops
from courses.rendering import content_of
from courses.rounds import PresentRound
from courses.task_list import DONE, IN_PROGRESS, NOT_STARTED, due_day, is_overdue, status_in, what_to_do


@dataclass(frozen=True)
class StepRow:
    """A step in the list of the module. `stop` says why it is withdrawn."""

    line: Line
    status: str
    stop: str

    @property
    def title(self) -> str:
        """The title with its place."""
        return f"{self.line.position}. {self.line.title}"


@dataclass(frozen=True)
class ModulePage:
    """A module, and where the learner stands in it."""

    module: ModuleInForce
    content: Draft
    rows: tuple[StepRow, ...]
    present: PresentRound
    standing: Standing
    stop: str
    status: str
    what: str
    due_on: dt.date | None
    is_overdue: bool
    exemption: Exemption | None = None

    @property
    def exempt_through(self) -> dt.date | None:
        """The last day of the exemption; `None` without one, or without an end."""
        until_on = self.exemption.until_on if self.exemption else None
        return until_on - dt.timedelta(days=1) if until_on else None

    @property
    def next_line(self) -> Line | None:
        """The step that the learner goes on with."""
        return self.present.next_line(self.module.lines)

    @property
    def can_complete(self) -> bool:
        """Whether all is done and only the completion is not written yet."""
        return self.standing.is_complete and self.present.pk is not None and self.present.completion is None

    @property
    def is_refresher(self) -> bool:
        """Whether only what has changed is left to do."""
        return self.present.reason == Round.Reason.MATERIAL and self.present.completion is None

    @property
    def is_renewal(self) -> bool:
        """Whether the validity of the last completion has run out."""
        return self.present.reason == Round.Reason.EXPIRY and self.present.completion is None


def module_page(
    module: ModuleInForce,
    present: PresentRound,
    stops: Stops,
    assigned: AssignedModule | None,
    exemption: Exemption | None = None,
) -> ModulePage:
    """Put together what is shown; a query only when this process has not shown the edition before."""
    return ModulePage(
        module=module,
        content=content_of(module.edition),
        rows=tuple(StepRow(line, _status(line, present), stops.reason(line.key)) for line in module.lines),
        present=present,
        standing=standing(module, present, stops),
        stop=stops.edition,
        status=status_in(present),
        what=what_to_do(module, present),
        due_on=due_day(module, present, assigned),
        is_overdue=is_overdue(module, present, assigned),
        exemption=exemption,
    )


def _status(line: Line, present: PresentRound) -> str:
    if present.is_done(line):
        return DONE
    return IN_PROGRESS if present.is_started(line) else NOT_STARTED
