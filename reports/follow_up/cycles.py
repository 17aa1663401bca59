"""Opening cycles, and doing by itself what the calendar asks for. Each can be done by hand as well, and twice does no harm."""

from __future__ import annotations

import datetime as dt
import logging

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from organisation.models import HrImport, User, log_event
from reports.follow_up.calendar import turns_to_open
from reports.follow_up.freezing import FreezeRefused, freeze
from reports.models import Cycle, FollowUp, cycle_settings

logger = logging.getLogger(__name__)

OPENED_BEFORE = dt.timedelta(days=30)
"""So long before its cut-off day a cycle is opened by itself."""
STALE = dt.timedelta(days=90)
"""A cycle whose cut-off day is longer ago is opened and frozen by hand only: nobody waits for it."""


@transaction.atomic
def open_cycle(*, year: int, period: str, by: User | None, at: dt.datetime) -> Cycle:
    """Open a cycle with the cut-off day that is decided now; one that is open stays as it is."""
    cut_off_on = cycle_settings().cut_off_on(year, period)
    cycle, is_new = Cycle.objects.get_or_create(
        year=year, period=period, defaults={"cut_off_on": cut_off_on, "opened_at": at, "opened_by": by}
    )
    if is_new:
        log_event("follow_up.cycle_opened", cycle, by=by, at=at, cycle=f"{year} {period}", cut_off_on=str(cut_off_on))
    return cycle


def open_due(at: dt.datetime) -> list[Cycle]:
    """Open the cycles whose turn it is."""
    day = timezone.localdate(at)
    turns = turns_to_open(cycle_settings(), day, set(Cycle.objects.values_list("year", "period")))
    due = [turn for turn in turns if day - STALE <= turn.cut_off_on <= day + OPENED_BEFORE]
    return [open_cycle(year=turn.year, period=turn.period, by=None, at=at) for turn in due]


def freeze_due(at: dt.datetime) -> list[FollowUp]:
    """Freeze the open cycles whose days of waiting are over, the earliest first."""
    day = timezone.localdate(at)
    waited = dt.timedelta(days=cycle_settings().freeze_after_days)
    due = Cycle.objects.filter(follow_up=None, cut_off_on__lte=day - waited, cut_off_on__gte=day - STALE)
    frozen = []
    for cycle in due.order_by("cut_off_on"):
        try:
            frozen.append(freeze(cycle, by=None, at=at))
        except FreezeRefused as refused:
            # Somebody froze it meanwhile, or the days of waiting are none and the cut-off day is today.
            logger.info("%s", refused)
    return frozen


def old_file_warning(cycle: Cycle) -> str:
    """Return a sentence if the newest HR file is older than the cut-off day, else nothing; one query."""
    newest = HrImport.objects.aggregate(newest=Max("as_of"))["newest"]
    if newest is None or newest >= cycle.cut_off_on:
        return ""
    said = {"newest": date_format(newest, "j F Y"), "day": date_format(cycle.cut_off_on, "j F Y")}
    return _("The newest HR file is of %(newest)s, before the cut-off day %(day)s. Import a newer one before freezing.") % said
