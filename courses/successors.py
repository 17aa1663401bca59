"""Target groups that name a department which is merged or split: what names it, and what has to be accepted again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db.models import Q, QuerySet

from courses.models import Assignment, AudienceRule


def rules_naming(departments: Collection[int], from_on: dt.date) -> QuerySet[AudienceRule]:
    """Return the rules that name one of the departments and hold on the day or later."""
    rules = AudienceRule.objects.known_at(None).filter(holds_from(from_on), departments__in=departments)
    return rules.distinct().select_related("audience").order_by("audience__name", "from_on")


def assignments_of(rules: Collection[AudienceRule], from_on: dt.date) -> QuerySet[Assignment]:
    """Return the assignments to the rules' audiences that hold on the day or later."""
    audiences = {rule.audience_id for rule in rules}
    found = Assignment.objects.known_at(None).filter(holds_from(from_on), audience__in=audiences)
    return found.select_related("module", "audience").order_by("module__title", "audience__name")


def holds_from(day: dt.date) -> Q:
    """Keep what holds on the day or later."""
    return Q(until_on=None) | Q(until_on__gt=day)
