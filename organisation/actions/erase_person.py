"""Erasing a person (gallring): who it was goes, that it happened stays."""

from __future__ import annotations

import datetime as dt
import re

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.erasing import counted, personal_records
from organisation.files import delete_doomed
from organisation.hr import personnummer
from organisation.models import DepartmentManager, Employment, Erasure, User, log_event

SHELL = ("Gallrad", "person")
"""What stands where the name stood."""
DECISION = re.compile(r"(?=.*\d)[\w][\w /.:–-]{2,59}")


class ErasureRefused(Exception):
    """The person cannot be erased, or not so; the text says why. Nothing has changed."""


@transaction.atomic
def erase_person(*, person: User, decision: str, by: User, at: dt.datetime) -> Erasure:
    """Take away all that says who the person was, by a decision of gallring, and return the protocol of it.

    Completions and dated rows stay with a person without a name, so that no figure of a past day changes. All or nothing;
    files go right after the commit, and what an outage leaves goes with the next sweep. Raises `ErasureRefused`.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    decision = " ".join(decision.split())
    refuse_unless_erasable(person, by=by, day=timezone.localdate(at))
    refuse_bad_decision(decision, person)
    counts = {record.key: number for record, number in counted(person)}
    erasure = Erasure.objects.create(
        person=person, decision=decision, erased_on=timezone.localdate(at), erased_at=at, erased_by=by, counts=counts
    )
    for record in personal_records():
        record.go(person, erasure)
    _leave_a_shell(person)
    log_event("person.erased", erasure, by=by, at=at, decision=decision)
    transaction.on_commit(delete_doomed)
    return erasure


def refuse_unless_erasable(person: User, *, by: User, day: dt.date) -> None:
    """Raise `ErasureRefused` for who is erased already, still works here, answers for a department, or asks for it."""
    if Erasure.objects.filter(person=person).exists():
        raise ErasureRefused(_("The person is erased already."))
    if person.pk == by.pk:
        raise ErasureRefused(_("Nobody erases oneself. Ask a colleague."))
    if person.is_superuser:
        raise ErasureRefused(_("The account has all rights. Take them away first."))
    lasts = Q(until_on=None) | Q(until_on__gt=day)
    if Employment.objects.known_at(None).filter(lasts, user=person).exists():
        raise ErasureRefused(_("The person is still employed, or is to be. Only those who have left can be erased."))
    if DepartmentManager.objects.known_at(None).filter(lasts, manager=person).exists():
        raise ErasureRefused(_("The person still answers for a department. Let another manager take over first."))


def refuse_bad_decision(decision: str, person: User) -> None:
    """Raise `ErasureRefused` for what is no decision's number, or says who the person is."""
    if not DECISION.fullmatch(decision):
        raise ErasureRefused(_("Write the number of the decision as it stands in the register, for instance KS 2026/123."))
    known = [person.first_name, person.last_name, person.employee_number, person.email]
    says_who = any(word and re.search(rf"\b{re.escape(word)}\b", decision, re.IGNORECASE) for word in known)
    if says_who or personnummer.is_in(decision):
        raise ErasureRefused(_("The number of the decision stays in the protocol, so it must not say who the person is."))


def _leave_a_shell(person: User) -> None:
    person.first_name, person.last_name = SHELL
    person.employee_number = person.email = person.last_login = None
    person.is_active = person.is_staff = person.is_protected = False
    # A new unusable password ends every session too.
    person.password = make_password(None)
    person.save()
    person.groups.clear()
    person.user_permissions.clear()
