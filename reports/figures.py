"""The question of the product: as of a day, in each department as it then was, how far had the target group come?

`docs/figures.md` says what each figure means. `tests/reports/reference.py` says the same in slow code that these must equal.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from courses.assignments import targets_on
from courses.due_days import Period
from organisation.models import Department, Employment
from organisation.snapshot import snapshot
from organisation.tree import Tree, names_on
from organisation.work import works_of
from reports.counting import COUNTED, counts_on
from reports.record import (
    Key,
    absences_by_person,
    done_by_person,
    exempt_on,
    offered_until,
    started_until,
    terms_on,
)
from reports.standing import Done, Terms, standing
from reports.targets import Meant, meant_by


@dataclass(frozen=True)
class Figure:
    """How many persons, in one department with everything below it, for one module, as of a day."""

    as_of: dt.date
    module: str
    department: str
    department_name: str
    target: int
    exempt: int
    offered: int
    started: int
    completed: int
    valid: int
    refresher: int
    overdue: int


NOBODY = (0,) * len(COUNTED)


def figures(
    day: dt.date,
    known_at: dt.datetime | None = None,
    departments: Collection[str] | None = None,
    modules: Collection[str] | None = None,
) -> list[Figure]:
    """Return a figure for every department and every module of the day, zeros included; a fixed number of queries.

    `known_at` answers with what was recorded by that moment. `departments` (external ids) and `modules` (slugs) choose
    what to show; who counts does not depend on them. Ordered by module, then as the tree is walked.
    """
    with snapshot():
        return _figures(day, known_at, departments, modules)


def _figures(
    day: dt.date,
    known_at: dt.datetime | None,
    departments: Collection[str] | None,
    modules: Collection[str] | None,
) -> list[Figure]:
    tree = Tree.on(day, known_at)
    shown = [terms for terms in terms_on(day, known_at).values() if modules is None or terms.slug in modules]
    counts = counts_on(day, known_at, targets_on(day, known_at=known_at), {terms.module_id: terms for terms in shown})
    names, ids = names_on(day, known_at), dict(Department.objects.values_list("pk", "external_id"))
    return [
        Figure(
            day,
            terms.slug,
            ids[department],
            names.get(department, ""),
            *counts.get((terms.module_id, department), NOBODY),
        )
        for terms in shown
        for department in tree.walk()
        if departments is None or ids[department] in departments
    ]


Counted = tuple[int, int, str]
"""(module, department, what is counted)"""


def count_people(
    day: dt.date, known_at: dt.datetime | None, tree: Tree, terms: Mapping[int, Terms]
) -> Mapping[Counted, set[int]]:
    """Return who counts where, and as what."""
    begun = works_of(Employment.objects.known_at(known_at).filter(from_on__lte=day))
    meant = meant_by(targets_on(day, known_at=known_at), tree, begun, day)
    marks = marks_on(day, known_at, {key: value for key, value in meant.items() if key[0] in terms}, terms)
    found: dict[Counted, set[int]] = defaultdict(set)
    for (module, person), counted_as in marks.items():
        for department in _upwards(tree, meant[module, person].departments):
            for counted in counted_as:
                found[module, department, counted].add(person)
    return found


def _upwards(tree: Tree, departments: Iterable[int]) -> set[int]:
    return {upper for department in departments for upper in tree.above(department)}


def marks_on(
    day: dt.date, known_at: dt.datetime | None, meant: Mapping[Key, Meant], terms: Mapping[int, Terms]
) -> dict[Key, list[str]]:
    """Return as what each person who is meant counts; five queries."""
    exempt, offered, started = exempt_on(day, known_at), offered_until(day, known_at), started_until(day, known_at)
    completions, absences = done_by_person(day, known_at), absences_by_person(known_at)
    found: dict[Key, list[str]] = {}
    for key, value in meant.items():
        if key in exempt:
            found[key] = ["exempt"]
            continue
        found[key] = ["target", *_progress(day, terms[key[0]], value, completions.get(key, []), absences.get(key[1], []))]
        found[key] += [mark for mark, people in (("offered", offered), ("started", started)) if key in people]
    return found


def _progress(day: dt.date, terms: Terms, meant: Meant, completions: list[Done], absences: list[Period]) -> list[str]:
    where = standing(day, terms, meant.periods, completions, absences)
    is_so = {
        "completed": where.is_completed,
        "valid": where.is_valid,
        "refresher": where.waits_for_refresher,
        "overdue": where.is_overdue,
    }
    return [mark for mark, holds in is_so.items() if holds]
