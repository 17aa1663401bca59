"""What becomes of the target groups that followed a reorganisation when it is called off."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from courses.membership import RuleTerms
from courses.models import Audience, AudienceChange, AudienceRule
from courses.successors import holds_from
from organisation.hr.periods import FAR, Edits, Known, Stretch
from organisation.models import Reorganisation
from organisation.reorganising.sheets import Traced, holding, split_at, taken_back
from organisation.reorganising.traces import Traces


@dataclass(frozen=True)
class Return:
    """A target group whose rules say again from `day` on what they said before; `edits` are of its rules, valued by terms."""

    audience: Audience
    day: dt.date
    follower: AudienceRule
    terms: RuleTerms
    edits: Edits


@dataclass
class Returns:
    """What all of them become. Those that the coordinator has given another rule since are `left` with it."""

    returned: list[Return]
    left: list[Audience]
    reasons: list[str]


def returns_of(called_off: Reorganisation) -> Returns:
    """Return what target groups become without the reorganisation; some queries for each that followed."""
    found = Returns([], [], [])
    changes = called_off.audience_changes.exclude(instead_of=None).select_related("audience", "rule", "instead_of")
    by_audience: dict[Audience, list[AudienceChange]] = defaultdict(list)
    for change in changes.order_by("audience__name", "rule__from_on"):
        by_audience[change.audience].append(change)
    for audience, followers in by_audience.items():
        _return(found, audience, followers, called_off.from_on)
    found.reasons += _naming_what_never_begins(called_off, found.returned)
    return found


def _return(found: Returns, audience: Audience, followers: Sequence[AudienceChange], day: dt.date) -> None:
    planned = [_stretch(one.rule, _end(one)) for one in followers]
    traced = Traced(planned, [_stretch(one.instead_of, _end(one)) for one in followers if one.instead_of])
    rows = AudienceRule.objects.known_at(None).filter(audience=audience).order_by("from_on")
    now = [Known(row.pk, Stretch(row.from_on, row.until_on, (RuleTerms.of(row),))) for row in rows]
    stretches = [known.stretch for known in now]
    back = taken_back(stretches, traced, day)
    if back is None and {one.value for one in split_at(stretches, day)[1]} & {one.value for one in traced.planned}:
        found.reasons.append(_("The target group %(name)s has been changed since.") % {"name": audience.name})
    elif back is None or back == stretches:
        found.left.append(audience)
    else:
        found.returned.append(_returned(audience, followers[0].rule, now, back))


def _returned(audience: Audience, follower: AudienceRule, now: Sequence[Known], back: Sequence[Stretch]) -> Return:
    edits = Edits(FAR)  # Nothing is ended where it stands: what was planned stays as it was known.
    edits.change(audience.pk, now, back)
    holds = holding(back, follower.from_on)
    terms = holds.value[0] if holds else RuleTerms(frozenset())
    return Return(audience, follower.from_on, follower, terms, edits)


def _stretch(rule: AudienceRule, until_on: dt.date | None) -> Stretch:
    return Stretch(rule.from_on, until_on, (RuleTerms.of(rule),))


def _end(change: AudienceChange) -> dt.date | None:
    """Return until when the former rule would have held: it ends where the other begins, or stands as it was."""
    end = change.instead_of.until_on if change.instead_of else None
    return None if end == change.rule.from_on else end


def _naming_what_never_begins(called_off: Reorganisation, returned: Sequence[Return]) -> Iterator[str]:
    rules = AudienceRule.objects.known_at(None).filter(
        holds_from(called_off.from_on), departments__external_id__in=Traces.of(called_off).begun
    )
    gone = [key for one in returned for key in one.edits.withdrawn]
    for name in sorted(set(rules.exclude(pk__in=gone).values_list("audience__name", flat=True))):
        yield _("The target group %(name)s names a department that would never begin. Change the target group first.") % {
            "name": name
        }
