"""Which modules are assigned to a person on a day, and by when.

An assignment reaches a person through an employment of that day: in a department, or below one, that the audience's rule
names and whose manager has accepted the assignment, and of the kind that the rule takes in. It is due on a fixed day, or so
many days after the person joined those whom it reaches.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from typing import Any, cast

from django.db.models import F, Q

from courses.due_days import joined_on, moved_due_day
from courses.models import Acceptance, AudienceRule, Exemption
from organisation.models import Absence, Employment, User
from organisation.tree import Tree
from organisation.work import Work


@dataclass(frozen=True)
class Target:
    """An assignment as accepted by these departments, with the rule of its audience, on a day.

    It has either a due day or a number of days.
    """

    module_id: int
    departments: frozenset[int]
    from_on: dt.date
    due_on: dt.date | None
    due_days: int | None
    rule: AudienceRule

    @property
    def days(self) -> int:
        """How many days it leaves a person."""
        return cast(int, self.due_days) if self.due_on is None else (self.due_on - self.from_on).days

    @property
    def wording(self) -> tuple[Any, ...]:
        """All that it says, to be compared: a rule read for a target has no key."""
        rule = self.rule
        return (
            self.module_id,
            self.departments,
            self.from_on,
            self.due_on,
            self.due_days,
            rule.occupations,
            rule.only_meets_young,
        )

    def reached(self, employments: Iterable[Employment], tree: Tree) -> list[Employment]:
        """Return the employments of the kind, in one of the departments or below one."""
        of_the_kind = filter(self.rule.takes_in, employments)
        return [one for one in of_the_kind if not self.departments.isdisjoint(tree.above(one.department_id))]

    def due_period(self, day: dt.date, reached: Iterable[Employment | Work]) -> tuple[dt.date, dt.date]:
        """Return from when absence counts, and the due day without absence, for a person whom it reaches on `day`.

        `reached` are the person's employments that it reaches, earlier ones included.
        """
        start = self.from_on
        if self.due_days is not None:
            start = max(start, joined_on(day, ((one.from_on, one.until_on) for one in reached)))
        return start, start + dt.timedelta(days=self.days)


@dataclass(frozen=True)
class AssignedModule:
    """A module that a person is to take. `due_on` is moved by absence; `None` while an absence has no end."""

    module_id: int
    due_on: dt.date | None
    assigned_on: dt.date

    def is_due_before(self, day: dt.date) -> bool:
        """Whether the due day has passed."""
        return self.due_on is not None and self.due_on < day


def assigned_to(user: User, day: dt.date) -> list[AssignedModule]:
    """Return the modules assigned to a person on a day, the earliest due first; at most five queries.

    A module that several assignments ask for is due on the earliest of their days.
    """
    employments = list(Employment.objects.known_at(None).filter(user=user, from_on__lte=day))
    targets = targets_on(day) if any(one.holds(day) for one in employments) else []
    periods = _periods(employments, targets, day) if targets else []
    if not periods:
        return []
    exempt = set(Exemption.objects.on(day).filter(user=user).values_list("module_id", flat=True))
    absences = list(Absence.objects.known_at(None).filter(user=user).values_list("from_on", "until_on"))
    moved = (
        AssignedModule(module, moved_due_day(start, due_on, absences), start)
        for module, (start, due_on) in periods
        if module not in exempt
    )
    return _earliest_of_each(moved)


def targets_on(day: dt.date, module_id: int | None = None, known_at: dt.datetime | None = None) -> list[Target]:
    """Return what is accepted and in force on a day, as known at a moment, for all modules or one; one query."""
    recorded = Q() if known_at is None else Q(recorded_at__lte=known_at)
    in_force = Acceptance.objects.filter(
        recorded,
        *_dated_on(day, "assignment__", known_at),
        *_dated_on(day, _RULE, known_at),
        accepted_on__lte=day,
        assignment__audience__rules__departments=F("department"),
    )
    if module_id is not None:
        in_force = in_force.filter(assignment__module=module_id)
    rows = in_force.order_by("assignment", "pk").values(*_TARGET)
    return [_target(list(accepted)) for _assignment, accepted in groupby(rows, itemgetter("assignment_id"))]


_RULE = "assignment__audience__rules__"
_TARGET = (
    "assignment_id",
    "department_id",
    "assignment__module_id",
    "assignment__from_on",
    "assignment__due_on",
    "assignment__due_days",
    f"{_RULE}occupations",
    f"{_RULE}only_meets_young",
)


def _target(rows: Sequence[dict[str, Any]]) -> Target:
    """The rows are one assignment's, one for each department."""
    row = rows[0]
    return Target(
        module_id=row["assignment__module_id"],
        departments=frozenset(row["department_id"] for row in rows),
        from_on=row["assignment__from_on"],
        due_on=row["assignment__due_on"],
        due_days=row["assignment__due_days"],
        rule=AudienceRule(occupations=row[f"{_RULE}occupations"], only_meets_young=row[f"{_RULE}only_meets_young"]),
    )


def _dated_on(day: dt.date, path: str, known_at: dt.datetime | None = None) -> tuple[Q, ...]:
    """The conditions of `DatedQuerySet.on`, for rows at the end of a relation."""
    known = Q(**{f"{path}superseded_at": None})
    if known_at is not None:
        known = (known | Q(**{f"{path}superseded_at__gt": known_at})) & Q(**{f"{path}recorded_at__lte": known_at})
    return (
        known,
        Q(**{f"{path}from_on__lte": day}),
        Q(**{f"{path}until_on": None}) | Q(**{f"{path}until_on__gt": day}),
    )


def _periods(employments: list[Employment], targets: list[Target], day: dt.date) -> list[tuple[int, tuple[dt.date, dt.date]]]:
    """The module and the period of each assignment that reaches the person on the day."""
    tree = Tree.on(day)
    reached = ((target, target.reached(employments, tree)) for target in targets)
    return [
        (target.module_id, target.due_period(day, found))
        for target, found in reached
        if any(employment.holds(day) for employment in found)
    ]


def _earliest_of_each(assigned: Iterable[AssignedModule]) -> list[AssignedModule]:
    found: dict[int, AssignedModule] = {}
    for one in sorted(assigned, key=lambda one: (one.due_on or dt.date.max, one.module_id)):
        first = found.setdefault(one.module_id, one)
        found[one.module_id] = replace(first, assigned_on=min(first.assigned_on, one.assigned_on))
    return list(found.values())


def assigned_employment(employments: list[Employment], module_id: int, day: dt.date) -> Employment | None:
    """Return the employment that a completion is stamped with: one through which the module is assigned, else the
    earliest begun (of equals the one recorded first). Asks the database only when there are several.
    """
    ordered = sorted(employments, key=lambda employment: (employment.from_on, employment.pk))
    if len(ordered) < 2:
        return ordered[0] if ordered else None
    targets, tree = targets_on(day, module_id), Tree.on(day)
    reached = (one for one in ordered if any(target.reached([one], tree) for target in targets))
    return next(reached, ordered[0])
