"""The coordinator says that a report is ready."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from organisation.models import User, log_event
from reports.follow_up.refusing import Refused
from reports.models import Approval, FollowUp, Publication


@transaction.atomic
def approve(follow_up: FollowUp, *, by: User, at: dt.datetime) -> Approval:
    """Approve the report; once more gives the first approval. Raises `Refused` for what is published."""
    FollowUp.objects.select_for_update().defer("basis").get(pk=follow_up.pk)
    if Publication.objects.filter(follow_up=follow_up).exists():
        raise Refused(_("The report is published already."))
    approval, is_new = Approval.objects.get_or_create(follow_up=follow_up, defaults={"approved_at": at, "approved_by": by})
    if is_new:
        log_event("follow_up.approved", follow_up, by=by, at=at, number=follow_up.number)
    return approval
