"""A manager reminds some of the own people of a module."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from courses.models import Module
from organisation.models import User, log_event
from reports.actions.send_reminders import Round, deliver, new_message_id
from reports.models import Mailing, Notice, refused_addresses
from reports.reminding.people import DayOfReminders, Place, Recipient
from reports.reminding.posting import Post


class Obstacle(enum.StrEnum):
    """Why somebody who was chosen is not written to."""

    NO_ADDRESS = "no_address"
    REFUSED = "refused"
    NOT_TO_DO = "not_to_do"
    TODAY = "today"


@dataclass(frozen=True)
class Choice:
    """One of those who were chosen; `obstacle` is `None` for whoever gets a mail."""

    person: User
    obstacle: Obstacle | None


@dataclass(frozen=True)
class Reminding:
    """What a reminder would mean: for whom, and who is left out and why."""

    module: Module
    recipients: tuple[Recipient, ...]
    choices: tuple[Choice, ...]

    @property
    def left_out(self) -> list[Choice]:
        """Who gets no mail."""
        return [choice for choice in self.choices if choice.obstacle]


def prepare(*, people: Sequence[User], module: Module, day: dt.date) -> Reminding:
    """Return whom a reminder would reach; a fixed number of queries. `people` are those that the manager may see."""
    ids = [person.pk for person in people]
    reminders = DayOfReminders(day)
    places, refused = reminders.places(ids), refused_addresses(ids)
    today = set(
        Notice.objects.filter(user__in=ids, module=module, on=day, is_passed_over=False).values_list("user_id", flat=True)
    )
    choices = tuple(Choice(person, _obstacle(person, places.get((module.pk, person.pk)), refused, today)) for person in people)
    recipients = tuple(
        Recipient(
            choice.person,
            (reminders.item(module.pk, Notice.Kind.ASKED, f"{day}", places[module.pk, choice.person.pk].where),),
        )
        for choice in choices
        if choice.obstacle is None
    )
    return Reminding(module, recipients, choices)


def _obstacle(person: User, place: Place | None, refused: Collection[int], today: Collection[int]) -> Obstacle | None:
    if place is None or (place.where.is_completed and place.where.is_valid and not place.where.waits_for_refresher):
        return Obstacle.NOT_TO_DO
    if not person.email:
        return Obstacle.NO_ADDRESS
    if person.pk in refused:
        return Obstacle.REFUSED
    return Obstacle.TODAY if person.pk in today else None


def remind_selected(*, reminding: Reminding, by: User, at: dt.datetime) -> int:
    """Send what was prepared, and return how many mails the mail server took. Raises `MailServerDown`.

    Twice at once sends one mail: a person is reminded of a module at most once a day.
    """
    day = timezone.localdate(at)
    with Post() as post:
        here = Round(day, post)
        won = _claim(reminding, by, at)
        deliver(here, won)
    log_event("persons.reminded", reminding.module, by=by, at=at, persons=here.counts["sent"])
    return here.counts["sent"]


@transaction.atomic
def _claim(reminding: Reminding, by: User, at: dt.datetime) -> list[tuple[Mailing, Recipient]]:
    day, won = timezone.localdate(at), []
    for recipient in reminding.recipients:
        mailing = Mailing.objects.create(
            user=recipient.user,
            on=day,
            kind=Mailing.Kind.ASKED,
            message_id=new_message_id(),
            claimed_at=at,
            asked_by=by,
        )
        _notice, is_new = Notice.objects.get_or_create(
            user=recipient.user,
            module=reminding.module,
            kind=Notice.Kind.ASKED,
            occurrence=f"{day}",
            defaults={"mailing": mailing, "on": day},
        )
        if is_new:
            won.append((mailing, recipient))
        else:
            mailing.delete()
    return won
