"""Who is in a target group on a day, and what another rule would mean in numbers."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from courses.models import Audience, AudienceRule
from organisation.models import Employment
from organisation.tree import Tree, names_on


@dataclass(frozen=True)
class RuleTerms:
    """What a rule says: these departments with everything below, these occupations (none named: all), perhaps only the kind
    that meets children and young people.
    """

    departments: frozenset[int]
    occupations: frozenset[str] = frozenset()
    only_meets_young: bool = False

    @classmethod
    def of(cls, rule: AudienceRule) -> RuleTerms:
        """Read what a saved rule says; one query."""
        named = frozenset(rule.departments.values_list("pk", flat=True))
        return cls(named, frozenset(rule.occupations), rule.only_meets_young)

    def row(self, **fields: Any) -> AudienceRule:
        """Return an unsaved row that says so; the departments are added when it is saved."""
        return AudienceRule(occupations=sorted(self.occupations), only_meets_young=self.only_meets_young, **fields)


@dataclass(frozen=True)
class Membership:
    """The employments through which persons are in a target group on a day."""

    day: dt.date
    tree: Tree
    employments: list[Employment]

    @cached_property
    def persons(self) -> frozenset[int]:
        """Everybody, by key."""
        return frozenset(one.user_id for one in self.employments)

    @cached_property
    def by_department(self) -> Mapping[int, frozenset[int]]:
        """The persons of each department with everything below it; departments with nobody are absent."""
        found: dict[int, set[int]] = defaultdict(set)
        for one in self.employments:
            for department in self.tree.above(one.department_id):
                found[department].add(one.user_id)
        return {department: frozenset(persons) for department, persons in found.items()}

    @cached_property
    def by_occupation(self) -> list[tuple[str, int]]:
        """How many persons have each occupation, the most common first."""
        found: dict[str, set[int]] = defaultdict(set)
        for one in self.employments:
            found[one.occupation].add(one.user_id)
        counted = ((occupation, len(persons)) for occupation, persons in found.items())
        return sorted(counted, key=lambda pair: (-pair[1], pair[0]))


def members(terms: RuleTerms | None, day: dt.date, tree: Tree | None = None) -> Membership:
    """Return who is in a target group with that rule on the day; nobody without a rule. Two queries, or one with the tree."""
    tree = tree or Tree.on(day)
    if terms is None:
        return Membership(day, tree, [])
    below = frozenset().union(*(tree.below(department) for department in terms.departments))
    rule = terms.row()
    kind = Employment.objects.on(day).defer("recorded_by", "recorded_at", "superseded_at")
    found = (one for one in kind.iterator() if one.department_id in below and rule.takes_in(one))
    return Membership(day, tree, list(found))


def rule_on(audience: Audience, day: dt.date) -> AudienceRule | None:
    """Return the rule of the day; one query."""
    return AudienceRule.objects.on(day).filter(audience=audience).first() if audience.pk else None


@dataclass(frozen=True)
class Change:
    """How many persons another rule lets in, leaves out, and keeps."""

    came: int
    went: int
    stay: int

    @classmethod
    def between(cls, before: Collection[int], after: Collection[int]) -> Change:
        """Compare persons by key."""
        old, new = frozenset(before), frozenset(after)
        return cls(len(new - old), len(old - new), len(old & new))

    @property
    def after(self) -> int:
        """How many there are then."""
        return self.came + self.stay


@dataclass(frozen=True)
class DepartmentChange:
    """One department with everything below it; each person counts once. `depth` is 0 at the top."""

    department: int
    name: str
    depth: int
    change: Change


@dataclass(frozen=True)
class DayChange:
    """What another rule means on a day, in all and for each department that it concerns, in the order of the tree."""

    day: dt.date
    total: Change
    departments: list[DepartmentChange]
    after: Membership

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, without persons."""
        rows = [
            {"department": row.department, "name": row.name, "depth": row.depth, **asdict(row.change)}
            for row in self.departments
        ]
        return {"day": self.day.isoformat(), **asdict(self.total), "departments": rows}


def changes_with(audience: Audience, terms: RuleTerms, from_on: dt.date, today: dt.date) -> list[DayChange]:
    """Return what it means that the rule holds from a day on: that day, and today when that day has been.

    The organisation is that of the day, as far as it is known now. The audience need not be saved. Five queries a day.
    """
    return [_change_on(day, audience, terms) for day in sorted({from_on, max(from_on, today)})]


def _change_on(day: dt.date, audience: Audience, terms: RuleTerms) -> DayChange:
    tree, rule = Tree.on(day), rule_on(audience, day)
    before, after = members(RuleTerms.of(rule) if rule else None, day, tree), members(terms, day, tree)
    total = Change.between(before.persons, after.persons)
    return DayChange(day, total, list(_by_department(before, after)), after)


def _by_department(before: Membership, after: Membership) -> Iterator[DepartmentChange]:
    names, nobody = names_on(after.day), frozenset[int]()
    for department in after.tree.walk():
        old, new = before.by_department.get(department, nobody), after.by_department.get(department, nobody)
        if old or new:
            depth = len(after.tree.above(department)) - 1
            yield DepartmentChange(department, names.get(department, ""), depth, Change.between(old, new))
