"""Entries in the library of signs: edited by one, approved by another."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from courses.models import Symbol
from courses.models.symbols import APPROVE_SYMBOLS
from organisation.models import User, log_event


class ApprovalRefused(Exception):
    """Nothing was approved; the text says why."""


@transaction.atomic
def keep_as_draft(*, symbol: Symbol, by: User, at: dt.datetime) -> Symbol:
    """Save an entry that somebody has written in: it is a draft until somebody else has read it as it now stands."""
    was_approved = symbol.approved_on is not None
    symbol.edited_by, symbol.approved_by, symbol.approved_on = by, None, None
    symbol.save()
    log_event("symbol.edited", symbol, by=by, at=at, key=symbol.key, was_approved=was_approved)
    return symbol


@transaction.atomic
def approve_symbol(*, symbol: Symbol, by: User, on: dt.date, check_again_on: dt.date, at: dt.datetime) -> Symbol:
    """Publish the entry as it stands, checked against its sources on a day; an approved one is checked again in the same way.

    Raises `ApprovalRefused` if `by` may not approve, wrote in it last herself, or the next check does not come later.
    """
    symbol = Symbol.objects.select_for_update().get(pk=symbol.pk)
    if not by.has_perm(APPROVE_SYMBOLS):
        raise ApprovalRefused(_("You may not approve entries."))
    if symbol.edited_by_id == by.pk:
        raise ApprovalRefused(_("You wrote in the entry last. Somebody else has to approve it."))
    if check_again_on <= on:
        raise ApprovalRefused(_("The next check must come after this one."))
    symbol.approved_by, symbol.approved_on = by, on
    symbol.checked_by, symbol.checked_on, symbol.check_again_on = by.get_full_name(), on, check_again_on
    symbol.save()
    log_event("symbol.approved", symbol, by=by, at=at, key=symbol.key, check_again_on=check_again_on.isoformat())
    return symbol
