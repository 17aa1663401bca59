"""Asks those who answer for departments for their comment, at most once a day."""

from __future__ import annotations

import datetime as dt
import smtplib
from collections.abc import Iterable

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.models import DepartmentManager, Event, User, log_event
from reports.follow_up.asked import Asked, asked_of
from reports.follow_up.composing import read_basis
from reports.follow_up.refusing import Refused
from reports.models import FollowUp, without_refused

VERB = "follow_up.reminded"


@transaction.atomic
def remind(follow_up: FollowUp, *, by: User | None, at: dt.datetime) -> int:
    """Write to the managers of departments that have not commented; return to how many. Raises `Refused`."""
    FollowUp.objects.select_for_update().defer("basis").get(pk=follow_up.pk)
    day = timezone.localdate(at)
    if Event.objects.filter(verb=VERB, subject_id=str(follow_up.pk), at__date=day).exists():
        raise Refused(_("The departments have been reminded today. Wait until tomorrow."))
    waiting = [one for one in asked_of(follow_up, read_basis(follow_up), day) if one.written_at is None]
    letters = list(_letters(follow_up, waiting, day))
    if not letters:
        raise Refused(_("There is nobody to remind."))
    try:
        get_connection().send_messages(letters)
    except (OSError, smtplib.SMTPException) as error:
        raise Refused(_("The mail server takes nothing at present. Nobody was reminded; try again later.")) from error
    log_event(VERB, follow_up, by=by, at=at, number=follow_up.number, mails=len(letters))
    return len(letters)


def _letters(follow_up: FollowUp, waiting: Iterable[Asked], day: dt.date) -> Iterable[EmailMessage]:
    managers = dict(DepartmentManager.objects.on(day).values_list("department_id", "manager_id"))
    addresses = dict(without_refused(User.objects.get_queryset()).filter(pk__in=managers.values()).values_list("pk", "email"))
    for one in waiting:
        if address := addresses.get(managers.get(one.department_id, 0)):
            said = {"cycle": str(follow_up.cycle), "department": one.name}
            text = _("The figures of %(department)s for %(cycle)s are frozen. Write your comment here:") % said
            link = f"{settings.SITE_URL}/chef/{one.department_id}/kommentar/"
            subject = _("The follow-up of %(cycle)s waits for your comment") % said
            yield EmailMessage(subject, f"{text}\n\n{link}\n", to=[address], headers={"Auto-Submitted": "auto-generated"})
