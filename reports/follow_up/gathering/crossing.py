"""Bridges for every unit at once: everybody is read in the order of persons, on both days, and nobody is kept.

The causes are those of `reports.bridge`, which explains one figure of one unit with sets of persons; that both say the same
is tested.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import Max, Min

from courses.assignments import Target, targets_on
from organisation.models import Employment
from reports.bridge import EXPLAINED, Cause
from reports.counting import FETCHED, standings_on
from reports.follow_up.gathering.territory import Territory
from reports.record import completions_until, people_learned_of, terms_on
from reports.standing import Terms

Row = tuple[int, int, int, bool, bool, bool]
"""(person, module, department, exempt, completed, valid)"""
Crossed = tuple[int, int, str, Cause]
"""(module, unit, what is counted, why)"""
NOWHERE: frozenset[int] = frozenset()
NO_DEPARTMENT = -1

MOST_ASKED_FOR = 50_000
"""If something was learned of more people, everybody is read as was known then."""


@dataclass(frozen=True, eq=False)
class Side:
    """One of the days. `accepted` has a pair (module, department) for each that an assignment in force was accepted in."""

    day: dt.date
    known_at: dt.datetime
    territory: Territory
    terms: Mapping[int, Terms]
    targets: Sequence[Target]
    accepted: frozenset[tuple[int, int]]

    @classmethod
    def read(cls, day: dt.date, known_at: dt.datetime, territory: Territory) -> Side:
        """Read the day."""
        targets = targets_on(day, known_at=known_at)
        accepted = frozenset((target.module_id, department) for target in targets for department in target.departments)
        return cls(day, known_at, territory, terms_on(day, known_at), targets, accepted)

    def people(self, among: Collection[int] | None = None) -> Iterator[Row]:
        """Everybody who is meant; `among` these people, if they are given."""
        return standings_on(self.day, self.known_at, self.targets, self.terms, among)

    def learned_of_since(self, then: Side) -> frozenset[int] | None:
        """Return everybody who may stand elsewhere than was known `then` of the same day; None if that may be anybody."""
        if self._rules != then._rules:
            return None
        return people_learned_of(self.day, then.known_at, self.known_at, MOST_ASKED_FOR)

    @property
    def _rules(self) -> tuple[Any, ...]:
        """Everything that it rests on but what is known of persons."""
        return self.terms, [target.wording for target in self.targets], self.territory.tree.parents

    def employed(self) -> Iterator[Any]:
        """Every (person, department) that is employed."""
        rows = Employment.objects.on(self.day, self.known_at).order_by("user_id", "department_id")
        return rows.values_list("user_id", "department_id").iterator(chunk_size=FETCHED)

    def units(self, departments: Sequence[int]) -> frozenset[int]:
        """Return every unit that these departments lie in."""
        first, *others = departments or [NO_DEPARTMENT]
        units = self.territory.uppers(first)
        return units.union(*(self.territory.uppers(one) for one in others)) if others else units


def crossed(then: Side, before: Side, after: Side) -> Counter[Crossed]:
    """Count who is counted on one of the days only, by module, unit and cause. `then` is the earlier day as known then."""
    found: Counter[Crossed] = Counter()
    moved, learned_of = _moved(then, before, after), before.learned_of_since(then)
    streams = (
        then.people(learned_of),
        before.people(),
        after.people(),
        before.employed(),
        after.employed(),
        _completed(before, after),
    )
    for were, was, is_, employed_before, employed_after, done in aligned(streams):
        if learned_of is not None and was and was[0][0] not in learned_of:
            were = was
        if were == was == is_ and moved.isdisjoint(row[2] for row in is_):
            continue
        person = _Person(
            before,
            after,
            [row[1] for row in employed_before],
            [row[1] for row in employed_after],
            {row[1]: row[2] for row in done},
        )
        for module in {row[1] for row in (*were, *was, *is_)}:
            marks = [_marks(side, module, rows) for side, rows in ((then, were), (before, was), (after, is_))]
            found.update(person.changes(module, *marks))
    return found


def _moved(*sides: Side) -> frozenset[int]:
    """The departments that lie elsewhere on one of the days than on another."""
    territories = [side.territory for side in sides]
    departments = NOWHERE.union(*(territory.tree.parents for territory in territories))
    return frozenset(one for one in departments if len({territory.uppers(one) for territory in territories}) > 1)


def aligned(streams: Iterable[Iterable[Any]]) -> Iterator[list[list[Any]]]:
    """Yield for each person, in order, the rows of every stream; each is sorted by its rows' first column, the person."""
    groups = [groupby(stream, key=itemgetter(0)) for stream in streams]
    heads = [next(group, None) for group in groups]
    while any(heads):
        person = min(head[0] for head in heads if head)
        rows: list[list[Any]] = []
        for place, head in enumerate(heads):
            if head and head[0] == person:
                rows.append(list(head[1]))
                heads[place] = next(groups[place], None)
            else:
                rows.append([])
        yield rows


