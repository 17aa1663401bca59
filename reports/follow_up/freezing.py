"""Freezes a report: its figures are locked, numbered and hashed."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from courses.payload import canonical
from organisation.models import User, log_event
from organisation.turns import take_turns
from reports.follow_up.building import build
from reports.follow_up.refusing import Refused
from reports.models import Cycle, FollowUp


class FreezeRefused(Refused):
    """The cycle cannot be frozen, or is so already."""


def freeze(cycle: Cycle, *, by: User | None, at: dt.datetime, known_at: dt.datetime | None = None) -> FollowUp:
    """Freeze the cycle's figures as known at `known_at`, which is `at` unless it is said.

    Raises FreezeRefused before the cut-off day is over, for a moment to come, and for a cycle that is frozen. Of two who
    freeze at once the second is told.
    """
    known_at = at if known_at is None else known_at
    refuse_if_not_over(cycle, at, known_at)
    _refuse_if_frozen(cycle)
    with transaction.atomic():
        # An import under way knows an earlier moment than this one, and must be in it.
        take_turns()
    content = canonical(build(cycle, known_at))
    return _store(cycle, content, by=by, at=at, known_at=known_at)


def refuse_if_not_over(cycle: Cycle, at: dt.datetime, known_at: dt.datetime) -> None:
    """Raise for a cut-off day that is not over, or a moment of knowledge outside the time since."""
    day = date_format(cycle.cut_off_on, "j F Y")
    if cycle.cut_off_on >= timezone.localdate(at):
        raise FreezeRefused(
            _("The cut-off day %(day)s is not over. The figures can be frozen from the day after.") % {"day": day}
        )
    if known_at > at:
        raise FreezeRefused(_("The moment of knowledge lies in the future."))
    if timezone.localdate(known_at) <= cycle.cut_off_on:
        raise FreezeRefused(_("The moment of knowledge must come after the cut-off day %(day)s.") % {"day": day})


def _refuse_if_frozen(cycle: Cycle) -> None:
    frozen = FollowUp.objects.filter(cycle=cycle).values_list("number", flat=True).first()
    if frozen is not None:
        said = {"cycle": str(cycle), "number": frozen}
        raise FreezeRefused(_("%(cycle)s is already frozen, as report number %(number)s.") % said)


@transaction.atomic
def _store(cycle: Cycle, content: bytes, *, by: User | None, at: dt.datetime, known_at: dt.datetime) -> FollowUp:
    # Whoever freezes any cycle waits here: numbers follow each other without a gap.
    list(Cycle.objects.select_for_update().order_by("pk").values_list("pk"))
    _refuse_if_frozen(cycle)
    last = FollowUp.objects.aggregate(last=Max("number"))["last"] or 0
    report = FollowUp.objects.create(
        cycle=cycle,
        number=last + 1,
        basis=content,
        sha256=hashlib.sha256(content).hexdigest(),
        known_at=known_at,
        software=settings.RELEASE,
        frozen_at=at,
        frozen_by=by,
    )
    log_event("follow_up.frozen", report, by=by, at=at, cycle=f"{cycle.year} {cycle.period}", number=report.number)
    return report
