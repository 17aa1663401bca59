"""What a reorganisation would do, as the coordinator sees it before she lets it be done: organisation and target groups."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.utils import timezone

from courses.models import Assignment, AudienceRule
from courses.returning import Returns, returns_of
from courses.successors import assignments_of, rules_naming
from organisation.models import Department, Reorganisation
from organisation.reorganising.calling_off import CallingOff
from organisation.reorganising.plan import Plan, plan_of
from organisation.reorganising.requests import Request
from organisation.reorganising.wording import texts_of


@dataclass(frozen=True)
class Preview:
    """The plan, with the target groups that name a department which ends, and their assignments."""

    plan: Plan
    texts: list[str]
    rules: list[AudienceRule]
    assignments: list[Assignment]

    @property
    def corrects_past(self) -> bool:
        """Whether days that have been become otherwise."""
        return self.plan.day < timezone.localdate()

    @property
    def has_successors(self) -> bool:
        """Whether somebody can take the place of those who end."""
        return bool(self.plan.successions)

    @property
    def fingerprint(self) -> str:
        """The same as long as the page would say the same."""
        told = (self.plan.fingerprint, [rule.pk for rule in self.rules], [one.pk for one in self.assignments])
        return hashlib.sha256(repr(told).encode()).hexdigest()


def preview_of(request: Request, day: dt.date) -> Preview:
    """Return what the request would do; a fixed number of queries."""
    plan = plan_of(request, day, timezone.localdate())
    ended = [line.about["unit"] for line in plan.lines if line.what == "closed"]
    keys = Department.objects.filter(external_id__in=ended).values_list("pk", flat=True)
    rules = list(rules_naming(list(keys), day)) if ended else []
    assignments = list(assignments_of(rules, day)) if rules else []
    return Preview(plan, texts_of(plan.lines), rules, assignments)


@dataclass(frozen=True)
class ReturnPreview:
    """What calling a reorganisation off would do, with the target groups that had followed it, and their assignments."""

    plan: Plan
    texts: list[str]
    returns: Returns
    assignments: list[Assignment]

    @property
    def reasons(self) -> list[str]:
        """Why nothing of it can be done."""
        return [*self.plan.reasons, *self.returns.reasons]

    @property
    def fingerprint(self) -> str:
        """The same as long as the page would say the same."""
        rules = [(one.edits.withdrawn, repr(one.edits.added)) for one in self.returns.returned]
        told = (self.plan.fingerprint, rules, [one.pk for one in self.returns.left], [one.pk for one in self.assignments])
        return hashlib.sha256(repr(told).encode()).hexdigest()


def preview_of_return(protocol: Reorganisation) -> ReturnPreview:
    """Return what it would do that the reorganisation is called off."""
    plan = plan_of(CallingOff(protocol), protocol.from_on, timezone.localdate())
    returns = Returns([], [], []) if plan.reasons else returns_of(protocol)
    followers = [one.follower for one in returns.returned]
    assignments = list(assignments_of(followers, protocol.from_on)) if followers else []
    return ReturnPreview(plan, texts_of(plan.lines), returns, assignments)
