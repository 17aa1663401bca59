"""What the figures rest on, read from the database in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from courses.due_days import Period
from courses.models import Completion, Edition, Exemption, ModuleRule, Offer, Round, Withdrawal
from organisation.keys import IsOneOf
from organisation.models import Absence, Employment
from reports.standing import Done, Terms

Key = tuple[int, int]
"""(module, person)"""

Rows = TypeVar("Rows", bound=QuerySet[Any, Any])


def terms_on(day: dt.date, known_at: dt.datetime | None = None) -> dict[int, Terms]:
    """Return the terms of every module in force that day, by module, in the order of their slugs; two queries."""
    rules = {rule.module_id: rule for rule in ModuleRule.objects.on(day, known_at)}
    editions = Edition.objects.known_at(known_at).in_force_on(day).select_related("module").order_by("module__slug")
    found: dict[int, list[Edition]] = defaultdict(list)
    for edition in editions.defer("payload", "outline").annotate(is_stopped=Exists(_stops_on(day, known_at))):
        found[edition.module_id].append(edition)
    return {module: _terms(of_module, rules.get(module)) for module, of_module in found.items()}


def _stops_on(day: dt.date, known_at: dt.datetime | None) -> QuerySet[Withdrawal]:
    """Withdrawals of the whole edition that stand at the end of the day, as known."""
    end_of_day = timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min))
    lifted = Q(lifted_at__lt=end_of_day) if known_at is None else Q(lifted_at__lt=end_of_day, lifted_at__lte=known_at)
    stops = Withdrawal.objects.filter(edition=OuterRef("pk"), step_key="", withdrawn_at__lt=end_of_day).exclude(lifted)
    return stops if known_at is None else stops.filter(withdrawn_at__lte=known_at)


def _terms(editions: list[Edition], rule: ModuleRule | None) -> Terms:
    module = editions[0].module
    later = [edition for edition in editions if edition.is_material and edition.major > 1 and not edition.is_stopped]  # type: ignore[attr-defined]  # annotated
    latest = max(later, key=lambda edition: (edition.in_force_from, edition.major), default=None)
    days = rule.refresher_days if rule else ModuleRule.DEFAULT_REFRESHER_DAYS
    return Terms(
        module_id=module.pk,
        slug=module.slug,
        title=module.title,
        validity_months=rule.validity_months if rule else None,
        refresher_major=latest.major if latest else None,
        refresh_by=latest.in_force_from + dt.timedelta(days=days) if latest else None,
    )


def completions_until(day: dt.date, known_at: dt.datetime | None = None) -> QuerySet[Completion]:
    """Return the completions up to a day."""
    return _recorded(Completion.objects.filter(completed_on__lte=day), "recorded_at", known_at)


def offers_until(day: dt.date, known_at: dt.datetime | None = None) -> QuerySet[Offer]:
    """Return the offers up to a day."""
    return _recorded(Offer.objects.filter(offered_on__lte=day), "recorded_at", known_at)


def rounds_until(day: dt.date, known_at: dt.datetime | None = None) -> QuerySet[Round]:
    """Return the rounds that were opened up to a day."""
    return _recorded(Round.objects.filter(opened_on__lte=day), "opened_at", known_at)


def done_by_person(
    day: dt.date, known_at: dt.datetime | None = None, people: Collection[int] | None = None
) -> Mapping[Key, list[Done]]:
    """Return the completions of each module by each person; one query."""
    rows = of(completions_until(day, known_at), people)
    found: dict[Key, list[Done]] = defaultdict(list)
    for module, user, major, completed_on in rows.values_list("module_id", "user_id", "edition__major", "completed_on"):
        found[module, user].append(Done(major, completed_on))
    return found


def absences_by_person(
    known_at: dt.datetime | None = None, people: Collection[int] | None = None
) -> Mapping[int, list[Period]]:
    """Return every period of absence of each person; one query."""
    rows = of(Absence.objects.known_at(known_at), people)
    found: dict[int, list[Period]] = defaultdict(list)
    for user, from_on, until_on in rows.values_list("user_id", "from_on", "until_on"):
        found[user].append((from_on, until_on))
    return found


def exempt_on(day: dt.date, known_at: dt.datetime | None = None, people: Collection[int] | None = None) -> set[Key]:
    """Return who was exempt from what; one query."""
    return set(of(Exemption.objects.on(day, known_at), people).values_list("module_id", "user_id"))


def offered_until(day: dt.date, known_at: dt.datetime | None = None) -> set[Key]:
    """Return who had been offered what; one query."""
    return set(offers_until(day, known_at).values_list("module_id", "user_id"))


def started_until(day: dt.date, known_at: dt.datetime | None = None) -> set[Key]:
    """Return who had started what; one query."""
    return set(rounds_until(day, known_at).values_list("module_id", "user_id"))


def _recorded(rows: Rows, moment: str, known_at: dt.datetime | None) -> Rows:
    return rows if known_at is None else rows.filter(**{f"{moment}__lte": known_at})


def of(rows: Rows, people: Collection[int] | None) -> Rows:
    """Keep the rows of these people; all of them without."""
    return rows if people is None else rows.filter(IsOneOf("user", people))


def people_learned_of(day: dt.date, since: dt.datetime, until: dt.datetime, most: int) -> frozenset[int] | None:
    """Return of whom it was learned, after one moment and by another, who they worked for, were exempt from or had completed.

    By the day that is asked for. Of everybody else the same was known at both moments. None if they are more than `most`; one
    query.
    """
    recorded, superseded = (Q(**{f"{name}__gt": since, f"{name}__lte": until}) for name in ("recorded_at", "superseded_at"))
    employments = Employment.objects.filter(recorded | superseded, from_on__lte=day)
    exemptions = Exemption.objects.filter(recorded | superseded, from_on__lte=day)
    learned: tuple[QuerySet[Any, Any], ...] = employments, exemptions, completions_until(day).filter(recorded)
    first, *others = (rows.order_by().values_list("user_id", flat=True) for rows in learned)
    found = frozenset(first.union(*others)[: most + 1])
    return found if len(found) <= most else None
