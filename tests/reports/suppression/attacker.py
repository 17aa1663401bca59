"""Somebody who reads every table of every cycle and solves the equations: can a small number be told?

What is known: everything printed; that target, completed and overdue are sums of the same people; that a part is not more than
the whole; how units add up, where nobody works directly in one and where nobody works in two; that modules with the same
audience have the same people; that bridges lead from one cycle to the next; that a hidden cell is not 0, since zeros are shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from reports.follow_up.basis import FigureAt
from reports.suppression import Shown
from reports.suppression.bridges import NOT_SUMMED
from tests.reports.suppression.organisations import AUDIENCES, TAKE_AWAY, Organisation
from tests.reports.suppression.programs import Program, Sum, plus, times

ATOMS = ("valid", "expired", "missed", "pending", "offered", "started", "refresher", "exempt")
COUNTED_APART = ("trained", "trained_left", "certificates", "late")
MEASURES: dict[str, dict[str, int]] = {
    "target": {"valid": 1, "expired": 1, "missed": 1, "pending": 1},
    "completed": {"valid": 1, "expired": 1},
    "overdue": {"expired": 1, "missed": 1},
    **{name: {name: 1} for name in ("valid", "offered", "started", "refresher", "exempt", *COUNTED_APART)},
}
INSIDE = (("offered", "target"), ("started", "target"), ("refresher", "valid"), ("trained_left", "trained"))
DERIVED: dict[str, tuple[str, ...]] = {
    "expired": ("completed", "valid"),
    "not completed": ("target", "completed"),
    "not valid": ("target", "valid"),
    "not offered": ("target", "offered"),
    "not started": ("target", "started"),
    "no refresher": ("valid", "refresher"),
    "not overdue": ("target", "overdue"),
    "pending": ("target", "valid", "overdue"),
    "still here": ("trained", "trained_left"),
}
CAUSES = (
    *("completed", "completed_again", "exemption_ended", "employed", "moved_in", "rules_changed"),
    *("stopped_working", "moved_out", "exempted", "expired"),
)
ALMOST = 1e-6


DIRECTLY = " directly"
"""Ends the name of a number of those who work in a unit directly."""
BESIDES = " besides those shown directly"
"""Ends the name of a number of those who are not in one of the units below whose number is shown."""
STILL_HERE = "still here"
STILL_HERE_OF = "still here of "
"""Begins the name of how many of a unit's trained are still in one above it: they may have moved between the two."""
PART_LENGTH = 5
"""A variable of a measure is (cycle, module, unit, name), one of a bridge (cycle, module, unit, counted, cause)."""


@dataclass(frozen=True)
class Secret:
    """A small number."""

    name: tuple[Any, ...]
    sum: Sum
    value: int


