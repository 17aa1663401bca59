"""Who is to be told what on a day, some thousand persons at a time."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.urls import reverse

from courses.assignments import Target, targets_on
from courses.due_days import Period
from organisation.keys import IsOneOf
from organisation.models import Employment, User
from organisation.tree import Tree
from organisation.work import works_of
from reports.models import MailChoice, Notice, without_refused
from reports.record import absences_by_person, done_by_person, exempt_on, terms_on
from reports.reminding.due import Sent, what_is_due
from reports.reminding.wording import Item
from reports.reminding.working_days import first_working_day_of_week
from reports.standing import Standing, Terms, standing
from reports.targets import meant_by

BATCH = 2000
Key = tuple[int, int]
"""(module, person)"""


@dataclass(frozen=True)
class Recipient:
    """A person who can be written to, and what there is to say. `user` has its address and first name only."""

    user: User
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Place:
    """Where a person stands with a module that she is to take, and from when."""

    where: Standing
    assigned_on: dt.date


@dataclass(frozen=True)
class DayOfReminders:
    """What holds on a day for everybody; read once."""

    day: dt.date

    @cached_property
    def tree(self) -> Tree:
        return Tree.on(self.day)

    @cached_property
    def targets(self) -> list[Target]:
        return targets_on(self.day)

    @cached_property
    def terms(self) -> dict[int, Terms]:
        """Of modules that can be taken."""
        return terms_on(self.day)

    @cached_property
    def is_for_gathered(self) -> bool:
        """Whether those who want one mail a week get it today."""
        return self.day == first_working_day_of_week(self.day)

    def batches(self) -> Iterator[list[int]]:
        """Yield the keys of everybody employed that day, in their order."""
        employed, last = Employment.objects.on(self.day).order_by("user_id").values_list("user_id", flat=True).distinct(), 0
        while batch := list(employed.filter(user_id__gt=last)[:BATCH]):
            yield batch
            last = batch[-1]

    def recipients(self, user_ids: Collection[int]) -> list[Recipient]:
        """Return to whom of these persons there is something to say; a fixed number of queries."""
        found = self.items(user_ids)
        weekly = set(MailChoice.objects.filter(user__in=user_ids, is_weekly=True).values_list("user_id", flat=True))
        people = without_refused(User.objects.filter(pk__in=found, is_active=True)).only("pk", "email", "first_name")
        chosen = ((user, self._chosen(found[user.pk], is_weekly=user.pk in weekly)) for user in people.order_by("pk"))
        return [Recipient(user, items) for user, items in chosen if items]

    def _chosen(self, items: list[Item], *, is_weekly: bool) -> tuple[Item, ...]:
        return tuple(item for item in items if self.is_for_gathered or not is_weekly or item.kind == Notice.Kind.OVERDUE)

    def items(self, user_ids: Collection[int]) -> dict[int, list[Item]]:
        """Return what there is to say to each person; five queries."""
        told = told_before(user_ids)
        found: dict[int, list[Item]] = defaultdict(list)
        for (module, person), place in self.places(user_ids).items():
            due = what_is_due(self.day, place.where, place.assigned_on, told.get((module, person), []))
            if due:
                found[person].append(self.item(module, due.kind, due.occurrence, place.where, due.passed_over))
        return found

    def places(self, user_ids: Collection[int]) -> dict[Key, Place]:
        """Return where each stands with what she is to take; the exempt and those away today are left out. Four queries."""
        begun = works_of(Employment.objects.known_at(None).filter(IsOneOf("user", user_ids), from_on__lte=self.day))
        meant = meant_by(self.targets, self.tree, begun, self.day)
        exempt, done = exempt_on(self.day, people=user_ids), done_by_person(self.day, people=user_ids)
        absences = absences_by_person(people=user_ids)
        found = {}
        for key, value in meant.items():
            module, person = key
            away = absences.get(person, [])
            if module in self.terms and key not in exempt and not _is_away(self.day, away):
                where = standing(self.day, self.terms[module], value.periods, done.get(key, []), away)
                found[key] = Place(where, min(start for start, _due in value.periods))
        return found

    def item(
        self,
        module: int,
        kind: Notice.Kind,
        occurrence: str,
        where: Standing | None,
        passed_over: tuple[tuple[Notice.Kind, str], ...] = (),
    ) -> Item:
        """Return what is said of a module."""
        terms = self.terms[module]
        day = (where.valid_through if where.is_completed else where.due_on) if where else None
        return Item(
            module_id=module,
            kind=kind,
            occurrence=occurrence,
            title=terms.title,
            day=day,
            address=settings.SITE_URL + reverse("courses:onward", kwargs={"slug": terms.slug}),
            passed_over=passed_over,
            is_renewal=bool(where and where.is_completed and not where.waits_for_refresher),
        )


def told_before(user_ids: Collection[int]) -> Mapping[Key, list[Sent]]:
    """Return what these persons have been told, by module and person; one query."""
    found: dict[Key, list[Sent]] = defaultdict(list)
    rows = Notice.objects.filter(user__in=user_ids).values_list("module_id", "user_id", "kind", "occurrence", "on")
    for module, user, kind, occurrence, on in rows:
        found[module, user].append(Sent(kind, occurrence, on))
    return found


def _is_away(day: dt.date, absences: list[Period]) -> bool:
    return any(from_on <= day and (until_on is None or day < until_on) for from_on, until_on in absences)
