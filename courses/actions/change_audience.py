"""The coordinator says who a target group is, from a day on."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.membership import RuleTerms, changes_with, rule_on
from courses.models import Audience, AudienceChange, AudienceRule
from organisation.history import take_over
from organisation.models import User, log_event


class AudienceRefused(Exception):
    """Nothing was changed; `reasons` are for the coordinator."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@transaction.atomic
def change_audience(
    *,
    audience: Audience,
    name: str,
    terms: RuleTerms,
    from_on: dt.date,
    may_correct_past: bool = False,
    by: User | None,
    at: dt.datetime,
) -> AudienceChange | None:
    """Save the name, and let the rule hold from the day; an audience without a key is made.

    Rules that were to hold from that day or later are replaced. What it means in numbers is written in a protocol, which is
    returned; `None` if the rule says already so. Raises `AudienceRefused` with every reason; then nothing has changed.
    """
    if audience.pk:
        Audience.objects.select_for_update().get(pk=audience.pk)
    today = timezone.localdate(at)
    corrects_past = from_on < today and audience.pk is not None
    reasons = _reasons(audience, name.strip(), terms, needs_leave=corrects_past and not may_correct_past)
    if reasons:
        raise AudienceRefused(reasons)
    _name(audience, name.strip(), by=by, at=at)
    if says_already(audience, terms, from_on):
        return None
    counted = [change.as_data() for change in changes_with(audience, terms, from_on, today)]
    rule = take_over(terms.row(audience=audience, from_on=from_on), by=by, at=at)
    rule.departments.set(terms.departments)
    log_event("audience.rule_changed", audience, by=by, at=at, from_on=from_on.isoformat(), corrects_past=corrects_past)
    return AudienceChange.objects.create(
        audience=audience, rule=rule, corrects_past=corrects_past, counted=counted, recorded_at=at, recorded_by=by
    )


def says_already(audience: Audience, terms: RuleTerms, from_on: dt.date) -> bool:
    """Whether the rule of the day says just this, and goes on without an end."""
    rule = rule_on(audience, from_on)
    return rule is not None and rule.until_on is None and RuleTerms.of(rule) == terms


def replaced_by(audience: Audience, from_on: dt.date) -> list[AudienceRule]:
    """Return the rules that begin after the day, and would never have been if another holds from it on."""
    if not audience.pk:
        return []
    return list(AudienceRule.objects.known_at(None).filter(audience=audience, from_on__gt=from_on).order_by("from_on"))


def _reasons(audience: Audience, name: str, terms: RuleTerms, *, needs_leave: bool) -> list[str]:
    found = {
        _("The target group needs a name."): not name,
        _("Another target group has this name."): Audience.objects.filter(name=name).exclude(pk=audience.pk).exists(),
        _("Choose at least one department."): not terms.departments,
        _("The day has been. Say that you correct it, or choose today or a later day."): needs_leave,
    }
    return [reason for reason, holds in found.items() if holds]


def _name(audience: Audience, name: str, *, by: User | None, at: dt.datetime) -> None:
    is_renamed = audience.pk is not None and audience.name != name
    audience.name = name
    audience.save()
    if is_renamed:
        log_event("audience.renamed", audience, by=by, at=at)
