"""A jurist approves a module's content, exactly as it stands."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.giving_out.prospect import Prospect
from cms.models import LegalApproval
from organisation.models import User, log_event


class ContentHasChanged(Exception):
    """Nothing was approved, because it is no longer what the jurist read; the text says so."""


@transaction.atomic
def approve(*, prospect: Prospect, content_sha256: str, by: User, at: dt.datetime) -> LegalApproval:
    """Store the approval and return it. Asked twice, the first one stands."""
    if content_sha256 != prospect.sha256:
        raise ContentHasChanged(_("The content has changed since you opened the page. Read it again before you approve it."))
    module = prospect.page.module
    approval, is_new = LegalApproval.objects.get_or_create(
        module=module, content_sha256=content_sha256, defaults={"approved_by": by, "approved_on": timezone.localdate(at)}
    )
    if is_new:
        log_event("content.approved", module, by=by, at=at, sha256=content_sha256)
    return approval
