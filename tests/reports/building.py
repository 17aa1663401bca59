"""Makes a random organisation in the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db import models

from courses.models import (
    Acceptance,
    Assignment,
    Audience,
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
from organisation.models import Absence, Department, DepartmentName, DepartmentPlace, Employment, User
from tests.reports.worlds import EditionPlan, RoundPlan, Version, World


class Builder:
    """Makes a world in the database; with `known_by` only what was recorded by then, as if nothing had come later."""

    def __init__(self, world: World, known_by: dt.datetime | None = None) -> None:
        self.world = world
        self.known_by = known_by
        persons, departments, modules, audiences = world.sizes
        self.persons = _make(
            User, [{"first_name": f"P{n}", "last_name": f"Unik{n}son", "employee_number": f"P{n}"} for n in range(persons)]
        )
        self.departments = _make(Department, [{"external_id": f"D{n}"} for n in range(departments)])
        self.modules = _make(Module, [{"slug": f"m{n}", "title": f"M{n}"} for n in range(modules)])
        self.audiences = _make(Audience, [{"name": f"A{n}"} for n in range(audiences)])
        self.make_organisation()
        self.make_assignments()
        self.make_record()

    def is_known(self, moment: dt.datetime | None) -> bool:
        return moment is not None and (self.known_by is None or moment <= self.known_by)

    def dated(self, histories: dict[Any, list[Version]], fields: Callable[[Any, Any], dict[str, Any]]) -> list[dict[str, Any]]:
        """Return the rows of histories; `fields` gives a row's own fields from its key and value."""
        return [
            {
                "from_on": from_on,
                "until_on": until_on,
                "recorded_at": version.recorded_at,
                "superseded_at": version.superseded_at if self.is_known(version.superseded_at) else None,
                **fields(key, value),
            }
            for key, history in histories.items()
            for version in history
            if self.is_known(version.recorded_at)
            for from_on, until_on, value in version.segments
        ]

    def make_organisation(self) -> None:
        world, persons, departments = self.world, self.persons, self.departments
        places = self.dated(
            world.places,
            lambda number, parent: {
                "department": departments[number],
                "parent": departments[parent] if parent >= 0 else None,
            },
        )
        _make(DepartmentPlace, places)
        _make(
            DepartmentName,
            self.dated(world.names, lambda n, name: {"department": departments[n], "name": name, "kind": "enhet"}),
        )
        employments = self.dated(
            world.employments,
            lambda key, value: {
                "user": persons[key[0]],
                "department": departments[key[1]],
                "occupation": value[0],
                "meets_young": value[1],
            },
        )
        _make(Employment, employments)
        _make(Absence, self.dated(world.absences, lambda number, _: {"user": persons[number]}))

    def make_assignments(self) -> None:
        world = self.world
        rules = self.dated(
            world.rules,
            lambda number, value: {
                "audience": self.audiences[number],
                "named": value[0],
                "occupations": value[1],
                "only_meets_young": value[2],
            },
        )
        for fields in rules:
            named = [self.departments[number] for number in fields.pop("named")]
            AudienceRule.objects.create(**fields).departments.set(named)
        rows = self.dated(
            world.assignments,
            lambda key, due: {"module": self.modules[key[0]], "audience": self.audiences[key[1]], "due": due},
        )
        for fields in rows:
            due = fields.pop("due")
            if due.after_joining:
                fields["due_days"] = due.days
            else:
                fields["due_on"] = fields["from_on"] + dt.timedelta(days=due.days)
        self.accept(_make(Assignment, rows))

    def accept(self, assignments: list[Assignment]) -> None:
        acceptances = [
            {
                "assignment": assignment,
                "department": self.departments[department],
                "accepted_on": accepted_on,
                "accepted_by": self.persons[0],
                "persons": 0,
                "minutes": 0,
                "recorded_at": recorded_at,
            }
            for (module, audience, department), (accepted_on, recorded_at) in self.world.acceptances.items()
            for assignment in assignments
            if assignment.module == self.modules[module] and assignment.audience == self.audiences[audience]
        ]
        _make(Acceptance, [row for row in acceptances if self.is_known(row["recorded_at"])])

    def make_record(self) -> None:
        world = self.world
        _make(
            Exemption,
            self.dated(
                world.exemptions,
                lambda key, _: {"user": self.persons[key[0]], "module": self.modules[key[1]], "reason": "leaving"},
            ),
        )
        _make(
            ModuleRule,
            self.dated(
                world.module_rules,
                lambda n, value: {"module": self.modules[n], "validity_months": value[0], "refresher_days": value[1]},
            ),
        )
        for number, plans in world.editions.items():
            editions = self.make_editions(self.modules[number], plans)
            for (person, module), rounds in world.rounds.items():
                if module == number:
                    self.make_rounds(self.persons[person], self.modules[module], rounds, editions)
        offers = [
            {"user": self.persons[p], "module": self.modules[m], "channel": "site", "offered_on": day, "recorded_at": at}
            for (p, m), (day, at) in world.offers.items()
        ]
        _make(Offer, [row for row in offers if self.is_known(row["recorded_at"])])

    def make_editions(self, module: Module, plans: list[EditionPlan]) -> list[Edition | None]:
        made: list[Edition | None] = []
        for plan in plans:
            if not self.is_known(plan.sealed_at):
                made.append(None)
                continue
            made.append(self.make_edition(module, plan))
        return made

    def make_edition(self, module: Module, plan: EditionPlan) -> Edition:
        edition = Edition.objects.create(
            module=module,
            major=plan.number[0],
            minor=plan.number[1],
            title=module.title,
            in_force_from=plan.in_force_from,
            sealed_at=plan.sealed_at,
            payload="{}",
            outline=[],
        )
        if self.is_known(plan.withdrawn_at):
            Withdrawal.objects.create(
                edition=edition,
                step_key="l1" if plan.only_a_step else "",
                withdrawn_at=plan.withdrawn_at,
                withdrawn_by=self.persons[0],
                lifted_at=plan.lifted_at if self.is_known(plan.lifted_at) else None,
            )
        return edition

    def make_rounds(self, user: User, module: Module, plans: list[RoundPlan], editions: list[Edition | None]) -> None:
        for number, plan in enumerate(plans, start=1):
            if not self.is_known(plan.opened_at):
                continue
            round_ = Round.objects.create(
                user=user, module=module, number=number, opened_on=plan.opened_on, opened_at=plan.opened_at
            )
            self.complete(round_, plan, editions[plan.edition] if plan.edition < len(editions) else None)

    def complete(self, round_: Round, plan: RoundPlan, edition: Edition | None) -> None:
        if plan.completed_on is None or edition is None:
            return
        recorded_at = max(plan.opened_at, edition.sealed_at) + dt.timedelta(days=plan.recorded_after)
        if self.is_known(recorded_at):
            Completion.objects.create(
                round=round_,
                user=round_.user,
                module=round_.module,
                edition=edition,
                completed_on=plan.completed_on,
                recorded_at=recorded_at,
            )


def _make(model: type[models.Model], rows: list[dict[str, Any]]) -> list[Any]:
    return model._default_manager.bulk_create([model(**row) for row in rows])
