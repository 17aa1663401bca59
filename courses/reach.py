"""What an assignment means for each department: how many persons, and how much of their working time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from courses.models import Assignment, AudienceRule, Completion, Edition, Exemption
from courses.reading import lines_of
from organisation.models import Employment
from organisation.tree import Tree


@dataclass(frozen=True)
class Reach:
    """One department that the audience's rule names, with everything below it. `minutes` is what the module takes each.

    `completed` are those of the persons who have completed the module already; `users` are the persons' keys.
    """

    department_id: int
    persons: int
    minutes: int
    completed: int = 0
    users: frozenset[int] = field(default=frozenset(), compare=False)

    @property
    def hours(self) -> int:
        """Working hours in all, rounded up."""
        return -(-self.persons * self.minutes // 60)


def reach_of(assignment: Assignment, day: dt.date) -> list[Reach]:
    """Return the reach as of `day`, or as of the assignment's start if that is later, in the order of the departments.

    The assignment need not be saved. Empty if its audience has no rule then. At most seven queries.
    """
    day = max(day, assignment.from_on)
    rule = AudienceRule.objects.on(day).filter(audience=assignment.audience_id).first()
    if rule is None:
        return []
    tree = Tree.on(day)
    exempt = Exemption.objects.on(day).filter(module=assignment.module_id).values("user")
    meant = [one for one in Employment.objects.on(day).exclude(user__in=exempt) if rule.takes_in(one)]
    minutes = minutes_of(assignment.module_id, day)
    done = Completion.objects.filter(module=assignment.module_id, completed_on__lte=day).values_list("user_id", flat=True)
    completed = frozenset(done)
    named = rule.departments.order_by("pk").values_list("pk", flat=True)
    reached = ((department, _persons(meant, tree.below(department))) for department in named)
    return [Reach(department, len(persons), minutes, len(persons & completed), persons) for department, persons in reached]


def _persons(employments: list[Employment], departments: frozenset[int]) -> frozenset[int]:
    return frozenset(employment.user_id for employment in employments if employment.department_id in departments)


def minutes_of(module_id: int, day: dt.date) -> int:
    """Return what the edition of the day takes; of the first one to come if none is in force yet; 0 without any."""
    editions = Edition.objects.filter(module=module_id).defer("payload")
    edition = editions.in_force_on(day).first() or editions.order_by("in_force_from").first()
    return sum(line.minutes for line in lines_of(edition)) if edition else 0
