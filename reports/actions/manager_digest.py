"""The weekly mail to each manager: only what has changed in the own departments, and no names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from organisation.models import DepartmentManager, User, the_city
from organisation.permissions import line_of
from organisation.tree import Tree
from reports.actions.run_of_reminders import written_down
from reports.actions.send_reminders import claim_again, new_message_id, refuse, refuse_day_off, release
from reports.managing import proposals_for
from reports.models import Mailing, ReminderRun, without_refused
from reports.reminding.posting import Outcome, Post
from reports.reminding.wording import Standing, changes, decisions, letter_to_manager
from reports.reminding.working_days import first_working_day_of_week
from reports.statuses import statuses_in

LEFT_OVER = frozenset({Outcome.POSTPONED.value, Outcome.UNKNOWN.value})
Counts = Mapping[str, Mapping[str, Any]]
"""For each module (key as text): `target`, `done` and `overdue` in the whole line, and its `title`; and `DECISIONS`."""
DECISIONS = "decisions"
"""Under `waiting` the keys of the assignments that wait for the manager's decision."""


def send_digests(day: dt.date) -> int:
    """Send each manager what has changed since the last mail, once a week; return to how many.

    The week's first working day is theirs; what was missed then goes out on a later day of the week. The first mail says how
    things stand. Raises `DayOff` or `MailServerDown`.
    """
    refuse_day_off(day)
    week = first_working_day_of_week(day)
    if week is None or _is_done(week):
        return 0
    tree = Tree.on(day)
    managing = DepartmentManager.objects.serving(day).values("manager")
    managers = without_refused(User.objects.filter(pk__in=managing, is_active=True)).order_by("pk")
    with written_down(day, ReminderRun.Whom.MANAGERS) as run, Post() as post:
        for manager in managers.exclude(pk__in=_written_to(week)):
            if mailing := _claim(manager, week, counts_for(manager, day, tree)):
                run.tally[_send(post, mailing, manager, day).value] += 1
    return run.tally[Outcome.SENT.value]


def _is_done(week: dt.date) -> bool:
    """Whether a run of the week wrote to everybody, so that nobody has to be asked for again."""
    runs = ReminderRun.objects.filter(whom=ReminderRun.Whom.MANAGERS, on__range=(week, week + dt.timedelta(days=6)))
    return any(not LEFT_OVER & set(counts) for counts in runs.exclude(ended_at=None).values_list("counts", flat=True))


def _written_to(week: dt.date) -> QuerySet[Mailing, int]:
    mails = Mailing.objects.filter(kind=Mailing.Kind.MANAGER, on=week).exclude(sent_at=None)
    return mails.values_list("user", flat=True)


def _send(post: Post, mailing: Mailing, manager: User, day: dt.date) -> Outcome:
    """Send a claimed mail and write down what became of it."""
    before = _said_before(manager, mailing.on)
    sentences = what_has_changed(before, mailing.counts)
    address = settings.SITE_URL + reverse("manager_line")
    letter = letter_to_manager(manager.first_name, sentences, is_first=not before, city=the_city().name, address=address)
    outcome, code = post.send(str(manager.email), letter, mailing.message_id)
    if outcome == Outcome.SENT:
        Mailing.objects.filter(pk=mailing.pk).update(sent_at=timezone.now())
    elif outcome == Outcome.REFUSED:
        refuse(mailing, manager, code, day)
    elif outcome == Outcome.POSTPONED:
        release([mailing])
    return outcome


def _claim(manager: User, week: dt.date, counts: Counts) -> Mailing | None:
    """Return the claimed mail of the week; `None` if there is nothing to say or it has been written.

    One that was never confirmed is sent again once, as it was.
    """
    if not what_has_changed(_said_before(manager, week), counts):
        return None
    now = timezone.now()
    mailing, is_new = Mailing.objects.get_or_create(
        user=manager,
        on=week,
        kind=Mailing.Kind.MANAGER,
        defaults={"message_id": new_message_id(), "claimed_at": now, "counts": counts},
    )
    return mailing if is_new or claim_again(mailing, now) else None


def _said_before(manager: User, week: dt.date) -> Counts:
    latest = Mailing.objects.filter(user=manager, kind=Mailing.Kind.MANAGER, on__lt=week).exclude(sent_at=None).order_by("-on")
    counts: Counts = next(iter(latest.values_list("counts", flat=True)[:1]), {})
    return counts


def counts_for(manager: User, day: dt.date, tree: Tree) -> Counts:
    """Return how far everybody in the manager's line has come, by module, and what waits for a decision."""
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
    if waiting := [proposal.assignment.pk for proposal in proposals_for(line, day, {})]:
        found[DECISIONS] = {"waiting": waiting}
    return found


def what_has_changed(before: Counts, now: Counts) -> list[str]:
    """Return a sentence on what newly waits for a decision, and one for each module whose figures have changed."""
    waiting, waited = (set(counts.get(DECISIONS, {}).get("waiting", ())) for counts in (now, before))
    nothing = {"target": 0, "done": 0, "overdue": 0}
    modules = {key: counts for key, counts in now.items() if key != DECISIONS}
    return [
        *([decisions(len(waiting))] if waiting - waited else []),
        *(
            changes(str(counts["title"]), Standing.of(counts), Standing.of(before[key]) if key in before else None)
            for key, counts in modules.items()
            if Standing.of(counts) != Standing.of(before.get(key, nothing))
        ),
    ]
