"""Bridges for every unit at once: everybody is read in the order of persons, on both days, and nobody is kept.

What is kept is how many went which way from the one day to the other, and each way is followed once.

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
from typing import Any, NamedTuple

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
MOST_KEPT = 200_000
"""So many ways are kept at once."""

Standing = tuple[tuple[int, ...], bool, bool, bool]
"""(departments, exempt, completed, valid) of one person with one module"""
Marks = Mapping[str, frozenset[int]]
"""What is counted → in which units"""


class Way(NamedTuple):
    """How a person went from the earlier day to the later one with one module. Most went the same way as many others."""

    module: int
    stood: Standing | None
    """On the earlier day, as known then."""
    had: Standing | None
    has: Standing | None
    worked: tuple[int, ...]
    """The departments of the earlier day, and of the later one."""
    works: tuple[int, ...]
    had_completed: bool | None
    """Of a module that was completed since, whether it had been completed before too."""


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
    for way, count in _counted(_ways(then, before, after)):
        for change in _Crossing(then, before, after, way).changes():
            found[change] += count
    return found


def _counted(ways: Iterable[Way]) -> Iterator[tuple[Way, int]]:
    """Yield each way with how many went it; again, if by then too many others have been seen to keep them all."""
    counts: Counter[Way] = Counter()
    for way in ways:
        counts[way] += 1
        if len(counts) == MOST_KEPT:
            yield from counts.items()
            counts.clear()
    yield from counts.items()


def _ways(then: Side, before: Side, after: Side) -> Iterator[Way]:
    """Yield the way of each person with each module, where anything is otherwise on one of the days."""
    moved, learned_of = _moved(then, before, after), before.learned_of_since(then)
    same = _Same()
    worked, works, done = (_Following(rows) for rows in (before.employed(), after.employed(), _completed(before, after)))
    for were, was, is_ in aligned((then.people(learned_of), before.people(), after.people())):
        if learned_of is not None and was and was[0][0] not in learned_of:
            were = was
        if were == was == is_ and moved.isdisjoint(row[2] for row in is_):
            continue
        person = (was or is_ or were)[0][0]
        worked_in, works_in = (same[tuple([row[1] for row in rows.of(person)])] for rows in (worked, works))
        has_completed = {row[1]: row[2] for row in done.of(person)}
        had, has = _standings(was, same), _standings(is_, same)
        stood = had if were is was else _standings(were, same)
        for module in stood.keys() | had.keys() | has.keys():
            standings = stood.get(module), had.get(module), has.get(module)
            if moved or standings[0] != standings[1] or standings[1] != standings[2]:
                yield Way(module, *standings, worked_in, works_in, has_completed.get(module))


class _Same(dict[Any, Any]):
    """Gives back the first of what is equal, so that the same tuple of many persons is kept once."""

    def __missing__(self, key: Any) -> Any:
        self[key] = key
        return key


def _standings(rows: Iterable[Row], same: _Same) -> dict[int, Standing]:
    """Return how one person stands with each module."""
    found: dict[int, Standing] = {}
    for _person, module, department, is_exempt, is_done, is_valid in rows:
        departments = (*found[module][0], department) if module in found else (department,)
        found[module] = same[departments, is_exempt, is_done, is_valid]
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


class _Following:
    """Rows in the order of persons, read up to the person that is asked for."""

    def __init__(self, rows: Iterable[Any]) -> None:
        self._people = groupby(rows, key=itemgetter(0))
        self._next = next(self._people, None)

    def of(self, person: int) -> list[Any]:
        """Return the rows of a person; each has a higher key than the one before."""
        while self._next and self._next[0] < person:
            self._next = next(self._people, None)
        return list(self._next[1]) if self._next and self._next[0] == person else []


def _completed(before: Side, after: Side) -> Iterator[Any]:
    """(person, module, whether it was completed by the earlier day too) of everything that was completed since."""
    rows = completions_until(after.day, after.known_at).order_by("user_id", "module_id").values_list("user_id", "module_id")
    since = rows.annotate(first=Min("completed_on"), last=Max("completed_on")).filter(last__gt=before.day)
    for person, module, first, _last in since.iterator(chunk_size=FETCHED):
        yield person, module, first <= before.day


@dataclass(frozen=True)
class _Crossing:
    """A way from the earlier day to the later one, as several persons went it."""

    then: Side
    before: Side
    after: Side
    way: Way

    def changes(self) -> Iterator[Crossed]:
        """Yield every unit and count that each of them came into or left."""
        way, module = self.way, self.way.module
        then, was, is_ = self._marks(self.then, way.stood), self._marks(self.before, way.had), self._marks(self.after, way.has)
        if then == was == is_:
            return
        for counted in EXPLAINED:
            known, before, after = (marks.get(counted, NOWHERE) for marks in (then, was, is_))
            yield from ((module, unit, counted, Cause.ADDED_AFTERWARDS) for unit in before - known)
            yield from ((module, unit, counted, Cause.REMOVED_AFTERWARDS) for unit in known - before)
            yield from ((module, unit, counted, self._why_in(unit, counted, was)) for unit in after - before)
            yield from ((module, unit, counted, self._why_out(unit, is_)) for unit in before - after)

    def _marks(self, side: Side, standing: Standing | None) -> Marks:
        """In which units they count as what."""
        if standing is None or self.way.module not in side.terms:
            return {}
        departments, is_exempt, is_done, is_valid = standing
        units = side.units(departments)
        if is_exempt:
            return {"exempt": units}
        return {"target": units} | ({"completed": units} if is_done else {}) | ({"valid": units} if is_valid else {})

    def _why_in(self, unit: int, counted: str, was: Marks) -> Cause:
        had_completed = self.way.had_completed
        if counted != "target" and had_completed is False:
            return Cause.COMPLETED
        if counted == "valid" and had_completed:
            return Cause.COMPLETED_AGAIN
        if unit in was.get("target", NOWHERE):
            return Cause.RULES_CHANGED
        return self._why_into_the_target(unit, was)

    def _why_into_the_target(self, unit: int, was: Marks) -> Cause:
        if unit in was.get("exempt", NOWHERE):
            return Cause.EXEMPTION_ENDED
        worked_in = self.before.units(self.way.worked)
        if not worked_in:
            return Cause.EMPLOYED
        if unit not in worked_in:
            return Cause.MOVED_IN
        return Cause.JOINED_AUDIENCE if self._is_accepted(unit, self.after, self.before) else Cause.ASSIGNED

    def _why_out(self, unit: int, is_: Marks) -> Cause:
        if unit in is_.get("target", NOWHERE):
            return Cause.EXPIRED
        if unit in is_.get("exempt", NOWHERE):
            return Cause.EXEMPTED
        works_in = self.after.units(self.way.works)
        if not works_in:
            return Cause.STOPPED_WORKING
        if unit not in works_in:
            return Cause.MOVED_OUT
        return Cause.LEFT_AUDIENCE if self._is_accepted(unit, self.before, self.after) else Cause.ASSIGNMENT_ENDED

    def _is_accepted(self, unit: int, side: Side, on: Side) -> bool:
        """Whether, on one side, the module was accepted at or above where the person works in the unit on the other."""
        employed = self.way.worked if side is self.before else self.way.works
        here = (one for one in employed if unit in side.territory.uppers(one))
        return any((self.way.module, upper) in on.accepted for one in here for upper in on.territory.tree.above(one))
