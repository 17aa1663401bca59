"""The stop button: an edition, or one step of it, is withdrawn at once, and may come back."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from courses.models import Edition, Withdrawal
from organisation.models import User, log_event


class WithdrawalRefused(Exception):
    """Nothing was withdrawn or lifted; the text says why."""


@transaction.atomic
def withdraw(*, edition: Edition, step_key: str, reason: str, by: User, at: dt.datetime) -> Withdrawal:
    """Stop the step, or with an empty key the whole edition. Asked twice, the first one stands."""
    if not reason.strip():
        raise WithdrawalRefused(_("Say why it is withdrawn: learners will read it."))
    if step_key and step_key not in {step["key"] for step in edition.outline}:
        raise WithdrawalRefused(_("The edition has no such step."))
    withdrawal, is_new = Withdrawal.objects.get_or_create(
        edition=edition,
        step_key=step_key,
        lifted_at=None,
        defaults={"reason": reason.strip(), "withdrawn_at": at, "withdrawn_by": by},
    )
    if is_new:
        log_event("edition.withdrawn", edition, by=by, at=at, step=step_key)
    return withdrawal


@transaction.atomic
def lift(*, withdrawal: Withdrawal, by: User, at: dt.datetime) -> Withdrawal:
    """Let learners go on. Asked twice, the first one stands."""
    if Withdrawal.objects.filter(pk=withdrawal.pk, lifted_at=None).update(lifted_at=at, lifted_by=by):
        log_event("edition.withdrawal_lifted", withdrawal.edition, by=by, at=at, step=withdrawal.step_key)
    withdrawal.refresh_from_db()
    return withdrawal
