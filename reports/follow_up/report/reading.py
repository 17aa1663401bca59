"""The numbers of a report as they may be shown: the one place where a frozen figure is looked up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from reports.follow_up.basis import Basis, BridgeAt, FigureAt, ModuleAt, UnitAt
from reports.suppression import Hidden, Shown
from reports.tables import HIDDEN, Number

CITY = ""
"""The unit of the whole city."""


@dataclass(frozen=True)
class Reading:
    """A basis behind what it hides. Nothing else in a report touches the frozen figures."""

    basis: Basis
    hidden: Hidden

    @classmethod
    def of(cls, shown: Shown | None) -> Reading | None:
        """Read an earlier report, if there is one."""
        return cls(shown.basis, shown.hidden) if shown else None

    @cached_property
    def _figures(self) -> dict[tuple[str, str], FigureAt]:
        return {(figure.module, figure.unit): figure for figure in self.basis.figures}

    @cached_property
    def _late(self) -> dict[tuple[str, str], int]:
        return {(late.module, late.unit): late.count for late in self.basis.late}

    @cached_property
    def units(self) -> dict[str, UnitAt]:
        """Every unit by its id, as the tree is walked."""
        return {unit.id: unit for unit in self.basis.units}

    @cached_property
    def _below(self) -> dict[str, list[UnitAt]]:
        found: dict[str, list[UnitAt]] = {}
        for unit in self.basis.units:
            found.setdefault(unit.parent, []).append(unit)
        return found

    @cached_property
    def modules(self) -> Sequence[ModuleAt]:
        """In the order in which they are told of: last those that nobody is to take."""
        return sorted(self.basis.modules, key=lambda module: self.value(module.slug, CITY, "target") == 0)

    @property
    def tops(self) -> list[UnitAt]:
        """The city's own boards, then other principals."""
        return sorted((unit for unit in self.basis.units if not unit.parent), key=lambda unit: bool(unit.principal))

    def with_all_below(self, top: UnitAt) -> list[tuple[UnitAt, int]]:
        """Return a unit and all below it, each with how far below it lies."""
        return [(top, 0)] + [
            (unit, level + 1) for child in self._below.get(top.id, ()) for unit, level in self.with_all_below(child)
        ]

    def has(self, module: str, unit: str) -> bool:
        """Whether the report has a row for the module in the unit."""
        return (module, unit) in self._figures

    def value(self, module: str, unit: str, measure: str) -> Number:
        """Return a number, or `HIDDEN`. A row that does not exist is zero."""
        if not self.hidden.shows(module, unit, measure):
            return HIDDEN
        if measure == "late":
            return self._late.get((module, unit), 0)
        figure = self._figures.get((module, unit))
        return int(getattr(figure, measure)) if figure else 0

    def percent(self, module: str, unit: str) -> Number | None:
        """Return how many of a hundred are valid, rounded down so that only all is 100; `None` without a target group."""
        part, whole = self.value(module, unit, "valid"), self.value(module, unit, "target")
        if not (isinstance(part, int) and isinstance(whole, int)):
            return HIDDEN
        return 100 * part // whole if whole else None

    def goal(self, module: ModuleAt) -> int | None:
        """Return how many of a hundred the city wants to be valid, if it has said so."""
        return module.goal_percent if isinstance(module.goal_percent, int) else None

    @property
    def has_goals(self) -> bool:
        """Whether any module has a goal."""
        return any(self.goal(module) is not None for module in self.modules)

    def bridges(self, module: str, unit: str) -> list[BridgeAt]:
        """Return the bridges of a row that may be shown, at least in part."""
        return [
            bridge
            for bridge in self._bridges.get((module, unit), ())
            if self.hidden.shows_bridge(bridge.module, bridge.unit, bridge.counted)
        ]

    @cached_property
    def _bridges(self) -> dict[tuple[str, str], list[BridgeAt]]:
        found: dict[tuple[str, str], list[BridgeAt]] = {}
        for bridge in self.basis.bridges:
            found.setdefault((bridge.module, bridge.unit), []).append(bridge)
        return found