def _completed(before: Side, after: Side) -> Iterator[Any]:
    """(person, module, whether it was completed by the earlier day too) of everything that was completed since."""
    rows = completions_until(after.day, after.known_at).order_by("user_id", "module_id").values_list("user_id", "module_id")
    since = rows.annotate(first=Min("completed_on"), last=Max("completed_on")).filter(last__gt=before.day)
    for person, module, first, _last in since.iterator(chunk_size=FETCHED):
        yield person, module, first <= before.day


def _marks(side: Side, module: int, rows: list[Row]) -> dict[str, frozenset[int]]:
    """In which units the person counts as what."""
    own = [row for row in rows if row[1] == module and module in side.terms]
    if not own:
        return {}
    units = side.units([row[2] for row in own])
    _person, _module, _department, is_exempt, is_done, is_valid = own[0]
    if is_exempt:
        return {"exempt": units}
    return {"target": units} | ({"completed": units} if is_done else {}) | ({"valid": units} if is_valid else {})


@dataclass(frozen=True)
class _Person:
    """One person, from the earlier day to the later one. `done` has what was completed since, and whether before too."""

    before: Side
    after: Side
    employed_before: list[int]
    employed_after: list[int]
    done: Mapping[int, bool]

    def changes(
        self,
        module: int,
        then: Mapping[str, frozenset[int]],
        was: Mapping[str, frozenset[int]],
        is_: Mapping[str, frozenset[int]],
    ) -> Iterator[Crossed]:
        """Yield every unit and count that the person came into or left."""
        if then == was == is_:
            return
        for counted in EXPLAINED:
            known, before, after = (marks.get(counted, NOWHERE) for marks in (then, was, is_))
            yield from ((module, unit, counted, Cause.ADDED_AFTERWARDS) for unit in before - known)
            yield from ((module, unit, counted, Cause.REMOVED_AFTERWARDS) for unit in known - before)
            yield from ((module, unit, counted, self._why_in(module, unit, counted, was)) for unit in after - before)
            yield from ((module, unit, counted, self._why_out(module, unit, is_)) for unit in before - after)

    def _why_in(self, module: int, unit: int, counted: str, was: Mapping[str, frozenset[int]]) -> Cause:
        had_completed = self.done.get(module)
        if counted != "target" and had_completed is False:
            return Cause.COMPLETED
        if counted == "valid" and had_completed:
            return Cause.COMPLETED_AGAIN
        if unit in was.get("target", NOWHERE):
            return Cause.RULES_CHANGED
        return self._why_into_the_target(module, unit, was)

    def _why_into_the_target(self, module: int, unit: int, was: Mapping[str, frozenset[int]]) -> Cause:
        if unit in was.get("exempt", NOWHERE):
            return Cause.EXEMPTION_ENDED
        worked_in = self.before.units(self.employed_before)
        if not worked_in:
            return Cause.EMPLOYED
        if unit not in worked_in:
            return Cause.MOVED_IN
        return Cause.JOINED_AUDIENCE if self._is_accepted(module, unit, self.after, self.before) else Cause.ASSIGNED

    def _why_out(self, module: int, unit: int, is_: Mapping[str, frozenset[int]]) -> Cause:
        if unit in is_.get("target", NOWHERE):
            return Cause.EXPIRED
        if unit in is_.get("exempt", NOWHERE):
            return Cause.EXEMPTED
        works_in = self.after.units(self.employed_after)
        if not works_in:
            return Cause.STOPPED_WORKING
        if unit not in works_in:
            return Cause.MOVED_OUT
        return Cause.LEFT_AUDIENCE if self._is_accepted(module, unit, self.before, self.after) else Cause.ASSIGNMENT_ENDED

    def _is_accepted(self, module: int, unit: int, side: Side, on: Side) -> bool:
        """Whether, on one side, the module was accepted at or above where the person works in the unit on the other."""
        employed = self.employed_before if side is self.before else self.employed_after
        here = (one for one in employed if unit in side.territory.uppers(one))
        return any((module, upper) in on.accepted for one in here for upper in on.territory.tree.above(one))
