"""Corrections of what is published: numbered, with a reason, shown on every format. The frozen figures stay as they are."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from organisation.models import User, log_event
from reports.follow_up.composing import report_of
from reports.follow_up.outputs import make_all
from reports.follow_up.printable import validate_printable
from reports.follow_up.publishing import store_files
from reports.follow_up.refusing import Refused
from reports.models import Erratum, FollowUp, Publication, cycle_settings


@transaction.atomic
def correct(publication: Publication, *, text: str, reason: str, by: User | None, at: dt.datetime) -> Erratum:
    """Add a correction, and make every format anew with it beside the former ones. Raises `Refused`."""
    text, reason = text.strip(), reason.strip()
    if not text or not reason:
        raise Refused(_("Write both what is right and why it was wrong."))
    for written in (text, reason):
        try:
            validate_printable(written)
        except ValidationError as error:
            raise Refused(error.messages[0]) from error
    follow_up = FollowUp.objects.select_for_update(of=("self",)).select_related("publication").get(pk=publication.follow_up_id)
    number = publication.errata.count() + 1
    erratum = Erratum.objects.create(
        publication=publication, number=number, text=text, reason=reason, corrected_at=at, corrected_by=by
    )
    store_files(publication, make_all(report_of(follow_up), cycle_settings().steering), errata=number, at=at)
    log_event("follow_up.corrected", follow_up, by=by, at=at, number=follow_up.number, erratum=number)
    return erratum
