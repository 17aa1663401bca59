"""Numbering: a completion's turn, its current certificate, and one in the place of another.

Whoever numbers locks the completions first, in the order of their keys, and the series of numbers last. So two who number the
same ones come one after the other, and none waits for one who waits for it.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import msgspec
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from certificates.actions.refusals import HolderErased, LifeRefused
from certificates.actions.revoking import refuse_ended
from certificates.actions.sheets import CommonFacts, Former, fault_of
from certificates.codes import RANDOM_BYTES, new_code
from certificates.fonts import MissingGlyph
from certificates.models import Certificate, Letter, NumberSeries, Revocation
from courses.models import Completion
from organisation.models import Erasure, Event, User, new_event

FIRST_ROUND = 1
NEWS = dt.timedelta(days=7)
"""So long after a completion its certificate is news to the holder; what the sweep makes good later is not."""


@dataclass(frozen=True)
class Order:
    """A certificate that is to be numbered."""

    completion: Completion
    former: Former
    tells_holder: bool


def reserve(completion: Completion, *, at: dt.datetime) -> Certificate:
    """Return the completion's current certificate, numbered now if it is new. Raises `HolderErased`."""
    found = reserve_many([completion.pk], at=at)
    if completion.pk not in found:
        raise HolderErased(completion.pk)
    return found[completion.pk]


@transaction.atomic
def reserve_many(keys: Collection[int], *, at: dt.datetime) -> dict[int, Certificate]:
    """Return the current certificate of each completion, numbered now if it is new; nothing for those of the erased."""
    completions = take_turns(keys)
    found = {one.completion_id: one for one in Certificate.objects.current().filter(completion__in=completions)}
    new = [completion for completion in completions if completion.pk not in found]
    formers = _formers_of(new)
    day = timezone.localdate(at)
    orders = [Order(one, Former(renews=formers.get(one.pk)), day - one.completed_on <= NEWS) for one in new]
    return found | _number(orders, by=None, at=at)


def take_turns(keys: Iterable[int]) -> list[Completion]:
    """Lock the completions, so that all who number their certificates come one after the other; leave out the erased."""
    together = Completion.objects.select_related("round", "user").select_for_update(of=("self",))
    completions = list(together.filter(pk__in=list(keys)).order_by("pk"))
    # Asked for after the lock: whoever held it before may have erased the person.
    people = {completion.user_id for completion in completions}
    erased = set(Erasure.objects.filter(person__in=people).values_list("person_id", flat=True))
    return [completion for completion in completions if completion.user_id not in erased]


def _formers_of(completions: Collection[Completion]) -> dict[int, Certificate]:
    """Return for each the certificate of the latest earlier round that still stands, which a new one renews; one query."""
    later = [completion for completion in completions if completion.round.number > FIRST_ROUND]
    if not later:
        return {}
    standing = Certificate.objects.current().filter(
        completion__user__in={completion.user_id for completion in later},
        completion__module__in={completion.module_id for completion in later},
        revocation=None,
    )
    by_round = list(standing.select_related("completion__round").order_by("completion__round__number"))
    return {
        new.pk: former
        for new in later
        for former in by_round
        if (former.completion.user_id, former.completion.module_id) == (new.user_id, new.module_id)
        and former.completion.round.number < new.round.number
    }


@transaction.atomic
def replace(certificate: Certificate, *, reason: str, by: User, at: dt.datetime, tells_holder: bool = True) -> Certificate:
    """Number a certificate in the place of one whose holder's name or form was wrong; the old one shows as replaced.

    Raises `LifeRefused` for one that is replaced or revoked already, and when the new one could not be drawn; then nothing
    has changed. Raises `HolderErased`.
    """
    if not take_turns([certificate.completion_id]):
        raise HolderErased(certificate.completion_id)
    refuse_ended(certificate)
    new = replace_many([certificate], reason=reason, by=by, at=at, tells_holders=tells_holder)[certificate.completion_id]
    _refuse_undrawn(new)
    return new


def _refuse_undrawn(new: Certificate) -> None:
    fault = fault_of(new)
    if isinstance(fault, MissingGlyph):
        sentence = _("Nothing has changed: no font has the characters %(characters)s. Correct the name first.")
        raise LifeRefused(sentence % {"characters": fault.named})
    if fault:
        raise LifeRefused(_("Nothing has changed: a text on the new certificate is too long for the page. Shorten it first."))


@transaction.atomic
def replace_many(
    certificates: Collection[Certificate], *, reason: str, by: User, at: dt.datetime, tells_holders: bool
) -> dict[int, Certificate]:
    """Number one in the place of each that still stands, by completion. The erased, replaced and revoked are left out."""
    turns = {completion.pk: completion for completion in take_turns(one.completion_id for one in certificates)}
    ended = _ended(certificates)
    orders = [
        Order(turns[one.completion_id], Former(replaces=one, renews=one.renews, reason=reason.strip()), tells_holders)
        for one in certificates
        if one.completion_id in turns and one.pk not in ended
    ]
    new = _number(orders, by=by, at=at)
    replaced = [(order.former.replaces, new[order.completion.pk].number) for order in orders]
    Event.objects.bulk_create(
        new_event("certificate.replaced", former, by=by, at=at, new_number=number) for former, number in replaced if former
    )
    return new


def _ended(certificates: Collection[Certificate]) -> set[int]:
    """Return the keys of those that are replaced or revoked; two queries."""
    replaced = Certificate.objects.filter(replaces__in=certificates).values_list("replaces_id", flat=True)
    revoked = Revocation.objects.filter(certificate__in=certificates).values_list("certificate_id", flat=True)
    return {key for key in replaced if key} | set(revoked)


def _number(orders: Collection[Order], *, by: User | None, at: dt.datetime) -> dict[int, Certificate]:
    """Number certificates in this order, and return them by completion."""
    if not orders:
        return {}
    issued_on = timezone.localdate(at)
    facts = CommonFacts.of([order.completion for order in orders])
    # From here on all others who want a number wait until this transaction ends.
    numbers = NumberSeries.next_numbers(facts.city.code, issued_on.year, len(orders))
    drafts = [_certificate(order, facts, number, issued_on) for order, number in zip(orders, numbers, strict=True)]
    certificates = Certificate.objects.bulk_create(drafts)
    told = {order.completion.pk for order in orders if order.tells_holder and order.completion.user.email}
    Letter.objects.bulk_create(Letter(certificate=one) for one in certificates if one.completion_id in told)
    Event.objects.bulk_create(new_event("certificate.numbered", one, by=by, at=at, number=one.number) for one in certificates)
    return {one.completion_id: one for one in certificates}


def _certificate(order: Order, facts: CommonFacts, number: str, issued_on: dt.date) -> Certificate:
    code = new_code(secrets.token_bytes(RANDOM_BYTES))
    sheet = facts.sheet_of(order.completion, number=number, code=code, issued_on=issued_on, former=order.former)
    return Certificate(
        completion=order.completion,
        replaces=order.former.replaces,
        renews=order.former.renews,
        reason=order.former.reason,
        number=number,
        code=code,
        issued_on=issued_on,
        valid_through=facts.valid_through(order.completion),
        sheet=msgspec.to_builtins(sheet),
    )