class Attacker:
    """Knows what belongs together, and all that is shown to everybody; `tell` asks what a role can tell.

    With `is_0_safe` a number is not told that may as well be 0, else only one that may as well be at the threshold.
    """

    def __init__(self, organisation: Organisation, shown: Sequence[Shown], *, is_0_safe: bool = True) -> None:
        self.organisation, self.shown, self.is_0_safe = organisation, shown, is_0_safe
        self.units = ["", *organisation.parents]
        self.children: dict[str, list[str]] = defaultdict(list)
        for unit, parent in organisation.parents.items():
            self.children[parent].append(unit)
        self.figures = [{(row.module, row.unit): row for row in one.basis.figures} for one in shown]
        self.numbers: dict[tuple[Any, ...], int] = {}
        self.equal: list[tuple[Sum, float]] = []
        self.at_most: list[tuple[Sum, float]] = []
        self.threshold = shown[0].hidden.threshold
        for cycle in range(len(shown)):
            for module in organisation.modules:
                self._read(cycle, module)
        for cycle in range(len(shown)):
            self._add_cycle(cycle)
            for module in organisation.modules:
                self._add_still_here(cycle, module)

    def _read(self, cycle: int, module: str) -> None:
        late = {(row.module, row.unit): row.count for row in self.shown[cycle].basis.late}
        for unit in self.units:
            figure = self.figures[cycle][module, unit]
            values = {name: getattr(figure, name) for name in FigureAt.__struct_fields__[2:]}
            values["late"] = late.get((module, unit), 0)
            values["expired"] = figure.completed - figure.valid
            values["missed"] = figure.overdue - values["expired"]
            values["pending"] = figure.target - figure.valid - figure.overdue
            for name, value in values.items():
                self.numbers[cycle, module, unit, name] = value
        for bridge in self.shown[cycle].basis.bridges:
            for cause in CAUSES:
                self.numbers[cycle, bridge.module, bridge.unit, bridge.counted, cause] = abs(bridge.parts.get(cause, 0))

    def measure(self, cycle: int, module: str, unit: str, name: str) -> Sum:
        """Return a measure as a sum of variables."""
        parts = MEASURES.get(name, {name: 1})
        return {(cycle, module, unit, part): factor for part, factor in parts.items()}

    # What belongs together

    def _add_cycle(self, cycle: int) -> None:
        for module in self.organisation.modules:
            for unit in self.units:
                for inner, outer in INSIDE:
                    self._not_more(self.measure(cycle, module, unit, inner), self.measure(cycle, module, unit, outer))
                self._add_tree(cycle, module, unit)
                self._add_shown(cycle, module, unit)
        self._add_same_audience(cycle)
        if cycle:
            self._add_bridges(cycle)
            self._add_period(cycle)

    def _not_more(self, one: Sum, other: Sum) -> None:
        self.at_most.append((plus(one, other, -1), 0))

    def _add_tree(self, cycle: int, module: str, unit: str) -> None:
        children = self.children[unit]
        if not children:
            return
        working, trained = self.organisation.direct[cycle]
        self._add_level(cycle, module, unit, [*ATOMS], unit in working, INSIDE[:3])
        for name in COUNTED_APART:
            self._add_level(cycle, module, unit, [name], unit in trained or name == "late", ())

    def _add_level(
        self, cycle: int, module: str, unit: str, names: Sequence[str], is_direct: bool, inside: Sequence[tuple[str, str]]
    ) -> None:
        left = {name: self._left(self.measure(cycle, module, unit, name), unit) for name in names}
        amounts = [self.value(total) for total in left.values()]
        if min(amounts) < 0 or (max(amounts) and not is_direct):
            self._add_overlap(cycle, module, unit, names, is_direct)
            return
        for total in left.values():
            (self.at_most.append((times(total, -1), 0)) if is_direct else self.equal.append((total, 0)))
        for inner, outer in inside:
            around = self._left(self.measure(cycle, module, unit, outer), unit)
            if self.value(left[inner]) <= self.value(around):
                self._not_more(left[inner], around)

    def _add_still_here(self, cycle: int, module: str) -> None:
        """Of those trained in one unit, some are still in a unit above it: at least those who are still in the one."""

        def of(unit: str) -> Sum:
            return {(cycle, module, unit, "trained"): 1, (cycle, module, unit, "trained_left"): -1}

        for manager in self.organisation.parents:
            for unit in self.organisation.above([manager]) - {manager}:
                found = (cycle, module, unit, STILL_HERE_OF + manager)
                self.numbers[found] = self.value(of(manager))
                self._not_more(of(manager), {found: 1})
                self._not_more({found: 1}, {(cycle, module, manager, "trained"): 1})
                self._not_more({found: 1}, of(unit))

    def _left(self, total: Sum, unit: str) -> Sum:
        """Return what a unit has more than its children have together."""
        for child in self.children[unit]:
            below = {(*one[:2], child, *one[3:]): factor for one, factor in total.items() if one[2] == unit}
            total = plus(total, below, -1)
        return total

    def _without_shown(self, cycle: int, module: str, unit: str, name: str, total: Sum) -> Sum:
        hidden = self.shown[cycle].hidden
        printed = DERIVED.get(name, (name.removesuffix(" since"),))
        for child in self.children[unit]:
            below = {(*one[:2], child, *one[3:]): factor for one, factor in total.items() if one[2] == unit}
            if all(hidden.shows(module, child, measure) for measure in printed):
                total = plus(total, below, -1)
        return total

    def _add_overlap(self, cycle: int, module: str, unit: str, names: Sequence[str], is_direct: bool) -> None:
        """Where people work in several units a unit has at least what one of its children has, and at most what all have."""
        everything = [name for name in MEASURES if name not in COUNTED_APART] if len(names) > 1 else names
        for name in everything:
            total = self.measure(cycle, module, unit, name)
            if name != "trained_left":
                for child in self.children[unit]:
                    self._not_more(self.measure(cycle, module, child, name), total)
                if not is_direct:
                    self.at_most.append((self._left(total, unit), 0))

    def value(self, total: Sum) -> int:
        """Return what a sum really is."""
        return round(sum(factor * self.numbers[name] for name, factor in total.items()))

    def _add_same_audience(self, cycle: int) -> None:
        for one in self.organisation.modules:
            for other in self.organisation.modules:
                if one < other and AUDIENCES[one] == AUDIENCES[other]:
                    for unit in self.units:
                        self.equal.append((plus(self._all(cycle, one, unit), self._all(cycle, other, unit), -1), 0))

    def _all(self, cycle: int, module: str, unit: str) -> Sum:
        return plus(self.measure(cycle, module, unit, "target"), self.measure(cycle, module, unit, "exempt"))

    def _add_period(self, cycle: int) -> None:
        for module in self.organisation.modules:
            for unit in self.units:
                for name in ("trained", "certificates"):
                    self._not_more(self.measure(cycle - 1, module, unit, name), self.measure(cycle, module, unit, name))

    # What is shown

    def _add_shown(self, cycle: int, module: str, unit: str) -> None:
        hidden = self.shown[cycle].hidden
        has_twin = sum(AUDIENCES[module] == AUDIENCES[other] for other in self.organisation.modules) > 1
        for name in MEASURES:
            total = self.measure(cycle, module, unit, name)
            if hidden.shows(module, unit, name):
                self.equal.append((total, self.value(total)))
            elif name == "target" or (hidden.shows_row(module, unit) and not (has_twin and name == "exempt")):
                self.at_most.append((times(total, -1), -1))

    def _add_bridges(self, cycle: int) -> None:
        hidden = self.shown[cycle].hidden
        for bridge in self.shown[cycle].basis.bridges:
            key = bridge.module, bridge.unit, bridge.counted
            total = plus(self.measure(cycle, *key), self.measure(cycle - 1, *key), -1)
            for cause in CAUSES:
                total = plus(total, {(cycle, *key, cause): 1}, 1 if cause in TAKE_AWAY else -1)
                self._add_part(cycle, key, cause)
            self.equal.append((total, 0))
            if hidden.shows_bridge(*key):
                for cause, number in hidden.parts_of(bridge)[0].items():
                    self.equal.append(({(cycle, *key, cause): 1}, abs(number)))

    def _add_part(self, cycle: int, key: tuple[str, str, str], cause: str) -> None:
        module, unit, counted = key
        if cause not in NOT_SUMMED and self.children[unit]:
            total = {
                (cycle, *key, cause): 1.0,
                **{(cycle, module, child, counted, cause): -1.0 for child in self.children[unit]},
            }
            value = self.value(total)
            is_direct = any(unit in self.organisation.direct[one][0] for one in (cycle - 1, cycle))
            if value == 0 and not is_direct:
                self.equal.append((total, 0))
            elif value >= 0:
                self.at_most.append((times(total, -1), 0))
        wider = {"valid": "completed", "completed": "target"}.get(counted)
        if wider and cause in ("stopped_working", "employed", "moved_out", "completed"):
            inner, outer = (cycle, *key, cause), (cycle, module, unit, wider, cause)
            if self.numbers[inner] <= self.numbers[outer]:
                self._not_more({inner: 1}, {outer: 1})

    # What is protected

    def secrets(self, manager: str | None = None) -> Iterator[Secret]:
        """Yield the small numbers, of a manager's line without her own people: she knows how many they are."""
        below, above = (self._below(manager), self.organisation.above([manager])) if manager else (set(), set())
        for name, unit, total in self._protected():
            if unit in below or (unit in above and name[-1].endswith(BESIDES)):
                continue
            if unit in above and name[-1] == STILL_HERE:
                total = plus(total, {(*name[:3], STILL_HERE_OF + str(manager)): 1}, -1)
            elif unit in above and not name[-1].endswith(DIRECTLY) and name[-1] not in NOT_SUMMED:
                total = plus(total, {(*one[:2], manager, *one[3:]): factor for one, factor in total.items()}, -1)
            value = self.value(total)
            if 0 < value < self.threshold:
                yield Secret(name, total, value)

    def _protected(self) -> Iterator[tuple[tuple[Any, ...], str, Sum]]:
        """Yield every number that must not be told where it is small, as its name, unit and sum."""
        for cycle in range(len(self.shown)):
            for module in self.organisation.modules:
                for unit in self.units:
                    for name, total in self._sums(cycle, module, unit).items():
                        yield (cycle, module, unit, name), unit, total
                        if self.children[unit] and self._has_right_remainder(cycle, unit, name):
                            yield (cycle, module, unit, name + DIRECTLY), unit, self._left(total, unit)
                            yield (
                                (cycle, module, unit, name + BESIDES),
                                unit,
                                self._without_shown(cycle, module, unit, name, total),
                            )
        for name in self.numbers:
            if len(name) == PART_LENGTH:
                yield name, name[2], {name: 1}

    def _sums(self, cycle: int, module: str, unit: str) -> dict[str, Sum]:
        """Return the measures of a row, the groups between them, and what came to those of a period since the last cycle."""
        sums = {name: self.measure(cycle, module, unit, name) for name in MEASURES}
        if cycle:
            for name in ("trained", "certificates"):
                earlier = self.measure(cycle - 1, module, unit, name)
                if self.value(earlier):
                    sums[f"{name} since"] = plus(sums[name], earlier, -1)
        if self.figures[cycle][module, unit].target < self.threshold:
            return sums
        for name, (whole, *parts) in DERIVED.items():
            sums[name] = sums[whole]
            for part in parts:
                sums[name] = plus(sums[name], sums[part], -1)
        return sums

    def _has_right_remainder(self, cycle: int, unit: str, name: str) -> bool:
        """Whether what the children leave of a unit's number are people: nobody works in two units, in one of them directly."""
        if self.organisation.shape.doubles or name in ("trained_left", "still here", "late"):
            return False
        working, trained = self.organisation.direct[cycle]
        return unit in (trained if name.startswith(("trained", "certificates")) else working)

    # What a role can tell

    def tell(self, manager: str | None = None) -> list[Secret]:
        """Return the small numbers of others that the public, or the manager of a unit, can narrow down to small ones."""
        left, program = list(self.secrets(manager)), self._program(manager)
        while left:
            values = program.raise_all([secret.sum for secret in left], self.threshold)
            still = [one for one, value in zip(left, values, strict=True) if value < self.threshold - ALMOST]
            if len(still) == len(left):
                break
            left = still
        return [one for one in left if self._is_narrow(program, one)]

    def tells(self, manager: str | None, secret: Secret) -> bool:
        """Whether the public, or the manager of a unit, can narrow down this one."""
        return self._is_narrow(self._program(manager), secret)

    def _program(self, manager: str | None) -> Program:
        own = self._below(manager) if manager else set()
        known = [({name: 1}, value) for name, value in self.numbers.items() if name[2] in own and self._is_variable(name)]
        return Program([*self.equal, *known], self.at_most)

    def _is_variable(self, name: tuple[Any, ...]) -> bool:
        return len(name) == PART_LENGTH or name[3] in (*ATOMS, *COUNTED_APART)

    def _below(self, unit: str) -> set[str]:
        return {one for one in self.organisation.parents if unit in self.organisation.above([one])}

    def _is_narrow(self, program: Program, secret: Secret) -> bool:
        if program.most(secret.sum) >= self.threshold - ALMOST:
            return False
        return not self.is_0_safe or -program.most(times(secret.sum, -1)) > ALMOST
