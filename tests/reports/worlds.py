"""Random organisations with a history, for properties that hold in all of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from random import Random
from typing import Any

from hypothesis import strategies as st

from tests.reports.reference import months_after

FIRST = dt.date(2026, 1, 1)
# Few days, so that boundaries often meet: the ends of January and February among them.
NUMBERS = (0, 1, 2, 5, 9, 10, 11, 20, 30, 31, 45, 57, 58, 59, 60, 61, 89, 90, 95)
LAST = FIRST + dt.timedelta(days=NUMBERS[-1])
BEGINNING = dt.datetime(2026, 1, 1, 6, tzinfo=dt.UTC)
# Late in the evening it is already the next day in Sweden.
HOURS = (11, 23)
OCCUPATIONS = ("Lärare", "Fritidsledare")


def nth_day(number: int) -> dt.date:
    return FIRST + dt.timedelta(days=number)


def moment(day: dt.date, hour: int) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, hour, tzinfo=dt.UTC)


DAYS = st.sampled_from(NUMBERS).map(nth_day)
MOMENTS = st.builds(moment, DAYS, st.sampled_from(HOURS))

Segment = tuple[dt.date, dt.date | None, Any]


@dataclass(frozen=True)
class Version:
    """A whole history of something, as it was known from one moment to another."""

    recorded_at: dt.datetime
    superseded_at: dt.datetime | None
    segments: tuple[Segment, ...]


@dataclass(frozen=True)
class EditionPlan:
    number: tuple[int, int]
    in_force_from: dt.date
    sealed_at: dt.datetime
    withdrawn_at: dt.datetime | None
    lifted_at: dt.datetime | None
    only_a_step: bool


@dataclass(frozen=True)
class RoundPlan:
    opened_on: dt.date
    opened_at: dt.datetime
    edition: int
    completed_on: dt.date | None
    recorded_after: int


@dataclass(frozen=True)
class Due:
    """So many days after the assignment's start, or after joining the target group."""

    days: int
    after_joining: bool


@dataclass(frozen=True)
class World:
    """What to make; people, departments, modules and audiences go by their place in line."""

    sizes: tuple[int, int, int, int]
    places: dict[int, list[Version]]
    names: dict[int, list[Version]]
    employments: dict[tuple[int, int], list[Version]]
    absences: dict[int, list[Version]]
    rules: dict[int, list[Version]]
    assignments: dict[tuple[int, int], list[Version]]
    acceptances: dict[tuple[int, int, int], tuple[dt.date, dt.datetime]]
    exemptions: dict[tuple[int, int], list[Version]]
    module_rules: dict[int, list[Version]]
    editions: dict[int, list[EditionPlan]]
    rounds: dict[tuple[int, int], list[RoundPlan]]
    offers: dict[tuple[int, int], tuple[dt.date, dt.datetime]]
    days_to_ask: list[dt.date]


Value = Callable[[], Any]


