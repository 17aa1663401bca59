"""What was taught, to whom it was assigned, and how its content stood."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping

import msgspec
from django.db.models import OuterRef, Subquery, Sum

from courses.models import Acceptance, Assignment, AudienceRule, Edition, LegalCheck, LegalSource, ModuleRule
from reports.follow_up.basis import AssignmentAt, EditionGiven, ModuleAt, SourceAt
from reports.follow_up.gathering.territory import Territory
from reports.models import ModuleGoal
from reports.standing import Terms


def modules_of(
    terms: Mapping[int, Terms], day: dt.date, known_at: dt.datetime, *, has_goals: bool = True
) -> tuple[ModuleAt, ...]:
    """Return the modules in force with the edition that learners got on the day, by slug; three queries."""
    rules = {rule.module_id: rule for rule in ModuleRule.objects.on(day, known_at)}
    editions = Edition.objects.known_at(known_at).in_force_on(day).defer("payload", "outline")
    newest: dict[int, Edition] = {}
    for edition in editions.annotate(minutes=Sum("steps__minutes")):
        newest.setdefault(edition.module_id, edition)
    goals = dict(ModuleGoal.objects.on(day, known_at).values_list("module", "percent")) if has_goals else {}
    return tuple(
        _module(
            one,
            newest[one.module_id],
            rules.get(one.module_id),
            goals.get(one.module_id) if has_goals else msgspec.UNSET,
        )
        for one in terms.values()
    )


def _module(terms: Terms, edition: Edition, rule: ModuleRule | None, goal: int | msgspec.UnsetType | None) -> ModuleAt:
    return ModuleAt(
        slug=terms.slug,
        title=edition.title,
        edition=edition.number,
        edition_sha256=edition.sha256,
        in_force_from=edition.in_force_from,
        reviewed_by_jurist=bool(edition.reviewed_by),
        validity_months=terms.validity_months,
        refresher_days=rule.refresher_days if rule else ModuleRule.DEFAULT_REFRESHER_DAYS,
        minutes=edition.minutes or 0,  # type: ignore[attr-defined]  # annotated
        goal_percent=goal,
    )


def assignments_of(
    terms: Mapping[int, Terms], territory: Territory, day: dt.date, known_at: dt.datetime
) -> tuple[AssignmentAt, ...]:
    """Return the assignments in force, those that nobody has accepted too, by module and audience; four queries."""
    rules = AudienceRule.objects.on(day, known_at).prefetch_related("departments")
    by_audience = {rule.audience_id: rule for rule in rules}
    accepted: dict[int, set[int]] = defaultdict(set)
    acceptances = Acceptance.objects.filter(accepted_on__lte=day, recorded_at__lte=known_at)
    for assignment, department in acceptances.values_list("assignment_id", "department_id"):
        accepted[assignment].add(department)
    in_force = Assignment.objects.on(day, known_at).filter(module__in=terms).select_related("audience")
    found = [
        _assignment(one, terms[one.module_id].slug, by_audience[one.audience_id], accepted[one.pk], territory)
        for one in in_force
        if one.audience_id in by_audience
    ]
    return tuple(sorted(found, key=lambda one: (one.module, one.audience, one.from_on)))


def _assignment(one: Assignment, slug: str, rule: AudienceRule, accepted: set[int], territory: Territory) -> AssignmentAt:
    units = {department.pk for department in rule.departments.all()}
    return AssignmentAt(
        module=slug,
        audience=one.audience.name,
        units=tuple(sorted(territory.ids[unit] for unit in units)),
        occupations=tuple(sorted(rule.occupations)),
        only_meets_young=rule.only_meets_young,
        from_on=one.from_on,
        due_on=one.due_on,
        due_days=one.due_days,
        decided_by=one.decided_by,
        accepted=tuple(sorted(territory.ids[unit] for unit in units & accepted)),
    )


def editions_in(from_on: dt.date, until_on: dt.date, known_at: dt.datetime) -> tuple[EditionGiven, ...]:
    """Return the editions that came into force in the period (both days included), by module and number; one query."""
    given = Edition.objects.known_at(known_at).filter(in_force_from__range=(from_on, until_on)).select_related("module")
    ordered = given.order_by("module__slug", "major", "minor").defer("payload", "outline")
    return tuple(
        EditionGiven(
            module=one.module.slug,
            number=one.number,
            sha256=one.sha256,
            is_material=one.is_material,
            in_force_from=one.in_force_from,
            change_note=one.change_note,
            reviewed_by_jurist=bool(one.reviewed_by),
        )
        for one in ordered
    )


def sources_on(day: dt.date, known_at: dt.datetime) -> tuple[SourceAt, ...]:
    """Return every legal source with its latest check up to the day, as known; one query."""
    checks_then = LegalCheck.objects.filter(source=OuterRef("pk"), checked_on__lte=day, recorded_at__lte=known_at)
    latest = checks_then.order_by("-checked_on", "-pk")
    checks = {name: Subquery(latest.values(name)[:1]) for name in ("checked_on", "check_again_on")}
    rows = LegalSource.objects.annotate(**checks).order_by("designation", "key")
    return tuple(
        SourceAt(
            key=one.key,
            designation=one.designation,
            checked_on=one.checked_on,  # type: ignore[attr-defined]  # annotated
            check_again_on=one.check_again_on,  # type: ignore[attr-defined]  # annotated
            is_overdue=one.check_again_on is None or one.check_again_on < day,  # type: ignore[attr-defined]  # annotated
        )
        for one in rows
    )
