"""Target groups no longer follow what is called off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from courses.actions.follow_successors import tell_change
from courses.membership import changes_with
from courses.models import AudienceRule
from courses.returning import Return, returns_of
from organisation.history import record, withdraw
from organisation.models import Reorganisation, User


class ReturnRefused(Exception):
    """Nothing was changed; `reasons` are for the coordinator."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@transaction.atomic
def follow_no_longer(
    *, called_off: Reorganisation, because_of: Reorganisation, by: User | None, at: dt.datetime
) -> list[AudienceRule]:
    """Let the rules that followed what the protocol `because_of` calls off say again what they said before, and return those.

    What it means in numbers, in the organisation as it is again, is written in a protocol. A rule that the coordinator has
    replaced since is left. Raises `ReturnRefused` with every reason; then nothing has changed.
    """
    returns = returns_of(called_off)
    if returns.reasons:
        raise ReturnRefused(returns.reasons)
    return [_return(one, because_of, by, at) for one in returns.returned]


def _return(one: Return, because_of: Reorganisation, by: User | None, at: dt.datetime) -> AudienceRule:
    counted = [change.as_data() for change in changes_with(one.audience, one.terms, one.day, timezone.localdate(at))]
    for rule in AudienceRule.objects.filter(pk__in=one.edits.withdrawn):
        withdraw(rule, at=at)
    recorded: list[AudienceRule] = []
    for _audience, stretch in one.edits.added:
        terms = stretch.value[0]
        row = terms.row(audience=one.audience, from_on=stretch.from_on, until_on=stretch.until_on)
        recorded.append(record(row, by=by, at=at))
        row.departments.set(terms.departments)
    holding = next(row for row in recorded if row.holds(one.day))
    tell_change(holding, one.day, instead_of=one.follower, counted=counted, because_of=because_of, by=by, at=at)
    return holding
