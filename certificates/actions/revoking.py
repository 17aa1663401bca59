"""Ending a certificate's life."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from certificates.actions.refusals import LifeRefused
from certificates.models import Certificate, Revocation
from courses.models import Completion
from organisation.models import User, log_event


@transaction.atomic
def revoke(certificate: Certificate, *, reason: str, by: User, at: dt.datetime) -> Revocation:
    """Say that a certificate holds no longer. Raises `LifeRefused` for one that is replaced or revoked already."""
    Completion.objects.select_for_update().get(pk=certificate.completion_id)
    refuse_ended(certificate)
    revocation = Revocation.objects.create(
        certificate=certificate, reason=reason.strip(), revoked_on=timezone.localdate(at), revoked_at=at, revoked_by=by
    )
    log_event("certificate.revoked", certificate, by=by, at=at)
    return revocation


def refuse_ended(certificate: Certificate) -> None:
    """Raise `LifeRefused` for a certificate that is replaced or revoked already."""
    if Certificate.objects.filter(replaces=certificate).exists():
        raise LifeRefused(_("Certificate %(number)s is replaced already.") % {"number": certificate.number})
    if Revocation.objects.filter(certificate=certificate).exists():
        raise LifeRefused(_("Certificate %(number)s is revoked already.") % {"number": certificate.number})
