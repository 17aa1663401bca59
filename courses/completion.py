"""When a module is completed, and why not yet. Decided here and nowhere else."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from django.utils.translation import gettext as _

from courses.reading import Line, ModuleInForce, Stops
from courses.rounds import PresentRound


class Why(enum.Enum):
    """Why a module is not completed yet."""

    EDITION_WITHDRAWN = "edition withdrawn"
    STEP_WITHDRAWN = "step withdrawn"
    STEP_NOT_DONE = "step not done"
    CHECK_NOT_PASSED = "check not passed"


@dataclass(frozen=True)
class Missing:
    """One thing that stands between a person and the completion. `reason` is what was said when it was withdrawn."""

    why: Why
    line: Line | None = None
    reason: str = ""

    @property
    def sentence(self) -> str:
        """The same, to the learner."""
        named = {"step": self.line.title if self.line else "", "reason": self.reason}
        match self.why:
            case Why.EDITION_WITHDRAWN:
                return _("The module is withdrawn at present: %(reason)s Your progress is kept.") % named
            case Why.STEP_WITHDRAWN:
                return _("“%(step)s” is withdrawn at present: %(reason)s Your progress is kept.") % named
            case Why.CHECK_NOT_PASSED:
                return _("You have not passed “%(step)s” yet.") % named
            case Why.STEP_NOT_DONE:
                return _("You have not done “%(step)s” yet.") % named


@dataclass(frozen=True)
class Standing:
    """Whether everything is done, and if not, what is missing, in the order of the steps."""

    missing: tuple[Missing, ...]

    @property
    def is_complete(self) -> bool:
        """Whether a completion can be written."""
        return not self.missing

    @property
    def is_only_waiting(self) -> bool:
        """Whether the person has done all that she can, and a withdrawal is what stops her."""
        withdrawn = {Why.EDITION_WITHDRAWN, Why.STEP_WITHDRAWN}
        return bool(self.missing) and all(one.why in withdrawn for one in self.missing)


def standing(module: ModuleInForce, present: PresentRound, stops: Stops) -> Standing:
    """Say what is missing. A withdrawn step holds the completion back also for those who did it before."""
    missing = [Missing(Why.EDITION_WITHDRAWN, reason=stops.edition)] if stops.edition else []
    for line in module.lines:
        if reason := stops.reason(line.key):
            missing.append(Missing(Why.STEP_WITHDRAWN, line, reason))
        elif not present.is_done(line):
            missing.append(Missing(Why.CHECK_NOT_PASSED if line.is_check else Why.STEP_NOT_DONE, line))
    return Standing(tuple(missing))
