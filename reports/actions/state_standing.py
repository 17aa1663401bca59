"""Saying how far an activity of the plan has come."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from organisation.models import User, log_event
from reports.models import ActivityStatus, PlanActivity


@transaction.atomic
def state_standing(
    *, activity: PlanActivity, standing: str, comment: str, by: User | None, at: dt.datetime
) -> ActivityStatus | None:
    """Add the statement, as of the day of `at`. Saying what was said last adds nothing, and gives `None`."""
    last = activity.statements.first()
    if last and (last.standing, last.comment) == (standing, comment):
        return None
    statement = ActivityStatus.objects.create(
        activity=activity,
        standing=standing,
        comment=comment,
        stood_on=timezone.localdate(at),
        recorded_at=at,
        recorded_by=by,
    )
    if by:
        log_event("plan_activity.stated", activity, by=by, at=at, key=activity.key, standing=standing)
    return statement