class Chance:
    """Draws worlds by a seed. Hypothesis draws the seed and the sizes; drawing each value in its way is ten times slower."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def happens(self, of_ten: int) -> bool:
        return self.random.randrange(10) < of_ten

    def one_of(self, values: Sequence[Any]) -> Any:
        return self.random.choice(values)

    def day(self, early: int = 0) -> dt.date:
        """A day; in `early` of ten the first one."""
        return FIRST if self.happens(early) else nth_day(self.one_of(NUMBERS))

    def moment(self, early: int = 8) -> dt.datetime:
        return BEGINNING if self.happens(early) else moment(self.day(), self.one_of(HOURS))

    def recorded_day(self) -> tuple[dt.date, dt.datetime]:
        """The day of something, and when it was recorded."""
        return self.day(early=7), self.moment()

    def segments(self, value: Value, gaps: int) -> tuple[Segment, ...]:
        """A history without overlaps; `gaps` of ten periods are empty."""
        days = sorted({self.day(early=8), *(self.day() for _ in range(self.one_of((0, 0, 1, 2))))})
        ends = [*days[1:], None if self.happens(8) else LAST + dt.timedelta(days=1)]
        return tuple((day, end, value()) for day, end in zip(days, ends, strict=True) if not self.happens(gaps))

    def history(self, value: Value, gaps: int = 1) -> list[Version]:
        """A history, and perhaps what was believed before it was corrected."""
        first, second = self.moment(), self.moment(early=0)
        if second <= first or self.happens(6):
            return [Version(first, None, self.segments(value, gaps))]
        return [
            Version(first, second, self.segments(value, gaps)),
            Version(second, None, self.segments(value, gaps)),
        ]

    def for_some(self, of_ten: int, keys: Iterable[Any], value: Callable[[Any], Any]) -> dict[Any, Any]:
        """Draw a value for about so many of ten keys."""
        return {key: value(key) for key in keys if self.happens(of_ten)}

    def editions(self) -> list[EditionPlan]:
        """Edition 1.0, then material and editorial ones; they need not come into force in their order."""
        plans: list[EditionPlan] = []
        major, minor = 0, 0
        for _ in range(self.one_of((0, 1, 2, 3, 3, 4, 4))):
            major, minor = (major + 1, 0) if not plans or self.happens(6) else (major, minor + 1)
            early = 2 if plans else 8
            withdrawn_at = self.moment(early=1) if self.happens(5) else None
            lifted_at = withdrawn_at + dt.timedelta(days=self.one_of((1, 10, 30))) if withdrawn_at else None
            plans.append(
                EditionPlan(
                    (major, minor),
                    self.day(early),
                    self.moment(early),
                    withdrawn_at,
                    lifted_at if self.happens(5) else None,
                    self.happens(2),
                )
            )
        return plans

    def rounds(self) -> list[RoundPlan]:
        """Rounds, most of them completed, some registered late."""
        return [
            RoundPlan(
                self.day(early=4),
                self.moment(),
                self.one_of((0, 0, 0, 1, 2)),
                self.day() if self.happens(8) else None,
                self.one_of((0, 0, 20)),
            )
            for _ in range(self.one_of((1, 1, 2)))
        ]


def draw_world(seed: int, persons: int, departments: int, modules: int, audiences: int) -> World:
    """Return the world of a seed."""
    chance = Chance(seed)
    parts = {
        **draw_organisation(chance, persons, departments),
        **draw_assignments(chance, departments, modules, audiences),
        **draw_record(chance, persons, modules),
    }
    turning = turning_days(parts)
    days = [chance.one_of(turning) for _ in range(4)] if turning else [chance.day() for _ in range(4)]
    return World(sizes=(persons, departments, modules, audiences), days_to_ask=days, **parts)


def turning_days(parts: dict[str, Any]) -> list[dt.date]:
    """Days on which something falls due or runs out, and the days after them."""
    due = [from_on + dt.timedelta(days=due.days) for from_on, due in beginnings(parts["assignments"])]
    joined = [
        from_on + dt.timedelta(days=due.days)
        for from_on, _kind in beginnings(parts["employments"])
        for _start, due in beginnings(parts["assignments"])
        if due.after_joining
    ]
    done = [plan.completed_on for plans in parts["rounds"].values() for plan in plans if plan.completed_on]
    ends = [months_after(day, months) - dt.timedelta(days=1) for day in done for months in (1, 2)]
    refresh = [
        plan.in_force_from + dt.timedelta(days=days)
        for plans in parts["editions"].values()
        for plan in plans[1:]
        for days in (0, 5, 30, 90)
    ]
    return sorted(day + dt.timedelta(days=later) for day in {*due, *joined, *done, *ends, *refresh} for later in (0, 1))


def beginnings(histories: dict[Any, list[Version]]) -> list[tuple[dt.date, Any]]:
    """When each period of the histories begins, and what holds in it."""
    versions = [version for history in histories.values() for version in history]
    return [(from_on, value) for version in versions for from_on, _until_on, value in version.segments]


def draw_organisation(chance: Chance, persons: int, departments: int) -> dict[str, Any]:
    """Draw places, names, employments and absences; a department lies below one with a lower number, so never in itself."""

    def employment() -> tuple[str, bool]:
        return chance.one_of(OCCUPATIONS), chance.happens(6)

    return {
        "places": {
            number: chance.history(lambda number=number: chance.random.randint(-1, number - 1)) for number in range(departments)
        },
        "names": chance.for_some(9, range(departments), lambda _: chance.history(lambda: chance.one_of(("Norr", "Söder")))),
        "employments": chance.for_some(
            6, product(range(persons), range(departments)), lambda _: chance.history(employment, gaps=2)
        ),
        "absences": chance.for_some(5, range(persons), lambda _: chance.history(lambda: True, gaps=4)),
    }


def draw_assignments(chance: Chance, departments: int, modules: int, audiences: int) -> dict[str, Any]:
    """Draw the audiences' rules, the assignments with the days until they are due, and their acceptances."""

    def rule() -> tuple[list[int], list[str], bool]:
        named = chance.random.sample(range(departments), min(departments, chance.one_of((1, 2, 3))))
        return named, [chance.one_of(OCCUPATIONS)] if chance.happens(2) else [], chance.happens(2)

    def due() -> Due:
        return Due(chance.one_of((0, 1, 10, 30)), after_joining=chance.happens(5))

    pairs = list(product(range(modules), range(audiences)))
    return {
        "rules": {number: chance.history(rule, gaps=0) for number in range(audiences)},
        "assignments": chance.for_some(9, pairs, lambda _: chance.history(due, gaps=0)),
        "acceptances": chance.for_some(
            8, product(range(modules), range(audiences), range(departments)), lambda _: chance.recorded_day()
        ),
    }


def draw_record(chance: Chance, persons: int, modules: int) -> dict[str, Any]:
    """Draw editions, the modules' rules, and what people have done."""

    def terms() -> tuple[int | None, int]:
        return chance.one_of((None, 1, 2)), chance.one_of((0, 5, 30, 90))

    pairs = list(product(range(persons), range(modules)))
    return {
        "exemptions": chance.for_some(2, pairs, lambda _: chance.history(lambda: True, gaps=4)),
        "module_rules": chance.for_some(7, range(modules), lambda _: chance.history(terms)),
        "editions": {number: chance.editions() for number in range(modules)},
        "rounds": chance.for_some(7, pairs, lambda _: chance.rounds()),
        "offers": chance.for_some(5, pairs, lambda _: chance.recorded_day()),
    }


def worlds() -> st.SearchStrategy[World]:
    """Small ones first, so that a failure shows in the smallest."""
    seeds = st.integers(0, 2**32)
    return st.builds(draw_world, seeds, st.integers(3, 6), st.integers(1, 5), st.integers(1, 2), st.integers(1, 2))
