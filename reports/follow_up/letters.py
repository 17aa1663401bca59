"""Telling the recipients that a report is published: one mail to each address, whatever happens in between."""

from __future__ import annotations

import datetime as dt
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import F, Q, QuerySet
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from organisation.models import the_city
from reports.models import Publication, PublicationLetter, RecipientList

MOST_CLAIMS = 2
UNCONFIRMED = dt.timedelta(minutes=15)
"""After this the one who claimed a letter is taken to be gone."""


def tell_recipients(publication: Publication) -> None:
    """Let a letter wait for every address of the active lists, once each; the sweep sends them."""
    lists = RecipientList.objects.filter(is_active=True).values_list("addresses", flat=True)
    addresses = sorted({address.strip().lower() for listed in lists for address in listed if address.strip()})
    domain = urlsplit(settings.SITE_URL).hostname
    PublicationLetter.objects.bulk_create(
        PublicationLetter(publication=publication, address=address, message_id=make_msgid(domain=domain))
        for address in addresses
    )


def waiting_letters(at: dt.datetime) -> QuerySet[PublicationLetter]:
    """Return the letters that may go now: not begun, or begun once and not confirmed."""
    begun = Q(claims=0) | Q(claims__lt=MOST_CLAIMS, claimed_at__lt=at - UNCONFIRMED)
    return PublicationLetter.objects.filter(begun, sent_at=None).order_by("pk")


def send(letter_id: int, *, at: dt.datetime) -> bool:
    """Claim a letter and send it. Returns whether it went; not if another has claimed it."""
    waiting = waiting_letters(at).select_related("publication__follow_up__cycle").defer(*_HEAVY)
    letter = waiting.filter(pk=letter_id).first()
    if letter is None:
        return False
    same = PublicationLetter.objects.filter(pk=letter_id, claims=letter.claims, sent_at=None)
    if not same.update(claims=F("claims") + 1, claimed_at=at):
        return False
    _compose(letter).send()
    PublicationLetter.objects.filter(pk=letter_id).update(sent_at=at)
    return True


_HEAVY = ("publication__follow_up__basis", "publication__statements", "publication__hidden")


def _compose(letter: PublicationLetter) -> EmailMultiAlternatives:
    cycle = letter.publication.follow_up.cycle
    address = f"{settings.SITE_URL}/uppfoljning/{cycle.year}/{cycle.period}/"
    context = {"city": the_city(), "cycle": cycle, "case_number": letter.publication.case_number, "address": address}
    mail = EmailMultiAlternatives(
        subject=_("The follow-up of %(cycle)s is published") % {"cycle": str(cycle)},
        body=render_to_string("reports/mail/published.txt", context),
        to=[letter.address],
        headers={"Message-ID": letter.message_id, "Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(render_to_string("reports/mail/published.html", context), "text/html")
    return mail
