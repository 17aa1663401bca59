"""The figures of `docs/figures.md`, slowly: each sentence of the definitions is a loop over persons, days and rows.

Nothing here is shared with `reports`, so that the two can prove each other. Please keep it slow and obvious.
"""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils import timezone

from courses.models import (
    Acceptance,
    Assignment,
    AudienceRule,
    Completion,
    Edition,
    Exemption,
    Module,
    ModuleRule,
    Offer,
    Round,
    Withdrawal,
)
from organisation.models import Absence, DepartmentName, DepartmentPlace, Employment, User

ONE_DAY = dt.timedelta(days=1)
FAR = dt.date(2100, 1, 1)


def figures(day: dt.date, known_at: dt.datetime | None = None) -> list[dict[str, Any]]:
    """Return one dict, with the keys of the interface, for every department and module of the day."""
    return Reference(day, known_at).figures()


class Reference:
    def __init__(self, day: dt.date, known_at: dt.datetime | None) -> None:
        self.day = day
        self.known_at = known_at
        self.persons = list(User.objects.all())
        self.modules = list(Module.objects.order_by("slug"))
        self.places = self.in_force(DepartmentPlace)
        self.names = self.in_force(DepartmentName)
        self.employments = self.in_force(Employment)
        self.all_employments = [row for row in Employment.objects.all() if self.was_known(row)]
        self.audience_rules = self.in_force(AudienceRule)
        prefetch_related_objects(self.audience_rules, "departments")
        self.assignments = self.in_force(Assignment)
        self.exemptions = self.in_force(Exemption)
        self.module_rules = self.in_force(ModuleRule)
        self.absences = [row for row in Absence.objects.all() if self.was_known(row)]
        self.acceptances = [row for row in Acceptance.objects.all() if self.was_recorded(row.recorded_at)]
        self.editions = [row for row in Edition.objects.all() if self.was_recorded(row.sealed_at)]
        self.offers = [row for row in Offer.objects.all() if self.was_recorded(row.recorded_at)]
        self.rounds = [row for row in Round.objects.all() if self.was_recorded(row.opened_at)]
        self.completions = [row for row in Completion.objects.select_related("edition") if self.was_recorded(row.recorded_at)]
        self.withdrawals = [row for row in Withdrawal.objects.all() if self.was_recorded(row.withdrawn_at)]

    # What was known, and what was so that day

    def was_recorded(self, moment: dt.datetime) -> bool:
        return self.known_at is None or moment <= self.known_at

    def was_known(self, row: Any) -> bool:
        if self.known_at is None:
            return row.superseded_at is None
        return row.recorded_at <= self.known_at and (row.superseded_at is None or row.superseded_at > self.known_at)

    def in_force(self, model: Any) -> list[Any]:
        return [
            row
            for row in model.objects.all()
            if self.was_known(row) and row.from_on <= self.day and (row.until_on is None or self.day < row.until_on)
        ]

    # The tree as it was that day

    def departments_in_tree_order(self, parent: int | None = None) -> list[int]:
        existing = {place.department_id for place in self.places}
        order = []
        for place in sorted(self.places, key=lambda place: place.department_id):
            above = place.parent_id if place.parent_id in existing else None
            if above == parent:
                order += [place.department_id, *self.departments_in_tree_order(place.department_id)]
        return order

    def is_in_or_below(self, department: int, upper: int) -> bool:
        for place in self.places:
            if place.department_id == department:
                return department == upper or (place.parent_id is not None and self.is_in_or_below(place.parent_id, upper))
        return False

    # Who is meant

    def assignments_that_reach(self, employment: Employment, module: Module) -> list[Assignment]:
        return [
            assignment
            for assignment in self.assignments
            if assignment.module_id == module.pk
            and any(
                rule.audience_id == assignment.audience_id and self.rule_reaches(rule, assignment, employment)
                for rule in self.audience_rules
            )
        ]

    def rule_reaches(self, rule: AudienceRule, assignment: Assignment, employment: Employment) -> bool:
        if rule.occupations and employment.occupation not in rule.occupations:
            return False
        if rule.only_meets_young and not employment.meets_young:
            return False
        return any(
            self.is_in_or_below(employment.department_id, named.pk) and self.has_accepted(named.pk, assignment)
            for named in rule.departments.all()
        )

    def has_accepted(self, department: int, assignment: Assignment) -> bool:
        return any(
            acceptance.assignment_id == assignment.pk
            and acceptance.department_id == department
            and acceptance.accepted_on <= self.day
            for acceptance in self.acceptances
        )

    def is_meant(self, person: User, department: int, module: Module) -> bool:
        return any(
            employment.user_id == person.pk
            and self.is_in_or_below(employment.department_id, department)
            and self.assignments_that_reach(employment, module)
            for employment in self.employments
        )

    def is_exempt(self, person: User, module: Module) -> bool:
        return any(row.user_id == person.pk and row.module_id == module.pk for row in self.exemptions)

    # How far the person has come

    def completions_of(self, person: User, module: Module) -> list[Completion]:
        return [
            row
            for row in self.completions
            if row.user_id == person.pk and row.module_id == module.pk and row.completed_on <= self.day
        ]

    def was_offered(self, person: User, module: Module) -> bool:
        return any(
            row.user_id == person.pk and row.module_id == module.pk and row.offered_on <= self.day for row in self.offers
        )

    def has_started(self, person: User, module: Module) -> bool:
        return any(row.user_id == person.pk and row.module_id == module.pk and row.opened_on <= self.day for row in self.rounds)

    def has_run_out(self, person: User, module: Module) -> bool:
        for rule in self.module_rules:
            if rule.module_id == module.pk and rule.validity_months is not None:
                latest = max(row.completed_on for row in self.completions_of(person, module))
                return self.day >= months_after(latest, rule.validity_months)
        return False

    def is_withdrawn(self, edition: Edition) -> bool:
        for row in self.withdrawals:
            if row.edition_id != edition.pk or row.step_key != "" or timezone.localdate(row.withdrawn_at) > self.day:
                continue
            lifted = row.lifted_at is not None and self.was_recorded(row.lifted_at)
            if not (lifted and timezone.localdate(row.lifted_at) <= self.day):
                return True
        return False

    def latest_material_edition(self, module: Module) -> Edition | None:
        found = [
            edition
            for edition in self.editions
            if edition.module_id == module.pk
            and edition.in_force_from <= self.day
            and edition.minor == 0
            and edition.major > 1
            and not self.is_withdrawn(edition)
        ]
        return max(found, key=lambda edition: (edition.in_force_from, edition.major), default=None)

    def waits_for_refresher(self, person: User, module: Module) -> bool:
        edition = self.latest_material_edition(module)
        return edition is not None and not any(
            row.edition.major >= edition.major for row in self.completions_of(person, module)
        )

    def refresher_day_has_passed(self, module: Module) -> bool:
        days = 90
        for rule in self.module_rules:
            if rule.module_id == module.pk:
                days = rule.refresher_days
        edition = self.latest_material_edition(module)
        return edition is not None and self.day > edition.in_force_from + days * ONE_DAY

    def is_valid(self, person: User, module: Module) -> bool:
        if not self.completions_of(person, module) or self.has_run_out(person, module):
            return False
        return not (self.waits_for_refresher(person, module) and self.refresher_day_has_passed(module))

    # When it was due

    def is_absent(self, person: User, day: dt.date) -> bool:
        return any(
            row.user_id == person.pk and row.from_on <= day and (row.until_on is None or day < row.until_on)
            for row in self.absences
        )

    def reached_on(self, person: User, assignment: Assignment, module: Module, day: dt.date) -> bool:
        """Whether the person on `day` had an employment that the assignment, as it is on the day asked about, reaches."""
        return any(
            row.user_id == person.pk
            and row.from_on <= day
            and (row.until_on is None or day < row.until_on)
            and assignment in self.assignments_that_reach(row, module)
            for row in self.all_employments
        )

    def first_day(self, person: User, assignment: Assignment, module: Module) -> dt.date:
        """The day from which the person's days are counted."""
        if assignment.due_days is None:
            return assignment.from_on
        joined = self.day
        while self.reached_on(person, assignment, module, joined - ONE_DAY):
            joined -= ONE_DAY
        return max(joined, assignment.from_on)

    def due_day(self, person: User, assignment: Assignment, module: Module) -> dt.date:
        """The first day by which as many days were spent at work as there are days from the first to the due day."""
        day = self.first_day(person, assignment, module)
        days = assignment.due_days if assignment.due_on is None else (assignment.due_on - day).days
        days_at_work = 0
        while day <= self.day:
            if not self.is_absent(person, day):
                days_at_work += 1
            if days_at_work == days + 1:
                return day
            day += ONE_DAY
        return FAR  # after the day that is asked about

    def earliest_due_day(self, person: User, module: Module) -> dt.date:
        return min(
            self.due_day(person, assignment, module)
            for employment in self.employments
            if employment.user_id == person.pk
            for assignment in self.assignments_that_reach(employment, module)
        )

    def is_overdue(self, person: User, module: Module) -> bool:
        if self.completions_of(person, module):
            return not self.is_valid(person, module)
        return self.earliest_due_day(person, module) < self.day

    # The figures

    def figures(self) -> list[dict[str, Any]]:
        in_force = [
            module
            for module in self.modules
            if any(edition.module_id == module.pk and edition.in_force_from <= self.day for edition in self.editions)
        ]
        return [self.figure(department, module) for module in in_force for department in self.departments_in_tree_order()]

    def figure(self, department: int, module: Module) -> dict[str, Any]:
        meant = [person for person in self.persons if self.is_meant(person, department, module)]
        target = [person for person in meant if not self.is_exempt(person, module)]
        place = next(place for place in self.places if place.department_id == department)
        names = [row.name for row in self.names if row.department_id == department]
        return {
            "as_of": self.day,
            "module": module.slug,
            "department": place.department.external_id,
            "department_name": names[0] if names else "",
            "target": len(target),
            "exempt": len(meant) - len(target),
            "offered": len([person for person in target if self.was_offered(person, module)]),
            "started": len([person for person in target if self.has_started(person, module)]),
            "completed": len([person for person in target if self.completions_of(person, module)]),
            "valid": len([person for person in target if self.is_valid(person, module)]),
            "refresher": len(
                [person for person in target if self.is_valid(person, module) and self.waits_for_refresher(person, module)]
            ),
            "overdue": len([person for person in target if self.is_overdue(person, module)]),
        }


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last one of that month."""
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
