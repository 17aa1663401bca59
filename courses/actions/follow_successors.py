"""Target groups follow the departments that stand in others' places."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

from django.db import transaction
from django.utils import timezone

from courses.membership import RuleTerms, changes_with
from courses.models import AudienceChange, AudienceRule
from courses.successors import rules_naming
from organisation.history import end, record, withdraw
from organisation.models import User, log_event


@transaction.atomic
def follow_successors(
    *,
    rules: Collection[int],
    successors: Mapping[int, Collection[int]],
    from_on: dt.date,
    by: User | None,
    at: dt.datetime,
) -> list[AudienceRule]:
    """Let the rules name the successors instead of their predecessors from the day on, and return the new ones.

    What each means in numbers, in the organisation as it is now, is written in a protocol.
    An assignment holds in a successor when its manager has accepted it, as in any department.
    """
    followed = rules_naming(successors.keys(), from_on).filter(pk__in=rules)
    return [_follow(rule, successors, from_on, by, at) for rule in followed]


def _follow(
    rule: AudienceRule, successors: Mapping[int, Collection[int]], from_on: dt.date, by: User | None, at: dt.datetime
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
    said = {"from_on": day.isoformat(), "corrects_past": day < today}
    log_event("audience.rule_changed", rule.audience, by=by, at=at, **said)
    AudienceChange.objects.create(
        audience=rule.audience, rule=follower, corrects_past=day < today, counted=counted, recorded_at=at, recorded_by=by
    )
    return follower
