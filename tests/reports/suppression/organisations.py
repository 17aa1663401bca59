"""Random organisations with their reports, made of people, so that their figures belong together as real ones do."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from random import Random

from hypothesis import strategies as st

from reports.follow_up.basis import (
    AssignmentAt,
    Basis,
    BridgeAt,
    CycleAt,
    EarlierAt,
    FigureAt,
    LateCompletions,
    ModuleAt,
    Rules,
    UnitAt,
)

CUT_OFFS = (dt.date(2026, 4, 30), dt.date(2026, 8, 31), dt.date(2026, 12, 31))
PERIODS = ("april", "augusti", "helar")
YOUNG = "socialsekreterare"
AUDIENCES = {"a": (), "b": (), "c": (YOUNG,)}
"""Module → occupations: a and b are for the same people, c for some of them."""
TAKE_AWAY = frozenset({"expired", "exempted", "stopped_working", "moved_out", "left_audience"})


@dataclass
class State:
    """How far somebody has come with a module at a cut-off."""

    is_exempt: bool = False
    is_offered: bool = False
    is_started: bool = False
    completed: int = 0
    is_valid: bool = False
    waits: bool = False
    is_overdue: bool = False
    has_certificate: bool = False
    trained_in: frozenset[str] = frozenset()
    """Where she worked when she first completed it."""


@dataclass
class Person:
    """Somebody; `units` is empty for who does not work in the city."""

    units: frozenset[str]
    occupation: str
    states: dict[str, State] = field(default_factory=dict)


@dataclass(frozen=True)
class Shape:
    """What an organisation is like; the rest follows from the seed."""

    seed: int
    units: int
    modules: int
    cycles: int
    pace: float
    """How likely somebody is to go on with a module from one cut-off to the next."""
    doubles: float
    """How likely somebody is to work in two units."""


def shapes(max_units: int = 8, cycles: int = 3, doubles: tuple[float, ...] = (0.0, 0.0, 0.1)) -> st.SearchStrategy[Shape]:
    """Return a strategy for shapes."""
    return st.builds(
        Shape,
        seed=st.integers(0, 10**6),
        units=st.integers(2, max_units),
        modules=st.integers(1, len(AUDIENCES)),
        cycles=st.just(cycles),
        pace=st.sampled_from((0.05, 0.3, 0.6, 0.9)),
        doubles=st.sampled_from(doubles),
    )


class Organisation:
    """An organisation that lives through its cycles: `bases` are its reports."""

    def __init__(self, shape: Shape) -> None:
        self.shape, self.random = shape, Random(shape.seed)
        self.modules = list(AUDIENCES)[: shape.modules]
        self.parents = self._tree()
        self.persons = [Person(self._somewhere(unit), self._occupation()) for unit in self.parents for _ in self._staff(unit)]
        self.bases: list[Basis] = []
        self.direct: list[tuple[frozenset[str], frozenset[str]]] = []
        """By cycle: the units in which somebody works directly, and in which somebody was trained directly."""
        earlier: list[Person] | None = None
        for number in range(shape.cycles):
            self._live()
            self.bases.append(self._basis(number, earlier))
            trained = (state.trained_in for person in self.persons for state in person.states.values())
            working = (person.units for person in self.persons)
            self.direct.append((frozenset().union(*working), frozenset().union(*trained)))
            earlier = [
                Person(one.units, one.occupation, {m: State(**vars(s)) for m, s in one.states.items()}) for one in self.persons
            ]

    def _tree(self) -> dict[str, str]:
        parents = {"u0": ""}
        for number in range(1, self.shape.units):
            parents[f"u{number}"] = (
                self.random.choice(["", *parents, *parents]) if number < 4 else self.random.choice([*parents])
            )
        return parents

    def _staff(self, unit: str) -> range:
        is_leaf = unit not in self.parents.values()
        return range(self.random.choice((0, 2, 4, 6, 9, 15, 30, 60) if is_leaf else (0, 0, 1, 3, 8)))

    def _somewhere(self, unit: str) -> frozenset[str]:
        second = [self.random.choice(list(self.parents))] if self.random.random() < self.shape.doubles else []
        return frozenset([unit, *second])

    def _occupation(self) -> str:
        return self.random.choice((YOUNG, YOUNG, "vaktmästare"))

    def _live(self) -> None:
        hiring = self.random.choice((0.0, 0.02, 0.1))
        for person in self.persons:
            if person.units and self.random.random() < hiring:
                person.units = self.random.choice((frozenset(), self._somewhere(self.random.choice(list(self.parents)))))
            for module in self.modules:
                self._go_on(person.states.setdefault(module, State()), person.units)
        for _ in range(int(len(self.persons) * hiring)):
            unit = self.random.choice(list(self.parents))
            self.persons.append(Person(self._somewhere(unit), self._occupation(), {one: State() for one in self.modules}))

    def _go_on(self, state: State, units: frozenset[str]) -> None:
        chance, pace = self.random.random, self.shape.pace
        state.is_exempt = chance() < (0.5 if state.is_exempt else 0.03)
        state.is_offered |= chance() < 0.95
        state.is_started |= state.is_offered and chance() < pace
        if chance() < (pace * 0.9 if state.is_started else 0.01):
            if not state.completed:
                state.trained_in, state.has_certificate = units, chance() < 0.95
            state.completed += not state.is_valid
            state.is_valid = True
        state.is_valid &= chance() < 0.97
        state.waits = state.is_valid and chance() < 0.1
        is_late = chance() < pace
        state.is_overdue = not state.is_valid and (bool(state.completed) or is_late)

    def above(self, units: Collection[str]) -> set[str]:
        """Return the units with all above them, the city too."""
        found = set()
        for unit in units:
            found.add("")
            while unit:
                found.add(unit)
                unit = self.parents[unit]
        return found

    def _basis(self, number: int, earlier: list[Person] | None) -> Basis:
        return Basis(
            cycle=CycleAt(year=2026, period=PERIODS[number], from_on=dt.date(2026, 1, 1), cut_off_on=CUT_OFFS[number]),
            known_at=dt.datetime(2027, 1, 1, tzinfo=dt.UTC),
            newest_hr_file_on=None,
            rules=Rules(figures=1, suppression=1, threshold=5),
            city="Staden",
            units=tuple(UnitAt(id=one, name=one, kind="enhet", parent=parent) for one, parent in self.parents.items()),
            modules=tuple(_module(slug) for slug in self.modules),
            assignments=tuple(_assignment(slug) for slug in self.modules),
            figures=tuple(self._figures()),
            previous=_earlier(number - 1) if earlier is not None else None,
            last_year=None,
            bridges=tuple(self._bridges(earlier)) if earlier is not None else (),
            late=tuple(LateCompletions(module=self.modules[0], unit=unit, count=3) for unit in self.above(["u0"])),
            editions=(),
            sources=(),
        )

    def _figures(self) -> Iterator[FigureAt]:
        for module in self.modules:
            counts = {unit: Counter[str]() for unit in ("", *self.parents)}
            for person in self.persons:
                working = self.above(person.units)
                for unit in working:
                    counts[unit].update(_marks(person, module))
                self._count_trained(counts, person.states.get(module, State()), working)
            for unit, count in counts.items():
                names = (name for name in FigureAt.__struct_fields__ if name not in ("module", "unit"))
                yield FigureAt(module=module, unit=unit, **{name: count[name] for name in names})

    def _count_trained(self, counts: dict[str, Counter[str]], state: State, working: set[str]) -> None:
        for unit in self.above(state.trained_in):
            counts[unit]["trained"] += 1
            counts[unit]["trained_left"] += unit not in working
            counts[unit]["certificates"] += state.has_certificate

    def _bridges(self, earlier: list[Person]) -> Iterator[BridgeAt]:
        before = [*earlier, *(Person(frozenset(), one.occupation, {}) for one in self.persons[len(earlier) :])]
        for module in self.modules:
            for unit in ("", *self.parents):
                for counted in ("target", "completed", "valid"):
                    yield self._bridge(module, unit, counted, before)

    def _bridge(self, module: str, unit: str, counted: str, before: list[Person]) -> BridgeAt:
        parts: Counter[str] = Counter()
        opening = closing = 0
        for then, now in zip(before, self.persons, strict=True):
            was = unit in self.above(then.units) and counted in _marks(then, module)
            is_so = unit in self.above(now.units) and counted in _marks(now, module)
            opening, closing = opening + was, closing + is_so
            if is_so and not was:
                parts[self._why_in(module, unit, counted, then, now)] += 1
            if was and not is_so:
                parts[self._why_out(module, unit, now)] -= 1
        assert opening + sum(parts.values()) == closing
        return BridgeAt(module=module, unit=unit, counted=counted, opening=opening, parts=dict(parts), closing=closing)

    def _why_in(self, module: str, unit: str, counted: str, then: Person, now: Person) -> str:
        before = then.states.get(module, State())
        if counted != "target" and now.states[module].completed > before.completed:
            return "completed_again" if before.completed else "completed"
        if before.is_exempt:
            return "exemption_ended"
        if not then.units:
            return "employed"
        return "moved_in" if unit not in self.above(then.units) else "rules_changed"

    def _why_out(self, module: str, unit: str, now: Person) -> str:
        if not now.units:
            return "stopped_working"
        if unit not in self.above(now.units):
            return "moved_out"
        return "exempted" if now.states[module].is_exempt else "expired"


def _marks(person: Person, module: str) -> Iterator[str]:
    state = person.states.get(module)
    if state is None or not person.units:
        return
    if AUDIENCES[module] and person.occupation not in AUDIENCES[module]:
        return
    if state.is_exempt:
        yield "exempt"
        return
    yield "target"
    marks = {
        "offered": state.is_offered,
        "started": state.is_started,
        "completed": bool(state.completed),
        "valid": state.is_valid,
        "refresher": state.waits,
        "overdue": state.is_overdue,
    }
    yield from (mark for mark, holds in marks.items() if holds)


def _module(slug: str) -> ModuleAt:
    return ModuleAt(
        slug=slug,
        title=slug,
        edition="1.0",
        edition_sha256="",
        in_force_from=dt.date(2026, 1, 1),
        reviewed_by_jurist=True,
        validity_months=24,
        refresher_days=90,
        minutes=30,
    )


def _assignment(slug: str) -> AssignmentAt:
    return AssignmentAt(
        module=slug,
        audience=slug,
        units=("u0",),
        occupations=AUDIENCES[slug],
        only_meets_young=False,
        from_on=dt.date(2026, 1, 1),
        due_on=None,
        due_days=None,
        decided_by="",
        accepted=("u0",),
    )


def _earlier(number: int) -> EarlierAt:
    return EarlierAt(
        year=2026,
        period=PERIODS[number],
        number=number + 1,
        sha256="",
        known_at=dt.datetime(2027, 1, 1, tzinfo=dt.UTC),
        cut_off_on=CUT_OFFS[number],
        has_same_rules=True,
    )
