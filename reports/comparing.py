"""Reads what two days are compared by, in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Max, Min

from courses.assignments import targets_on
from courses.models import Completion
from organisation.models import Employment
from organisation.tree import Tree
from reports.bridge import Comparison, Moment, People
from reports.figures import count_people
from reports.record import Key, terms_on
from reports.standing import Terms


@dataclass(frozen=True)
class AsOf:
    """A day, and the moment whose knowledge it is answered with; `None` means now."""

    day: dt.date
    known_at: dt.datetime | None = None


def compare(earlier: AsOf, later: AsOf, modules: Collection[str] | None = None) -> Comparison:
    """Read both days; `modules` are slugs. The earlier day may not be after the later one."""
    if earlier.day > later.day:
        raise ValueError(f"{earlier.day} is after {later.day}.")
    before = moment_of(AsOf(earlier.day, later.known_at), modules)
    known_then = before.people if earlier.known_at == later.known_at else people_of(earlier, modules)
    return Comparison(before, moment_of(later, modules), known_then, completed_since(earlier.day, later))


def moment_of(as_of: AsOf, modules: Collection[str] | None = None) -> Moment:
    """Return what the day was like."""
    tree = Tree.on(as_of.day, as_of.known_at)
    employed: dict[int, set[int]] = defaultdict(set)
    for person, department in Employment.objects.on(as_of.day, as_of.known_at).values_list("user_id", "department_id"):
        if department in tree.parents:
            employed[person].add(department)
    targets = targets_on(as_of.day, known_at=as_of.known_at)
    accepted = {(target.module_id, department) for target in targets for department in target.departments}
    return Moment(as_of.day, tree, people_of(as_of, modules, tree), employed, frozenset(accepted))


def people_of(as_of: AsOf, modules: Collection[str] | None, tree: Tree | None = None) -> People:
    """Return who counted where."""
    tree = tree or Tree.on(as_of.day, as_of.known_at)
    return count_people(as_of.day, as_of.known_at, tree, chosen_terms(as_of, modules))


def chosen_terms(as_of: AsOf, modules: Collection[str] | None) -> dict[int, Terms]:
    """Return the terms of the modules of the day, or of those that are asked for."""
    in_force = terms_on(as_of.day, as_of.known_at)
    return {key: terms for key, terms in in_force.items() if modules is None or terms.slug in modules}


def completed_since(day: dt.date, later: AsOf) -> Mapping[Key, bool]:
    """Return who completed what after the day, and whether she had completed it by then; one query."""
    recorded = Completion.objects.filter(completed_on__lte=later.day)
    if later.known_at is not None:
        recorded = recorded.filter(recorded_at__lte=later.known_at)
    by_person = recorded.order_by().values_list("module_id", "user_id")
    rows = by_person.annotate(first=Min("completed_on"), last=Max("completed_on")).filter(last__gt=day)
    return {(module, person): first <= day for module, person, first, _last in rows}
