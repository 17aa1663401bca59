"""A run of reminders: what is due on a day and not yet sent. May be killed anywhere, and run by several at once.

Each mail is claimed by a row before it is sent, and confirmed after the mail server took it. An unconfirmed one is sent
again once, with the same Message-ID; one that was certainly not taken is released, and due again.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.actions.offer import offer_to
from courses.models import Completion, Module, Offer
from organisation.history import batches
from organisation.models import User, the_city
from reports.actions.run_of_reminders import written_down
from reports.models import Mailing, Notice, RefusedAddress, ReminderRun
from reports.reminding.people import DayOfReminders, Recipient
from reports.reminding.posting import Outcome, Post
from reports.reminding.wording import Item, letter_to_learner
from reports.reminding.working_days import is_working_day, name_of_day_off

UNCONFIRMED_AFTER = dt.timedelta(minutes=10)
MOST_ATTEMPTS = 2
CONFIRMED_AT_ONCE = 25
OFFERS = frozenset({Notice.Kind.OFFERED, Notice.Kind.DUE_IN_14, Notice.Kind.DUE_IN_3, Notice.Kind.OVERDUE})


class DayOff(Exception):
    """Nothing is sent on such a day; the text says why."""


@dataclass
class Round:
    """A run under way: the day, the open connection, and what has become of mails so far."""

    day: dt.date
    post: Post
    counts: Counter[str] = field(default_factory=Counter)

    @cached_property
    def reminders(self) -> DayOfReminders:
        return DayOfReminders(self.day)

    @cached_property
    def city(self) -> str:
        return str(the_city().name)


def choice_address() -> str:
    """Return where one chooses how reminders come."""
    return f"{settings.SITE_URL}{reverse('mail_choice')}"


def send_reminders(day: dt.date) -> Counter[str]:
    """Send what is due on the day, and return how many mails and reminders of what kind.

    Raises `DayOff`, or `MailServerDown` when the mail server takes nothing; what was not sent is due the next time.
    """
    refuse_day_off(day)
    with written_down(day, ReminderRun.Whom.LEARNERS) as run, Post() as post:
        here = Round(day, post, run.tally)
        send_unconfirmed(here)
        for user_ids in here.reminders.batches():
            send_to(here, here.reminders.recipients(user_ids))
            run.keep()
    return run.tally


def refuse_day_off(day: dt.date) -> None:
    """Raise `DayOff` for a day when nobody is written to."""
    if not is_working_day(day):
        name = name_of_day_off(day) or (_("a Saturday") if day.weekday() == 5 else _("a Sunday"))
        raise DayOff(_("%(day)s is %(name)s: nothing is sent.") % {"day": day, "name": name})


def send_to(here: Round, recipients: Sequence[Recipient]) -> None:
    """Claim and send a mail to each; whoever another run has claimed is left to it."""
    by_person = {one.user.pk: one for one in recipients}
    claimed = claim(here.day, by_person)
    deliver(here, [(mailing, by_person[mailing.user_id]) for mailing in claimed])


@transaction.atomic
def claim(day: dt.date, by_person: dict[int, Recipient]) -> list[Mailing]:
    """Write a row for each mail and each thing that it says, and return the mails that nobody else had written."""
    now = timezone.now()
    wanted = [
        Mailing(user_id=pk, on=day, kind=Mailing.Kind.LEARNER, message_id=new_message_id(), claimed_at=now) for pk in by_person
    ]
    Mailing.objects.bulk_create(wanted, ignore_conflicts=True, batch_size=500)
    won = [
        mailing
        for batch in batches(one.message_id for one in wanted)
        for mailing in Mailing.objects.filter(message_id__in=batch).order_by("user_id")
    ]
    notices = [notice for mailing in won for notice in _notices(mailing, by_person[mailing.user_id].items, day)]
    Notice.objects.bulk_create(notices, ignore_conflicts=True, batch_size=500)
    # A run for another day may have told the same at this very moment; then there is nothing left to say.
    speaking = _with_something_to_say(won)
    release([mailing for mailing in won if mailing.pk not in speaking])
    return [mailing for mailing in won if mailing.pk in speaking]


def _with_something_to_say(mailings: Sequence[Mailing]) -> set[int]:
    return {
        pk
        for batch in batches(mailing.pk for mailing in mailings)
        for pk in Notice.objects.filter(mailing__in=batch).values_list("mailing_id", flat=True)
    }


def _notices(mailing: Mailing, items: Iterable[Item], day: dt.date) -> Iterable[Notice]:
    for item in items:
        same = {"user_id": mailing.user_id, "module_id": item.module_id, "on": day}
        yield Notice(mailing=mailing, kind=item.kind, occurrence=item.occurrence, **same)
        for kind, occurrence in item.passed_over:
            yield Notice(mailing=mailing, kind=kind, occurrence=occurrence, is_passed_over=True, **same)


def new_message_id() -> str:
    """Return a Message-ID that names no person."""
    host = settings.SITE_URL.split("://")[-1].split(":")[0] or "localhost"
    return f"<{uuid.uuid4()}@{host}>"


def deliver(here: Round, mails: Sequence[tuple[Mailing, Recipient]]) -> None:
    """Send claimed mails. What was not handed over when the mail server goes down is released."""
    waiting, taken = list(mails), []
    try:
        while waiting:
            mailing, recipient = waiting.pop(0)
            letter = letter_to_learner(
                recipient.user.first_name, recipient.items, city=here.city, choice_address=choice_address()
            )
            outcome, code = here.post.send(str(recipient.user.email), letter, mailing.message_id)
            here.counts[outcome.value] += 1
            if outcome == Outcome.SENT:
                taken.append((mailing, recipient))
            elif outcome == Outcome.REFUSED:
                refuse(mailing, recipient.user, code, here.day)
            elif outcome == Outcome.POSTPONED:
                release([mailing])
            if len(taken) == CONFIRMED_AT_ONCE:
                confirm(here, taken)
                taken = []
    finally:
        confirm(here, taken)
        release([mailing for mailing, _recipient in waiting])


def confirm(here: Round, taken: Sequence[tuple[Mailing, Recipient]]) -> None:
    """Write that the mail server took these, and that what they name was offered."""
    now = timezone.now()
    Mailing.objects.filter(pk__in=[mailing.pk for mailing, _recipient in taken]).update(sent_at=now)
    offered: dict[int, list[int]] = {}
    for mailing, recipient in taken:
        for item in recipient.items:
            here.counts[item.kind.value] += 1
            if item.kind in OFFERS and not item.is_renewal:
                offered.setdefault(item.module_id, []).append(mailing.user_id)
    for module_id, user_ids in offered.items():
        on = min(here.day, timezone.localdate(now))
        offer_to(user_ids=user_ids, module=Module(pk=module_id), channel=Offer.Channel.MAIL, on=on, by=None, at=now)


@transaction.atomic
def refuse(mailing: Mailing, user: User, code: int, day: dt.date) -> None:
    """Mark the address; what the mail was to say is due again when the person has another one."""
    RefusedAddress.objects.get_or_create(user=user, address=str(user.email), defaults={"refused_on": day, "code": code})
    mailing.notices.all().delete()
    Mailing.objects.filter(pk=mailing.pk).update(refused_at=timezone.now())


def release(mailings: Sequence[Mailing]) -> None:
    """Undo the claim of mails that were certainly not sent."""
    for batch in batches(mailing.pk for mailing in mailings):
        Mailing.objects.filter(pk__in=batch).delete()


def send_unconfirmed(here: Round) -> None:
    """Send again, once, what was claimed some minutes ago and never confirmed; what has been done meanwhile is left out."""
    now = timezone.now()
    left = unconfirmed(now).exclude(kind=Mailing.Kind.MANAGER)
    for mailing in left.select_related("user").order_by("pk"):
        items = _items_left(here, mailing)
        if claim_again(mailing, now) and items and mailing.user.email:
            here.counts["again"] += 1
            deliver(here, [(mailing, Recipient(mailing.user, items))])


def unconfirmed(now: dt.datetime) -> QuerySet[Mailing]:
    """Return the mails of which nobody knows whether they were sent, and that may be sent once more."""
    waiting = Mailing.objects.filter(sent_at=None, refused_at=None)
    return waiting.filter(attempts__lt=MOST_ATTEMPTS, claimed_at__lt=now - UNCONFIRMED_AFTER)


def claim_again(mailing: Mailing, now: dt.datetime) -> bool:
    """Claim an unconfirmed mail for its second attempt; whether nobody else did."""
    return bool(unconfirmed(now).filter(pk=mailing.pk).update(attempts=MOST_ATTEMPTS, claimed_at=now))


def _items_left(here: Round, mailing: Mailing) -> tuple[Item, ...]:
    since = Completion.objects.filter(user=mailing.user_id, recorded_at__gte=mailing.claimed_at)
    done = set(since.values_list("module_id", flat=True))
    places = here.reminders.places([mailing.user_id])
    return tuple(
        here.reminders.item(notice.module_id, Notice.Kind(notice.kind), notice.occurrence, places[key].where)
        for notice in mailing.notices.filter(is_passed_over=False)
        if (key := (notice.module_id, mailing.user_id)) in places and notice.module_id not in done
    )
