"""Why a figure of one day is another than that of an earlier day: a bridge whose parts add up, person by person.

Everybody who is counted on only one of the days has exactly one cause. First comes what was corrected: the earlier day as
it was known then, against the same day as it is known for the later one. Then, among what is known for the later one:

* who came into a count – completed it (or again) since; is no longer exempt; began to work; moved in; came into the target
  group; was assigned the module – the first of these that is so;
* who left it – is still in the target group, so it ran out; became exempt; stopped working; moved out; left the target
  group; the assignment ended – the first of these that is so.

`docs/figures.md` says what each means.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from organisation.tree import Tree
from reports.figures import Counted
from reports.record import Key

EXPLAINED = ("target", "completed", "valid")
"""The figures that a bridge is built for."""


class Cause(enum.StrEnum):
    """Why somebody is counted on one of two days only, in the order in which a reader wants to know."""

    COMPLETED = "completed"
    COMPLETED_AGAIN = "completed_again"
    EMPLOYED = "employed"
    MOVED_IN = "moved_in"
    JOINED_AUDIENCE = "joined_audience"
    ASSIGNED = "assigned"
    EXEMPTION_ENDED = "exemption_ended"
    RULES_CHANGED = "rules_changed"
    EXPIRED = "expired"
    STOPPED_WORKING = "stopped_working"
    MOVED_OUT = "moved_out"
    LEFT_AUDIENCE = "left_audience"
    ASSIGNMENT_ENDED = "assignment_ended"
    EXEMPTED = "exempted"
    ADDED_AFTERWARDS = "added_afterwards"
    REMOVED_AFTERWARDS = "removed_afterwards"


TAKE_AWAY = frozenset(
    {
        Cause.EXPIRED,
        Cause.STOPPED_WORKING,
        Cause.MOVED_OUT,
        Cause.LEFT_AUDIENCE,
        Cause.ASSIGNMENT_ENDED,
        Cause.EXEMPTED,
        Cause.REMOVED_AFTERWARDS,
    }
)
"""The causes that make a figure smaller."""

People = Mapping[Counted, set[int]]
"""Who counts where, as `reports.figures.count_people` says it."""


@dataclass(frozen=True)
class Moment:
    """What a day was like. `employed` has the departments of each person, `accepted` a pair (module, department) for each
    department that an assignment in force names and whose manager has accepted it."""

    day: dt.date
    tree: Tree
    people: People
    employed: Mapping[int, set[int]]
    accepted: frozenset[tuple[int, int]]

    def counted(self, module: int, area: Collection[int], what: str) -> set[int]:
        """Return who counts in the departments of `area` taken together, each person once."""
        return set().union(*(self.people.get((module, department, what), ()) for department in area))

    def departments_in(self, person: int, area: Collection[int]) -> set[int]:
        """Return those of the person's departments that lie in the area."""
        own = self.employed.get(person, set())
        return {department for department in own if not set(self.tree.above(department)).isdisjoint(area)}

    def is_accepted_above(self, module: int, departments: Collection[int]) -> bool:
        """Whether the module was accepted in one of the departments or above it."""
        return any((module, upper) in self.accepted for one in departments for upper in self.tree.above(one))


@dataclass(frozen=True)
class Comparison:
    """Two days. `earlier` is as known for the later day, `known_then` who counted on it as known then.

    `completed_since` has who completed what after the earlier day, and whether she had completed it before too.
    """

    earlier: Moment
    later: Moment
    known_then: People
    completed_since: Mapping[Key, bool]


@dataclass(frozen=True)
class Bridge:
    """From one figure to another. Each part is how many persons it adds, or takes away if it is below zero; none is 0."""

    counted: str
    opening: int
    parts: Mapping[Cause, int]
    closing: int

    @property
    def change(self) -> int:
        """How much larger the later figure is."""
        return self.closing - self.opening

    @property
    def unexplained(self) -> int:
        """What the parts do not explain; always 0."""
        return self.change - sum(self.parts.values())


def build_bridge(
    comparison: Comparison, module: int, area: Collection[int], counted: str, earlier_area: Collection[int] | None = None
) -> Bridge:
    """Explain one figure of the departments in `area` taken together, with everything below them.

    `earlier_area` is what corresponded to them on the earlier day, where it was other departments (the tops of the city).
    """
    earlier_area = area if earlier_area is None else earlier_area
    crossing = _Crossing(comparison, module, frozenset(earlier_area), frozenset(area))
    then = set().union(*(comparison.known_then.get((module, department, counted), ()) for department in earlier_area))
    before, after = crossing.before(counted), crossing.after(counted)
    causes = Counter({Cause.ADDED_AFTERWARDS: len(before - then), Cause.REMOVED_AFTERWARDS: len(then - before)})
    causes.update(crossing.why_in(person, counted) for person in after - before)
    causes.update(crossing.why_out(person) for person in before - after)
    parts = {cause: -causes[cause] if cause in TAKE_AWAY else causes[cause] for cause in Cause if causes[cause]}
    return Bridge(counted, len(then), parts, len(after))


class _Crossing:
    """One module in one area, from the earlier day to the later one."""

    def __init__(self, comparison: Comparison, module: int, area_before: frozenset[int], area_after: frozenset[int]) -> None:
        self.comparison = comparison
        self.earlier, self.later = comparison.earlier, comparison.later
        self.module = module
        self.area_before, self.area_after = area_before, area_after

    def before(self, what: str) -> set[int]:
        return self.earlier.counted(self.module, self.area_before, what)

    def after(self, what: str) -> set[int]:
        return self.later.counted(self.module, self.area_after, what)

    @cached_property
    def target_before(self) -> set[int]:
        return self.before("target")

    @cached_property
    def target_after(self) -> set[int]:
        return self.after("target")

    @cached_property
    def exempt_before(self) -> set[int]:
        return self.before("exempt")

    @cached_property
    def exempt_after(self) -> set[int]:
        return self.after("exempt")

    def why_in(self, person: int, counted: str) -> Cause:
        """Return why somebody who was not counted is so now."""
        had_completed = self.comparison.completed_since.get((self.module, person))
        if counted != "target" and had_completed is False:
            return Cause.COMPLETED
        if counted == "valid" and had_completed:
            return Cause.COMPLETED_AGAIN
        if person in self.target_before:
            return Cause.RULES_CHANGED
        return self._why_into_the_target(person)

    def _why_into_the_target(self, person: int) -> Cause:
        if person in self.exempt_before:
            return Cause.EXEMPTION_ENDED
        if not self.earlier.employed.get(person):
            return Cause.EMPLOYED
        if not self.earlier.departments_in(person, self.area_before):
            return Cause.MOVED_IN
        works_in = self.later.departments_in(person, self.area_after)
        was_accepted = self.earlier.is_accepted_above(self.module, works_in)
        return Cause.JOINED_AUDIENCE if was_accepted else Cause.ASSIGNED

    def why_out(self, person: int) -> Cause:
        """Return why somebody who was counted is so no longer."""
        if person in self.target_after:
            return Cause.EXPIRED
        if person in self.exempt_after:
            return Cause.EXEMPTED
        if not self.later.employed.get(person):
            return Cause.STOPPED_WORKING
        if not self.later.departments_in(person, self.area_after):
            return Cause.MOVED_OUT
        worked_in = self.earlier.departments_in(person, self.area_before)
        is_accepted = self.later.is_accepted_above(self.module, worked_in)
        return Cause.LEFT_AUDIENCE if is_accepted else Cause.ASSIGNMENT_ENDED
