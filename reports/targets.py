"""Who is meant to have taken what, as of a day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from courses.assignments import Target
from organisation.tree import Tree
from organisation.work import Work


@dataclass(slots=True)
class Meant:
    """Why one person is meant to have taken one module: employments in these departments, assignments of these days."""

    departments: set[int] = field(default_factory=set)
    periods: set[tuple[dt.date, dt.date]] = field(default_factory=set)
    """(from when absence counts, due day)"""


def meant_by(targets: Iterable[Target], tree: Tree, works: Iterable[Work], day: dt.date) -> Mapping[tuple[int, int], Meant]:
    """Return who is meant on the day, by (module, person). `works` are all that those persons have begun by then."""
    # Assignments choose among departments and kinds of work, of which there are few, and not among persons.
    alike: dict[tuple[int, str, bool], list[Work]] = defaultdict(list)
    for work in works:
        alike[work.department_id, work.occupation, work.meets_young].append(work)
    found: dict[tuple[int, int], Meant] = defaultdict(Meant)
    for target in targets:
        reached = [work for group in _reached(target, tree, alike.values()) for work in group]
        for_all = target.due_period(day, ()) if target.due_days is None else None
        begun = {} if for_all else _by_person(reached)
        for work in reached:
            if work.holds(day):
                meant = found[target.module_id, work.user_id]
                meant.departments.add(work.department_id)
                meant.periods.add(for_all or target.due_period(day, begun[work.user_id]))
    return found


def _reached(target: Target, tree: Tree, alike: Iterable[list[Work]]) -> Iterator[list[Work]]:
    """The groups of works alike that the assignment reaches."""
    for works in alike:
        if target.rule.takes_in(works[0]) and not target.departments.isdisjoint(tree.above(works[0].department_id)):
            yield works


def _by_person(works: Iterable[Work]) -> Mapping[int, list[Work]]:
    found: dict[int, list[Work]] = defaultdict(list)
    for work in works:
        found[work.user_id].append(work)
    return found
