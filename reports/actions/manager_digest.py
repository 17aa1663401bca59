"""The weekly mail to each manager: only what has changed in the own departments, and no names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from organisation.models import DepartmentManager, User, the_city
from organisation.permissions import line_of
from organisation.tree import Tree
from reports.actions.send_reminders import claim_again, new_message_id, refuse, release
from reports.models import Mailing, without_refused
from reports.reminding.posting import Outcome, Post
from reports.reminding.wording import changes, letter_to_manager
from reports.reminding.working_days import first_working_day_of_week
from reports.statuses import statuses_in

Counts = Mapping[str, Mapping[str, Any]]
"""For each module (key as text): `target`, `done` and `overdue` in the whole line, and its `title`."""


def send_digests(day: dt.date) -> int:
    """Send each manager what has changed since the last mail, on the week's first working day; return to how many.

    The first mail says how things stand. Raises `MailServerDown`.
    """
    if day != first_working_day_of_week(day):
        return 0
    tree = Tree.on(day)
    managing = DepartmentManager.objects.on(day).values("manager")
    managers = without_refused(User.objects.filter(pk__in=managing, is_active=True)).order_by("pk")
    with Post() as post:
        return sum(_send(post, manager, day, tree) for manager in managers)


def _send(post: Post, manager: User, day: dt.date, tree: Tree) -> bool:
    """Claim and send one mail; whether it was sent."""
    counts, before = counts_for(manager, day, tree), _said_before(manager, day)
    sentences = what_has_changed(before, counts)
    if not sentences:
        return False
    mailing = _claim(manager, day, counts)
    if mailing is None:
        return False
    address = settings.SITE_URL + reverse("manager_line")
    letter = letter_to_manager(manager.first_name, sentences, city=the_city().name, address=address)
    outcome, code = post.send(str(manager.email), letter, mailing.message_id)
    if outcome == Outcome.SENT:
        Mailing.objects.filter(pk=mailing.pk).update(sent_at=timezone.now())
    elif outcome == Outcome.REFUSED:
        refuse(mailing, manager, code, day)
    elif outcome == Outcome.POSTPONED:
        release([mailing])
    return outcome == Outcome.SENT


def _claim(manager: User, day: dt.date, counts: Counts) -> Mailing | None:
    """Return the claimed mail; `None` if it has been written today. One that was never confirmed is sent again once."""
    now = timezone.now()
    mailing, is_new = Mailing.objects.get_or_create(
        user=manager,
        on=day,
        kind=Mailing.Kind.MANAGER,
        defaults={"message_id": new_message_id(), "claimed_at": now, "counts": counts},
    )
    return mailing if is_new or claim_again(mailing, now) else None


def _said_before(manager: User, day: dt.date) -> Counts:
    latest = Mailing.objects.filter(user=manager, kind=Mailing.Kind.MANAGER, on__lt=day).exclude(sent_at=None).order_by("-on")
    counts: Counts = next(iter(latest.values_list("counts", flat=True)[:1]), {})
    return counts


def counts_for(manager: User, day: dt.date, tree: Tree) -> Counts:
    """Return how far everybody in the manager's line has come, by module."""
    line = line_of(manager, day, tree)
    statuses = statuses_in(line, day, tree)
    found: dict[str, dict[str, Any]] = {}
    for terms in statuses.modules:
        share = statuses.share(terms.module_id, line)
        found[str(terms.module_id)] = {
            "title": terms.title,
            "target": share.target,
            "done": share.done,
            "overdue": share.overdue,
        }
    return found


def what_has_changed(before: Counts, now: Counts) -> list[str]:
    """Return a sentence for each module whose figures have changed."""
    nothing = {"target": 0, "done": 0, "overdue": 0}
    return [
        changes(
            str(counts["title"]),
            done=counts["done"],
            more_done=counts["done"] - before.get(module, nothing)["done"],
            overdue=counts["overdue"],
            more_overdue=counts["overdue"] - before.get(module, nothing)["overdue"],
            target=counts["target"],
        )
        for module, counts in now.items()
        if any(counts[name] != before.get(module, nothing)[name] for name in nothing)
    ]
