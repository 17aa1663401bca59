"""The coordinator proposes that an audience takes a module by a day, or so many days after joining the audience."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from courses.models import Assignment, Audience, AudienceRule, Edition, Module
from organisation.history import record
from organisation.models import User, log_event


class ProposalRefused(Exception):
    """Nothing was proposed; `reasons` are for the coordinator."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@transaction.atomic
def propose_assignment(
    *,
    module: Module,
    audience: Audience,
    from_on: dt.date,
    due_on: dt.date | None = None,
    due_days: int | None = None,
    decided_by: str = "",
    note: str = "",
    by: User | None,
    at: dt.datetime,
) -> Assignment:
    """Save the assignment and return it; it holds in a department from the day when its manager accepts it.

    Raises `ProposalRefused` with every reason; then nothing has changed.
    """
    proposal = Assignment(
        module=module,
        audience=audience,
        from_on=from_on,
        due_on=due_on,
        due_days=due_days,
        decided_by=decided_by.strip(),
        note=note.strip(),
    )
    reasons = _reasons(proposal)
    if reasons:
        raise ProposalRefused(reasons)
    assignment = record(proposal, by=by, at=at)
    log_event("assignment.proposed", assignment, by=by, at=at, module=module.slug, audience=audience.pk)
    return assignment


def _reasons(proposal: Assignment) -> list[str]:
    module, audience, from_on, due_on = proposal.module, proposal.audience, proposal.from_on, proposal.due_on
    # The lock lets two who propose the same at the same moment take turns.
    Audience.objects.select_for_update().get(pk=audience.pk)
    others = Assignment.objects.known_at(None).filter(module=module, audience=audience)
    found = {
        _("Say either a due day or a number of days."): (due_on is None) == (proposal.due_days is None),
        _("The number of days is at least 1."): proposal.due_days is not None and proposal.due_days < 1,
        _("The due day is before the start."): due_on is not None and due_on < from_on,
        _("The module has not been given out yet."): not Edition.objects.filter(module=module).exists(),
        _("The audience has no rule on the day of the start."): (
            not AudienceRule.objects.on(from_on).filter(audience=audience).exists()
        ),
        _("The module is already assigned to this audience. End that assignment first."): (
            others.filter(Q(until_on=None) | Q(until_on__gt=from_on)).exists()
        ),
    }
    return [reason for reason, holds in found.items() if holds]
