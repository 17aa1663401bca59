"""A synthetic town: departments in three levels, modules, and what is assigned to whom."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Any

from courses.models import Acceptance, Assignment, Audience, AudienceRule, Edition, Module, ModuleRule
from organisation.models import Department, DepartmentManager, DepartmentName, DepartmentPlace, User

OCCUPATIONS = ("Lärare", "Fritidsledare", "Socialsekreterare", "Elevassistent", "Bibliotekarie", "Handläggare")

# A town of 5,000 has 40 departments, the country's 1,200,000 have 2,000: both lie on this curve.
TOWN_STAFF, TOWN_DEPARTMENTS, GROWTH = 5000, 40, 0.7138

BRANCHES_EACH = 3
# How large units are beside the mean one.
WEIGHTS = (1 / 3, 2 / 3, 2 / 3, 4 / 3, 2)


@dataclass(frozen=True)
class Plan:
    """How much to make. The history ends on `last_on`."""

    staff: int
    modules: int
    years: int
    last_on: dt.date

    @property
    def departments(self) -> int:
        """How many departments such a town has."""
        return max(6, round(TOWN_DEPARTMENTS * math.pow(self.staff / TOWN_STAFF, GROWTH)))

    @property
    def days(self) -> int:
        """How long the history is."""
        return 365 * self.years

    @property
    def first_on(self) -> dt.date:
        """The first day of the history."""
        return self.last_on - dt.timedelta(days=self.days)


@dataclass(frozen=True)
class Town:
    """What people belong to. `seats` has the key of a unit once for every share of its size."""

    tops: Sequence[Department]
    units: Sequence[Department]
    editions: Sequence[tuple[Edition, Edition]]

    @property
    def seats(self) -> list[int]:
        """Keys of units, larger ones more often."""
        weighted = zip(self.units, cycle(WEIGHTS), strict=False)
        return [unit.pk for unit, weight in weighted for _ in range(round(weight * 3))]


def make_town(plan: Plan) -> Town:
    """Make the departments and the modules with the editions that were given out."""
    at = morning(plan.first_on)
    tops_count = max(1, plan.departments // 20)
    departments = Department.objects.bulk_create(Department(external_id=f"S{number:05}") for number in range(plan.departments))
    tops, rest = departments[:tops_count], departments[tops_count:]
    branches, units = rest[: tops_count * BRANCHES_EACH], rest[tops_count * BRANCHES_EACH :]
    levels: list[tuple[str, Sequence[Department], Sequence[Department | None]]] = [
        ("forvaltning", tops, [None]),
        ("verksamhet", branches, tops),
        ("enhet", units, branches),
    ]
    since = {"from_on": plan.first_on, "recorded_at": at}
    for kind, level, above in levels:
        DepartmentName.objects.bulk_create(
            DepartmentName(department=one, name=f"{kind.capitalize()} {one.external_id}", kind=kind, **since) for one in level
        )
        DepartmentPlace.objects.bulk_create(
            DepartmentPlace(department=one, parent=parent, **since) for one, parent in zip(level, cycle(above), strict=False)
        )
    return Town(tops, units, [_give_out(plan, number) for number in range(plan.modules)])


def _give_out(plan: Plan, number: int) -> tuple[Edition, Edition]:
    """A module with an edition from the beginning and a material one from the last half year."""
    module = Module.objects.create(slug=f"skala-{number}", title=f"Skala {number}")
    ModuleRule.objects.create(module=module, validity_months=24, from_on=plan.first_on, recorded_at=morning(plan.first_on))
    first, second = (
        Edition.objects.create(
            module=module,
            major=major,
            minor=0,
            title=module.title,
            in_force_from=day,
            sealed_at=morning(day),
            change_note="Skala",
            payload="{}",
            outline=[],
        )
        for major, day in ((1, plan.first_on), (2, plan.last_on - dt.timedelta(days=180)))
    )
    return first, second


def assign_all(plan: Plan, town: Town, managers: Sequence[User]) -> None:
    """Assign each module to a target group of its own, accepted by every top department.

    The kinds of target group take turns: everybody, those who meet the young, half of the occupations; so do due days and days
    after joining.
    """
    start = plan.first_on + dt.timedelta(days=30)
    kinds: tuple[dict[str, Any], ...] = ({}, {"only_meets_young": True}, {"occupations": list(OCCUPATIONS[:3])})
    dues: tuple[dict[str, Any], ...] = (
        {"due_on": start + dt.timedelta(days=180)},
        {"due_on": plan.last_on - dt.timedelta(days=30)},
        {"due_days": 90},
    )
    at, since = morning(plan.first_on), {"from_on": plan.first_on}
    for (edition, _later), kind, due in zip(town.editions, cycle(kinds), cycle(dues), strict=False):
        audience = Audience.objects.create(name=f"Målgrupp {edition.title}")
        AudienceRule.objects.create(audience=audience, recorded_at=at, **since, **kind).departments.set(town.tops)
        assignment = Assignment.objects.create(module=edition.module, audience=audience, from_on=start, recorded_at=at, **due)
        Acceptance.objects.bulk_create(
            Acceptance(
                assignment=assignment,
                department=top,
                accepted_on=start,
                accepted_by=manager,
                persons=0,
                minutes=30,
                recorded_at=at,
            )
            for top, manager in zip(town.tops, cycle(managers), strict=False)
        )


def make_managers(plan: Plan, town: Town) -> list[User]:
    """Let the first people answer for a department each."""
    departments = Department.objects.filter(external_id__startswith="S").order_by("pk")
    people = list(islice(User.objects.order_by("pk").filter(employee_number__contains="DEMO-S"), len(departments)))
    DepartmentManager.objects.bulk_create(
        DepartmentManager(department=department, manager=person, from_on=plan.first_on, recorded_at=morning(plan.first_on))
        for department, person in zip(departments, people, strict=False)
    )
    return people


def morning(day: dt.date) -> dt.datetime:
    """Return when what holds from a day was recorded."""
    return dt.datetime.combine(day, dt.time(6), tzinfo=dt.UTC)
