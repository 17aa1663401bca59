"""Offering: a module was shown to the person on the site, named in a mail, or talked about at a workplace meeting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.models import Module, Offer
from organisation.history import batches
from organisation.models import User, log_event


class OfferRefused(Exception):
    """Nothing was written; the text says why."""


def offer_on_site(*, user: User, module_ids: Iterable[int], at: dt.datetime) -> None:
    """Write, once for each module, that it was offered here. One query when all are written already."""
    wanted = set(module_ids)
    known = Offer.objects.filter(user=user, channel=Offer.Channel.SITE, module__in=wanted).values_list("module_id", flat=True)
    new = sorted(wanted.difference(known)) if wanted else []
    day = timezone.localdate(at)
    rows = [Offer(user=user, module_id=pk, channel=Offer.Channel.SITE, offered_on=day, recorded_at=at) for pk in new]
    # Another tab may have been first; the first one stands.
    Offer.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def offer_to(
    *, user_ids: Collection[int], module: Module, channel: Offer.Channel, on: dt.date, by: User | None, at: dt.datetime
) -> int:
    """Write that the module was offered to these persons on the day, and return to how many that is new.

    Asked twice, the first one stands: one offer a person, module, channel and day, on the site one in all. Two queries for
    every 500 persons. Raises `OfferRefused` for a day that is after the day of `at`.
    """
    if on > timezone.localdate(at):
        raise OfferRefused(_("An offer cannot be dated after today."))
    terms = {"module": module, "channel": channel, "offered_on": on}
    new = sum(_offer_batch(batch, terms, at) for batch in batches(sorted(set(user_ids))))
    if new:
        log_event("module.offered", module, by=by, at=at, channel=str(channel), on=on.isoformat(), persons=new)
    return new


def _offer_batch(user_ids: list[int], terms: Mapping[str, Any], at: dt.datetime) -> int:
    """Write the offer to each who has none like it, and return to how many."""
    once_in_all = terms["channel"] == Offer.Channel.SITE
    alike = {name: value for name, value in terms.items() if not (once_in_all and name == "offered_on")}
    written = Offer.objects.filter(user__in=user_ids, **alike).values_list("user_id", flat=True)
    new = sorted(set(user_ids).difference(written))
    Offer.objects.bulk_create([Offer(user_id=pk, recorded_at=at, **terms) for pk in new], ignore_conflicts=True)
    return len(new)
