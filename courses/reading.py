"""What a learner can open on a day: the edition in force, and one step of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from django.core.cache import caches
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from courses.models import Edition, ModuleRule, Step, Withdrawal
from courses.payload import Cases, Check, Exercise, Lesson, Question, StepContent, read_step
from courses.prepared import Prepared


class NotInForce(LookupError):
    """No module with that address, or no such step in it, is in force that day."""


class StepClosed(Exception):
    """The step is in force but takes nothing at present; the text says why, to the learner."""


@dataclass(frozen=True)
class Line:
    """A step as the outline of its edition names it. `position` counts from 1."""

    position: int
    key: str
    slug: str
    title: str
    kind: str
    minutes: int
    material_revision: int

    @property
    def is_check(self) -> bool:
        """Whether it is a knowledge check."""
        return self.kind == Step.Kind.CHECK

    @property
    def version(self) -> tuple[str, int]:
        """What progress belongs to: the step as worded since its last material change."""
        return self.key, self.material_revision


def lines_of(edition: Edition) -> tuple[Line, ...]:
    """Return the steps of an edition in their order, without a query."""
    return tuple(Line(position=position, **line) for position, line in enumerate(edition.outline, start=1))


@dataclass(frozen=True)
class Stops:
    """What is withdrawn at present, with the reasons that learners read. `edition` is empty when the whole is open."""

    edition: str = ""
    steps: Mapping[str, str] | None = None

    def reason(self, key: str) -> str:
        """Return why the step is withdrawn, or nothing."""
        return (self.steps or {}).get(key, "")


def stops_of(edition: Edition) -> Stops:
    """Return what is withdrawn of an edition; one query."""
    open_ones = Withdrawal.objects.filter(edition=edition, lifted_at=None)
    reasons = dict(open_ones.values_list("step_key", "reason"))
    return Stops(reasons.pop("", ""), reasons)


@dataclass(frozen=True)
class ModuleInForce:
    """The edition that learners get on a day, and the module's rule of that day.

    `refresh_by` is the last day for those who completed an earlier major number; read for whole modules, not for steps.
    """

    edition: Edition
    day: dt.date
    validity_months: int | None
    has_stops: bool
    refresh_by: dt.date | None = None

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The steps in their order."""
        return lines_of(self.edition)

    @property
    def minutes(self) -> int:
        """What the steps take together."""
        return sum(line.minutes for line in self.lines)

    def stops(self) -> Stops:
        """Return what is withdrawn; a query only when something is."""
        return stops_of(self.edition) if self.has_stops else Stops()


@dataclass(frozen=True)
class StepInForce:
    """One step of the edition in force, as sealed, with what is said about it at present."""

    module: ModuleInForce
    step: Step
    line: Line
    edition_stop: str
    step_stop: str

    @cached_property
    def content(self) -> StepContent:
        """The sealed content."""
        return read_step(self.step.content)

    @property
    def stop(self) -> str:
        """Why nothing can be done here at present, or nothing."""
        return self.edition_stop or self.step_stop

    def lesson(self) -> Lesson:
        """Return the content of a lesson; `NotInForce` for a check."""
        if not isinstance(self.content, Lesson):
            raise NotInForce(self.step.slug)
        return self.content

    def check(self) -> Check:
        """Return the content of a knowledge check; `NotInForce` for a lesson."""
        if not isinstance(self.content, Check):
            raise NotInForce(self.step.slug)
        return self.content

    def exercise(self) -> Exercise:
        """Return the content of an exercise; `NotInForce` for any other step."""
        if not isinstance(self.content, Exercise):
            raise NotInForce(self.step.slug)
        return self.content

    def practice(self) -> Lesson | Cases:
        """Return what has questions whose latest answer stands, a lesson or cases; `NotInForce` for any other step."""
        if not isinstance(self.content, Lesson | Cases):
            raise NotInForce(self.step.slug)
        return self.content


@dataclass(frozen=True)
class Place:
    """Where the learner stood when a form was shown: the step's address, and its material revision."""

    module_slug: str
    step_slug: str
    revision: int


def current_edition(module: OuterRef | int, day: dt.date) -> QuerySet[Edition]:
    """Return a queryset whose first row is the module's edition in force on a day."""
    return Edition.objects.filter(module=module).in_force_on(day)


def modules_in_force(day: dt.date) -> list[ModuleInForce]:
    """Return every module with an edition in force on a day, by title; one query."""
    current = Subquery(current_edition(OuterRef("module"), day).values("pk")[:1])
    editions = Edition.objects.filter(pk=current).order_by("title")
    return [_module(edition, day) for edition in _with_state(editions, day)]


