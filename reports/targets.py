"""Who is meant to have taken what, as of a day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from courses.assignments import Target
from organisation.models import Employment
from organisation.tree import Tree


@dataclass
class Meant:
    """Why one person is meant to have taken one module: employments in these departments, assignments of these days."""

    departments: set[int] = field(default_factory=set)
    periods: set[tuple[dt.date, dt.date]] = field(default_factory=set)
    """(from when absence counts, due day)"""


def meant_by(
    targets: Iterable[Target], tree: Tree, employments: Iterable[Employment], day: dt.date
) -> Mapping[tuple[int, int], Meant]:
    """Return who is meant on the day, by (module, person). `employments` are all that those persons have begun by then."""
    by_department: dict[int, list[Employment]] = defaultdict(list)
    for employment in employments:
        by_department[employment.department_id].append(employment)
    found: dict[tuple[int, int], Meant] = defaultdict(Meant)
    for target in targets:
        for person, reached in _reached(target, tree, by_department).items():
            if present := {employment.department_id for employment in reached if employment.holds(day)}:
                meant = found[target.module_id, person]
                meant.departments |= present
                meant.periods.add(target.due_period(day, reached))
    return found


def _reached(target: Target, tree: Tree, by_department: Mapping[int, list[Employment]]) -> Mapping[int, list[Employment]]:
    """The employments that the assignment reaches, by person."""
    found: dict[int, list[Employment]] = defaultdict(list)
    for department, employments in by_department.items():
        if not target.departments.isdisjoint(tree.above(department)):
            for employment in filter(target.rule.takes_in, employments):
                found[employment.user_id].append(employment)
    return found
