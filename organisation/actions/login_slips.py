"""A manager prints a slip for somebody without an e-mail address; the code on it lets that person in once."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from organisation.models import LoginSlip, User, log_event
from organisation.permissions import own_departments

VALID_DAYS = 14

# Douglas Crockford's letters: none that is easily taken for another. Twelve of them are sixty bits.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH, GROUP = 12, 4
_AS_WRITTEN = str.maketrans({"O": "0", "I": "1", "L": "1"} | dict.fromkeys(" -\u00a0\u2010\u2011\u2012\u2013\u2014\u2212"))


class SlipRefused(Exception):
    """No slip was made; the text says why."""


@dataclass(frozen=True)
class PrintedSlip:
    """What stands on the paper, and nowhere else. `holds_through` is the last day on which the code can be used."""

    user: User
    code: str
    holds_through: dt.date


@transaction.atomic
def make_slip(*, user: User, by: User, at: dt.datetime) -> PrintedSlip:
    """Make a slip that holds `VALID_DAYS` days, in place of any former one.

    Raises `SlipRefused` for somebody outside `by`'s line of departments, and for whoever a slip should not let in: those with
    an address, and those who may do more than learn.
    """
    today = timezone.localdate(at)
    _lock(user)
    if not User.objects.visible_to(by, today).filter(pk=user.pk).exists():
        raise SlipRefused(_("Nobody who works in your departments has that number."))
    if why_not := slip_hindrance(user, today):
        raise SlipRefused(why_not)
    LoginSlip.objects.filter(user=user, used_at=None, voided_at=None).update(voided_at=at)
    code = "".join(secrets.choice(LETTERS) for _place in range(LENGTH))
    last = today + dt.timedelta(days=VALID_DAYS)
    expires_at = timezone.make_aware(dt.datetime.combine(last + dt.timedelta(days=1), dt.time.min))
    slip = LoginSlip.objects.create(
        user=user, code_hash=_hash(user.pk, code), printed_at=at, printed_by=by, expires_at=expires_at
    )
    log_event("login_slip.printed", user, by=by, at=at, slip=slip.pk, holds_through=last.isoformat())
    return PrintedSlip(user, grouped(code), last)


def slip_hindrance(user: User, day: dt.date) -> str:
    """Say why a slip should not let the person in; empty if it may. At most two queries."""
    if user.email:
        return _("The person has an e-mail address and logs in with it.")
    if not user.employee_number or not user.is_active:
        return _("The person may not log in.")
    if user.is_staff or user.is_superuser or user.groups.exists() or own_departments(user, day):
        return _("The person may see or decide more than a learner, and needs an e-mail address to log in.")
    return ""


@transaction.atomic
def use_slip(*, employee_number: str, code: str, at: dt.datetime) -> User | None:
    """Use up the slip and return whom it lets in; nobody for a wrong, used, replaced or old code."""
    user = _numbered(employee_number.strip())
    if user is None:
        return None
    _lock(user)
    slip = LoginSlip.objects.in_force(at).filter(user=user).first()
    if slip is None or not constant_time_compare(slip.code_hash, _hash(user.pk, normalised(code))):
        return None
    if slip_hindrance(user, timezone.localdate(at)):
        return None
    slip.used_at = at
    slip.save(update_fields=["used_at"])
    log_event("login_slip.used", user, by=user, at=at, slip=slip.pk)
    return user


def _numbered(number: str) -> User | None:
    """Return whose number it is; a telephone's keyboard may have written its letters large or small."""
    alike = list(User.objects.filter(employee_number__iexact=number))
    exact = [user for user in alike if user.employee_number == number]
    found = exact or alike
    return found[0] if len(found) == 1 else None


def _lock(user: User) -> None:
    """Let one change of the person's slips wait for another."""
    User.objects.select_for_update().filter(pk=user.pk).first()


def normalised(code: str) -> str:
    """Return the code that somebody meant: small letters, hyphens, spaces, O for 0, and I or L for 1 are accepted."""
    return code.strip().upper().translate(_AS_WRITTEN)


def grouped(code: str) -> str:
    """Return the code as it is printed: groups of four with hyphens between."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def _hash(user_id: int, code: str) -> str:
    """Hash the code with the installation's key: without it, what is stored helps nobody to guess."""
    return salted_hmac("organisation.login_slip", f"{user_id}:{code}", algorithm="sha256").hexdigest()