def find_module(slug: str, day: dt.date) -> ModuleInForce:
    """Return the module with that address; one query. Raises `NotInForce`."""
    edition = _with_state(Edition.objects.filter(module__slug=slug).in_force_on(day), day).first()
    if edition is None:
        raise NotInForce(slug)
    return _module(edition, day)


def find_step(module_slug: str, step_slug: str, day: dt.date) -> StepInForce:
    """Return a step of the edition in force; one query once this process has read the step. Raises `NotInForce`."""
    found = _STATE.rows(module_slug=module_slug, step_slug=step_slug, day=day)
    step = _sealed_step(found[0][0], step_slug) if found else None
    if step is None:
        raise NotInForce(f"{module_slug}/{step_slug}")
    _edition, months, has_stops, is_stopped = found[0]
    # The module's address may have changed since the step was read; the one that was asked for is the present one.
    step.edition.module.slug = module_slug
    module = ModuleInForce(step.edition, day, months, bool(has_stops))
    stops = module.stops() if is_stopped else Stops()
    return StepInForce(module, step, module.lines[step.position - 1], stops.edition, stops.reason(step.key))


def _state_query(module_slug: str, step_slug: str, day: dt.date) -> QuerySet[Edition, tuple[object, ...]]:
    """The key of the edition in force, the validity, whether anything of it is withdrawn, and whether this step is."""
    own = Step.objects.filter(edition=OuterRef(OuterRef("pk")), slug=step_slug).values("key")
    stopped = _stops_of_outer().filter(Q(step_key="") | Q(step_key__in=own))
    rule = ModuleRule.objects.on(day).filter(module=OuterRef("module")).values("validity_months")
    editions = Edition.objects.filter(module__slug=module_slug).in_force_on(day)
    return editions.values_list("pk", Subquery(rule[:1]), Exists(_stops_of_outer()), Exists(stopped))[:1]


_STATE = Prepared(_state_query, module_slug="<module>", step_slug="<step>", day=dt.date(1, 1, 1))


def _sealed_step(edition_id: int, slug: str) -> Step | None:
    """Return a step with its edition and module. What is sealed never changes, so each process keeps it."""
    key = f"sealed-{edition_id}-{slug}"
    step = cast(Step | None, caches["rendered"].get(key))
    if step is None:
        found = Step.objects.filter(edition=edition_id, slug=slug).select_related("edition__module").defer("edition__payload")
        step = found.first()
        caches["rendered"].set(key, step, None)
    return step


def step_to_work_on(place: Place, day: dt.date) -> StepInForce:
    """Return the step that a form was for; one query. Raises `NotInForce`, or `StepClosed` if it takes nothing now."""
    found = find_step(place.module_slug, place.step_slug, day)
    if found.stop:
        raise StepClosed(_("The step is withdrawn at present: %(reason)s") % {"reason": found.stop})
    if found.line.material_revision != place.revision:
        raise StepClosed(_("The step has been changed since you opened the page. Read it again, then answer."))
    return found


def question_of(content: StepContent, question_id: str) -> Question:
    """Return a question of the step. Raises `StepClosed` if the step has no such question."""
    for question in content.questions:
        if question.id == question_id:
            return question
    raise StepClosed(_("The question does not belong to this step. Open the step again."))


def _with_state(editions: QuerySet[Edition], day: dt.date) -> QuerySet[Edition]:
    rule = ModuleRule.objects.on(day).filter(module=OuterRef("module"))
    material = Edition.objects.filter(module=OuterRef("module"), major=OuterRef("major"), minor=0)
    return (
        editions.select_related("module")
        .defer("payload")
        .annotate(
            validity_months=Subquery(rule.values("validity_months")[:1]),
            refresher_days=Subquery(rule.values("refresher_days")[:1]),
            material_from=Subquery(material.values("in_force_from")[:1]),
            has_stops=Exists(_stops_of_outer()),
        )
    )


def _module(edition: Edition, day: dt.date) -> ModuleInForce:
    days = edition.refresher_days  # type: ignore[attr-defined]  # annotated, as what follows
    material_from: dt.date = edition.material_from  # type: ignore[attr-defined]
    wait = ModuleRule.DEFAULT_REFRESHER_DAYS if days is None else days
    refresh_by = material_from + dt.timedelta(days=wait)
    return ModuleInForce(edition, day, edition.validity_months, edition.has_stops, refresh_by)  # type: ignore[attr-defined]


def _stops_of_outer() -> QuerySet[Withdrawal]:
    return Withdrawal.objects.filter(edition=OuterRef("pk"), lifted_at=None)
