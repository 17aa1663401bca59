"""Which round of a module a person is in, and which steps are done in it.

One rule serves resuming, editorial updates and refreshers: a step is done if the round holds progress on it, as worded
since its last material change, that was finished. A round that is not opened yet is only worked out; the first saved
step opens it (`courses.actions.open_round`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import QuerySet

from courses.models import Round
from courses.prepared import Prepared, day_from
from courses.reading import Line, ModuleInForce
from courses.validity import valid_until
from organisation.models import User

Version = tuple[str, int]
"""A step's key and material revision."""


@dataclass(frozen=True)
class Progress:
    """How far the person came in one version of a step."""

    is_done: bool
    is_carried: bool = False


@dataclass(frozen=True)
class PastCompletion:
    """What a later round needs to know of a completion."""

    pk: int
    completed_on: dt.date
    major: int

    def is_expired(self, months: int | None, day: dt.date) -> bool:
        """Whether it is no longer valid on a day, with the validity of that day."""
        until = valid_until(self.completed_on, months)
        return until is not None and until <= day


@dataclass(frozen=True)
class PastRound:
    """A round as stored."""

    pk: int
    number: int
    reason: str
    completion: PastCompletion | None
    steps: Mapping[Version, Progress] = field(default_factory=dict)


@dataclass(frozen=True)
class PresentRound:
    """The round that a person is in. Without `pk` it is not opened; `completion` says that nothing is left to do in it.

    `earlier` is the completion before it; `is_new` says that this very request opened it, so that nothing can be in it yet.
    """

    number: int
    reason: str
    pk: int | None = None
    steps: Mapping[Version, Progress] = field(default_factory=dict)
    completion: PastCompletion | None = None
    earlier: PastCompletion | None = None
    is_new: bool = False

    def is_done(self, line: Line) -> bool:
        """Whether the step is done in this round."""
        progress = self.steps.get(line.version)
        return progress is not None and progress.is_done

    def is_started(self, line: Line) -> bool:
        """Whether something of the step is saved in this round."""
        return line.version in self.steps

    @property
    def opened(self) -> int:
        """The primary key of a round that has been opened."""
        if self.pk is None:
            raise ValueError("the round is not opened yet")
        return self.pk

    @property
    def carried(self) -> tuple[Version, ...]:
        """The versions that count as done from an earlier round."""
        return tuple(version for version, progress in self.steps.items() if progress.is_carried)

    def next_line(self, lines: tuple[Line, ...], after: int = 0) -> Line | None:
        """Return the first step not done after a position, else the first not done at all."""
        left = [line for line in lines if not self.is_done(line)]
        return next((line for line in left if line.position > after), left[0] if left else None)

    def minutes_left(self, lines: tuple[Line, ...]) -> int:
        """What the steps take that are not done."""
        return sum(line.minutes for line in lines if not self.is_done(line))


History = tuple[PastRound, ...]
"""All rounds of one person in one module, oldest first."""


def round_in(history: History, module: ModuleInForce) -> PresentRound:
    """Return the round that a person with this history is in."""
    return decide_round(history, module.lines, module.edition.major, module.validity_months, module.day)


def decide_round(
    history: History, lines: tuple[Line, ...], major: int, validity_months: int | None, day: dt.date
) -> PresentRound:
    """Return the present round from the past ones, the edition in force and the validity (months) on `day`.

    What was carried over of a knowledge check stands only as long as the completion that it came from is valid.
    """
    if not history:
        return PresentRound(1, Round.Reason.START)
    last = history[-1]
    if last.completion is None:
        before = history[-2].completion if len(history) > 1 else None
        is_stale = before is not None and before.is_expired(validity_months, day)
        steps = _without_carried_checks(last.steps, lines) if is_stale else last.steps
        return PresentRound(last.number, last.reason, last.pk, steps, earlier=before)
    if last.completion.is_expired(validity_months, day):
        lessons = [line for line in lines if not line.is_check]
        return _next_round(last, Round.Reason.EXPIRY, lessons)
    if major > last.completion.major:
        return _next_round(last, Round.Reason.MATERIAL, lines)
    return PresentRound(last.number, last.reason, last.pk, last.steps, last.completion)


def _next_round(last: PastRound, reason: str, lines: Iterable[Line]) -> PresentRound:
    done = (line.version for line in lines if (progress := last.steps.get(line.version)) and progress.is_done)
    return PresentRound(
        last.number + 1, reason, steps={version: Progress(True, is_carried=True) for version in done}, earlier=last.completion
    )


def _without_carried_checks(steps: Mapping[Version, Progress], lines: tuple[Line, ...]) -> Mapping[Version, Progress]:
    checks = {line.version for line in lines if line.is_check}
    return {
        version: replace(progress, is_done=False) if version in checks and progress.is_carried else progress
        for version, progress in steps.items()
    }


_COLUMNS = (
    "module_id",
    "pk",
    "number",
    "reason",
    "completion__pk",
    "completion__completed_on",
    "completion__edition__major",
    "steps__step_key",
    "steps__material_revision",
    "steps__done_at",
    "steps__carried_over",
)


def histories_of(user: User) -> dict[int, History]:
    """Return a person's rounds with their progress, by module; one query."""
    return _by_module(_rounds(Round.objects.filter(user=user)))


def present_round(user: User, module: ModuleInForce) -> PresentRound:
    """Return the round that a person is in; one query."""
    rows = _ROUNDS.rows(user_id=user.pk, module_id=module.edition.module_id)
    return round_in(_by_module(rows).get(module.edition.module_id, ()), module)


def _rounds(rounds: QuerySet[Round]) -> QuerySet[Round, tuple[Any, ...]]:
    return rounds.order_by("number").values_list(*_COLUMNS)


_ROUNDS = Prepared(
    lambda user_id, module_id: _rounds(Round.objects.filter(user=user_id, module=module_id)), user_id=-1, module_id=-2
)


def _by_module(rows: Iterable[tuple[Any, ...]]) -> dict[int, History]:
    found: dict[int, dict[int, PastRound]] = {}
    steps: dict[int, dict[Version, Progress]] = {}
    for module, pk, number, reason, completion, on, major, key, revision, done_at, carried in rows:
        if pk not in steps:
            steps[pk] = {}
            past = PastCompletion(completion, day_from(on), major) if completion else None
            found.setdefault(module, {})[pk] = PastRound(pk, number, reason, past, steps[pk])
        if key is not None:
            steps[pk][key, revision] = Progress(done_at is not None, bool(carried))
    return {module: tuple(rounds.values()) for module, rounds in found.items()}
