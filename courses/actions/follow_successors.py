"""Target groups follow the departments that stand in others' places."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from courses.membership import RuleTerms, changes_with
from courses.models import AudienceChange, AudienceRule
from courses.successors import rules_naming
from organisation.history import end, record, withdraw
from organisation.models import Reorganisation, User, log_event


@transaction.atomic
def follow_successors(
    *,
    rules: Collection[int],
    successors: Mapping[int, Collection[int]],
    from_on: dt.date,
    because_of: Reorganisation | None = None,
    by: User | None,
    at: dt.datetime,
) -> list[AudienceRule]:
    """Let the rules name the successors instead of their predecessors from the day on, and return the new ones.

    `because_of` is the reorganisation's protocol, by which they are found again if it is called off. What each means in
    numbers, in the organisation as it is now, is written in a protocol.
    An assignment holds in a successor when its manager has accepted it, as in any department.
    """
    followed = rules_naming(successors.keys(), from_on).filter(pk__in=rules)
    return [_follow(rule, successors, from_on, because_of, by, at) for rule in followed]


def _follow(
    rule: AudienceRule,
    successors: Mapping[int, Collection[int]],
    from_on: dt.date,
    because_of: Reorganisation | None,
    by: User | None,
    at: dt.datetime,
) -> AudienceRule:
    named = set(rule.departments.values_list("pk", flat=True))
    new = {unit for old in named for unit in successors.get(old, (old,))}
    day, today = max(rule.from_on, from_on), timezone.localdate(at)
    terms = RuleTerms(frozenset(new), frozenset(rule.occupations), rule.only_meets_young)
    counted = [change.as_data() for change in changes_with(rule.audience, terms, day, today)]
    values = rule.values_of_row() | {"from_on": day}
    if rule.from_on >= from_on:
        withdraw(rule, at=at)
    else:
        end(rule, until_on=from_on, by=by, at=at)
    follower = record(AudienceRule(**values), by=by, at=at)
    follower.departments.set(new)
    tell_change(follower, day, instead_of=rule, counted=counted, because_of=because_of, by=by, at=at)
    return follower


def tell_change(
    rule: AudienceRule,
    day: dt.date,
    *,
    instead_of: AudienceRule,
    counted: list[dict[str, Any]],
    because_of: Reorganisation | None,
    by: User | None,
    at: dt.datetime,
) -> None:
    """Write the protocol of a rule that holds from the day on because of a reorganisation."""
    corrects_past = day < timezone.localdate(at)
    said = {"from_on": day.isoformat(), "corrects_past": corrects_past}
    log_event("audience.rule_changed", rule.audience, by=by, at=at, **said)
    AudienceChange.objects.create(
        audience=rule.audience,
        rule=rule,
        corrects_past=corrects_past,
        counted=counted,
        reorganisation=because_of,
        instead_of=instead_of,
        recorded_at=at,
        recorded_by=by,
    )
