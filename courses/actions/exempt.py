"""The coordinator lets a person off a module for a period, for one of a few reasons that know nothing of health."""

from __future__ import annotations

import datetime as dt
from typing import cast

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from courses.models import Exemption, Module
from organisation.history import correct, end, record, withdraw
from organisation.models import User, log_event

ONE_DAY = dt.timedelta(days=1)


class ExemptionRefused(Exception):
    """Nothing was changed; `reasons` are for the coordinator."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@transaction.atomic
def grant_exemption(
    *,
    user: User,
    module: Module,
    reason: str,
    from_on: dt.date,
    until_on: dt.date,
    may_correct_past: bool = False,
    by: User | None,
    at: dt.datetime,
) -> Exemption:
    """Let the person off the module from one day until (not including) another.

    Raises `ExemptionRefused` with every reason: a day that has been without leave to correct it, days the wrong way round, a
    reason that is not on the list, or another exemption from the module in the period.
    """
    proposed = Exemption(user=user, module=module, reason=reason, from_on=from_on, until_on=until_on)
    _refuse(proposed, needs_leave=from_on < timezone.localdate(at) and not may_correct_past)
    granted = record(proposed, by=by, at=at)
    _log("exemption.granted", granted, by=by, at=at)
    return granted


@transaction.atomic
def correct_exemption(
    *,
    exemption: Exemption,
    reason: str,
    from_on: dt.date,
    until_on: dt.date,
    may_correct_past: bool = False,
    by: User | None,
    at: dt.datetime,
) -> Exemption:
    """Say that the exemption has another reason or period, and return the row that now says so. What was known before stays.

    Raises `ExemptionRefused` as `grant_exemption` does; a past day is touched where the two periods differ on one.
    """
    held = _locked(exemption)
    changed = {"reason": reason, "from_on": from_on, "until_on": until_on}
    if all(getattr(held, name) == value for name, value in changed.items()):
        return held
    proposed = Exemption(user=held.user, module=held.module, **changed)
    needs_leave = _first_difference(held, proposed) < timezone.localdate(at) and not may_correct_past
    _refuse(proposed, needs_leave=needs_leave, instead_of=held)
    corrected = correct(held, by=by, at=at, **changed)
    _log("exemption.corrected", corrected, by=by, at=at)
    return corrected


@transaction.atomic
def end_exemption(*, exemption: Exemption, by: User | None, at: dt.datetime) -> Exemption:
    """Let the exemption end: from tomorrow the person is to take the module again. One to come was never so."""
    held, tomorrow = _locked(exemption), timezone.localdate(at) + ONE_DAY
    if held.until_on is not None and held.until_on <= tomorrow:
        raise ExemptionRefused([_("The exemption ends today, or has ended.")])
    if held.from_on >= tomorrow:
        withdraw(held, at=at)
        ended = held
    else:
        ended = end(held, until_on=tomorrow, by=by, at=at)
    _log("exemption.ended", ended, by=by, at=at)
    return ended


def _locked(exemption: Exemption) -> Exemption:
    found = Exemption.objects.select_for_update().filter(pk=exemption.pk, superseded_at=None).first()
    if found is None:
        raise ExemptionRefused([_("Somebody else has changed the exemption. Look at it again.")])
    return found


def _first_difference(old: Exemption, new: Exemption) -> dt.date:
    """The first day on which two exemptions that are not the same say something else."""
    if (old.reason, old.from_on) != (new.reason, new.from_on):
        return min(old.from_on, new.from_on)
    return min(day for day in (old.until_on, new.until_on) if day)


def _refuse(proposed: Exemption, *, needs_leave: bool, instead_of: Exemption | None = None) -> None:
    # The lock lets two who exempt the same person at the same moment take turns.
    User.objects.select_for_update().get(pk=proposed.user_id)
    others = Exemption.objects.known_at(None).filter(user=proposed.user, module=proposed.module)
    if instead_of:
        others = others.exclude(pk=instead_of.pk)
    in_the_way = others.filter(Q(until_on=None) | Q(until_on__gt=proposed.from_on), from_on__lt=proposed.until_on)
    found = {
        _("Choose a reason from the list."): proposed.reason not in Exemption.Reason.values,
        _("The last day is before the first day."): not proposed.from_on < cast(dt.date, proposed.until_on),
        _("The day has been. Say that you correct it, or choose today or a later day."): needs_leave,
        **{_already(other): True for other in in_the_way.order_by("from_on")},
    }
    reasons = [reason for reason, holds in found.items() if holds]
    if reasons:
        raise ExemptionRefused(reasons)


def _already(other: Exemption) -> str:
    first = date_format(other.from_on, "j F Y")
    if other.until_on is None:
        return _("The person is exempt from the module from %(first)s until further notice already.") % {"first": first}
    last = date_format(other.until_on - ONE_DAY, "j F Y")
    return _("The person is exempt from the module from %(first)s to %(last)s already.") % {"first": first, "last": last}


def _log(verb: str, exemption: Exemption, *, by: User | None, at: dt.datetime) -> None:
    until_on = exemption.until_on.isoformat() if exemption.until_on else None
    period = {"from_on": exemption.from_on.isoformat(), "until_on": until_on}
    log_event(verb, exemption, by=by, at=at, module=exemption.module_id, person=exemption.user_id, **period)
