"""The answer to a question: for each module the figures of each area and each department, and what changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.urls import reverse

from organisation.tree import Tree
from reports.asking.areas import Area, levels_of, whole_levels
from reports.asking.reading import Reading
from reports.asking.words import Explained, explained
from reports.bridge import EXPLAINED, Bridge, Moment, build_bridge
from reports.counting import COUNTED
from reports.standing import Terms


@dataclass(frozen=True)
class Counts:
    """How many persons count as what, as `reports.figures.Figure` has them."""

    target: int
    exempt: int
    offered: int
    started: int
    completed: int
    valid: int
    refresher: int
    overdue: int

    @property
    def percent(self) -> int | None:
        """How many of a hundred are valid, rounded down so that only all of them is 100; `None` without a target group."""
        return 100 * self.valid // self.target if self.target else None


@dataclass(frozen=True)
class Row:
    """A department. `level` counts from 0 at the department that was asked about."""

    department_id: int
    name: str
    level: int
    counts: Counts
    url: str = ""
    """Leads to the same question about this department, if there is more below it."""


@dataclass(frozen=True)
class Change:
    """A department, or a whole area, and the bridge of each figure that is explained."""

    department_id: int | None
    name: str
    bridges: tuple[Bridge, ...]

    @property
    def explained(self) -> list[Explained]:
        """The bridges in words."""
        return [explained(bridge) for bridge in self.bridges]

    @property
    def is_none(self) -> bool:
        """Whether everything is as it was, person by person."""
        return not any(bridge.parts or bridge.unexplained for bridge in self.bridges)


@dataclass(frozen=True)
class AreaAnswer:
    """One module in one area. `earlier` and `change` are there when two days are compared."""

    name: str
    is_other_principal: bool
    counts: Counts
    rows: list[Row]
    earlier: Counts | None
    change: Change | None
    changes: list[Change]

    @property
    def points(self) -> int | None:
        """How many percentage points more are valid than on the earlier day."""
        if self.earlier is None or self.earlier.percent is None or self.counts.percent is None:
            return None
        return self.counts.percent - self.earlier.percent

    @property
    def fewer_points(self) -> int | None:
        """The same without its sign."""
        return None if self.points is None else abs(self.points)

    @property
    def changed(self) -> list[Change]:
        """The departments where somebody came or went."""
        return [change for change in self.changes if not change.is_none]

    @property
    def shown_changes(self) -> list[Change]:
        """Those, after all of them together where no department is above the others."""
        together = [self.change] if self.change and not self.name else []
        return [*together, *self.changed]


@dataclass(frozen=True)
class ModuleAnswer:
    """One module, in every area."""

    terms: Terms
    areas: list[AreaAnswer]


def answers(reading: Reading, *, is_page: bool = False) -> list[ModuleAnswer]:
    """Answer for every module of the question; a page shows only as many whole levels as it has room for."""
    return [ModuleAnswer(terms, [_in_area(reading, terms, area, is_page) for area in reading.areas]) for terms in reading.terms]


def is_cut(reading: Reading) -> bool:
    """Whether a page leaves levels out."""
    levels = [levels_of(reading.tree, area.tops) for area in reading.areas]
    return any(len(whole_levels(rows)) < len(rows) for rows in levels)


def _in_area(reading: Reading, terms: Terms, area: Area, is_page: bool) -> AreaAnswer:
    levels = levels_of(reading.tree, area.tops)
    shown = [(one, level) for one, level in (whole_levels(levels) if is_page else levels) if reading.scope.holds(one)]
    module, comparison = terms.module_id, reading.comparison
    name = reading.names.get(area.tops[0], "") if len(area.tops) == 1 else ""
    return AreaAnswer(
        name=name,
        is_other_principal=area.principal is not None,
        counts=count(reading.later, module, area.tops),
        rows=[_row(reading, module, one, level) for one, level in shown],
        earlier=count(comparison.earlier, module, area.earlier_tops) if comparison else None,
        change=_change(reading, module, name, area.tops, area.earlier_tops) if comparison else None,
        changes=_changes(reading, module, area, [one for one, _level in shown]),
    )


def count(moment: Moment, module: int, area: Collection[int]) -> Counts:
    """Count who is in these departments, each person once."""
    return Counts(**{what: len(moment.counted(module, area, what)) for what in COUNTED})


def _row(reading: Reading, module: int, department: int, level: int) -> Row:
    asked = reading.question.departments == (department,)
    leads_on = bool(reading.tree.children.get(department)) and not asked
    url = f"{reverse('follow_up_question')}?{reading.question.about(department).query}" if leads_on else ""
    return Row(department, reading.names.get(department, ""), level, count(reading.later, module, [department]), url)


def _changes(reading: Reading, module: int, area: Area, shown: Iterable[int]) -> list[Change]:
    """Every department that is shown, and those of the earlier day that are no more."""
    if reading.comparison is None:
        return []
    closed = _closed(reading, area, reading.comparison.earlier.tree)
    return [_change(reading, module, reading.names.get(one, ""), [one], [one], one) for one in (*shown, *closed)]


def _closed(reading: Reading, area: Area, before: Tree) -> list[int]:
    were = (one for one, _level in levels_of(before, area.earlier_tops))
    return [one for one in were if one not in reading.tree.parents and reading.scope.holds(one)]


def _change(
    reading: Reading,
    module: int,
    name: str,
    tops: Collection[int],
    earlier_tops: Collection[int],
    department: int | None = None,
) -> Change:
    comparison = reading.comparison
    assert comparison is not None  # noqa: S101  asked only when two days are compared
    return Change(
        department, name, tuple(build_bridge(comparison, module, tops, counted, earlier_tops) for counted in EXPLAINED)
    )
