"""How reminding goes, in numbers that name nobody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q

from organisation.models import Employment, User
from reports.models import Mailing, RefusedAddress


@dataclass(frozen=True)
class MailsOfKind:
    """How many mails of one kind (`label`) the mail server took, how many it refused, and of how many nobody knows."""

    label: str
    sent: int
    refused: int
    unconfirmed: int


def mails_since(day: dt.date) -> list[MailsOfKind]:
    """Return each kind of mail, with those written for the day or later; zeros included. One query."""
    sent, refused = Q(sent_at__isnull=False), Q(refused_at__isnull=False)
    counted = Mailing.objects.filter(on__gte=day).values("kind")
    rows = counted.annotate(
        sent=Count("pk", filter=sent), refused=Count("pk", filter=refused), unconfirmed=Count("pk", filter=~sent & ~refused)
    )
    found = {str(row["kind"]): row for row in rows}
    return [_of_kind(kind, found.get(kind.value, {})) for kind in Mailing.Kind]


def _of_kind(kind: Mailing.Kind, row: Mapping[str, Any]) -> MailsOfKind:
    return MailsOfKind(str(kind.label), row.get("sent", 0), row.get("refused", 0), row.get("unconfirmed", 0))


@dataclass(frozen=True)
class Unreachable:
    """How many who work cannot be written to: the mail server refuses the address, or there is none."""

    refused: int
    without: int


def unreachable_on(day: dt.date) -> Unreachable:
    """Count those with an employment on the day whose present address is refused, and those without an address."""
    working = User.objects.filter(pk__in=Employment.objects.on(day).values("user"))
    refused = RefusedAddress.objects.filter(user__in=working, address=F("user__email"))
    return Unreachable(refused.values("user").distinct().count(), working.filter(email=None).count())
