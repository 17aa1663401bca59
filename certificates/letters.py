"""Telling holders that a certificate has been issued: which letters wait, claiming one, sending it.

A letter waits from the moment when its certificate is numbered, in the same transaction, and may go when the document is
stored. So nothing is forgotten by a crash, and nothing is told of that is not there.
"""

from __future__ import annotations

import datetime as dt
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import F, Q, QuerySet
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from certificates.models import Letter
from organisation.models import the_city

MOST_CLAIMS = 2
UNCONFIRMED = dt.timedelta(minutes=15)
"""After this the one who claimed a letter is taken to be gone."""


def waiting_letters(at: dt.datetime) -> QuerySet[Letter]:
    """Return the letters that may go now, oldest first: not begun, or begun once and not confirmed."""
    begun = Q(claims=0) | Q(claims__lt=MOST_CLAIMS, claimed_at__lt=at - UNCONFIRMED)
    return Letter.objects.filter(begun, sent_at=None).exclude(certificate__document=None).order_by("pk")


def send(letter_id: int, *, at: dt.datetime) -> bool:
    """Claim a letter and send it. Returns whether it went: not if another has claimed it, or it has nobody to go to."""
    letter = _claim(letter_id, at)
    if letter is None:
        return False
    holder = letter.certificate.completion.user
    if not holder.email or not holder.is_active:
        return False
    _compose(letter, holder.email).send()
    Letter.objects.filter(pk=letter.pk).update(sent_at=at)
    return True


def _claim(letter_id: int, at: dt.datetime) -> Letter | None:
    """Return the letter if it is now ours to send; its Message-ID is the same each time."""
    letter = waiting_letters(at).select_related("certificate__completion__user").filter(pk=letter_id).first()
    if letter is None:
        return None
    letter.message_id = letter.message_id or make_msgid(domain=urlsplit(settings.SITE_URL).hostname)
    same = Letter.objects.filter(pk=letter_id, claims=letter.claims, sent_at=None)
    changes = {"claims": F("claims") + 1, "claimed_at": at, "message_id": letter.message_id}
    return letter if same.update(**changes) else None


def _compose(letter: Letter, address: str) -> EmailMultiAlternatives:
    """The mail: it names neither module nor subject, and carries no file. Whoever sees it in passing learns nothing."""
    context = {"city": the_city(), "address": f"{settings.SITE_URL}/mina-intyg/"}
    mail = EmailMultiAlternatives(
        subject=_("Your certificate is ready"),
        body=render_to_string("certificates/mail/issued.txt", context),
        to=[address],
        headers={"Message-ID": letter.message_id, "Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(render_to_string("certificates/mail/issued.html", context), "text/html")
    return mail
