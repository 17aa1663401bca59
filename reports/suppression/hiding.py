"""What is hidden so far, while it is being decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from reports.suppression.hidden import MEASURES, HiddenCell, HiddenRow, Why
from reports.suppression.mending import Costs, weighted
from reports.suppression.numbers import Numbers, Values
from reports.suppression.pools import Need

ROW = "row"
"""Among the measures: that the row is hidden for what needs it, so that nothing in it is known not to be 0."""


class Hiding:
    """`small` and `added` have (module, measure) → units: for what a cell is itself, and for the others' sake."""

    def __init__(self, numbers: Numbers, before: frozenset[tuple[str, str, str]]) -> None:
        self.numbers = numbers
        self.small: dict[tuple[str, str], set[int]] = defaultdict(set)
        self.added: dict[tuple[str, str], set[int]] = defaultdict(set)
        self.loose: dict[tuple[str, str], frozenset[Need]] = {}
        """(module, measure) → what needs it: it is hidden where there is so little room that a part tells the rest."""
        self._before = before

    def begin(self, modules: Sequence[str], loose: dict[tuple[str, str], frozenset[Need]]) -> None:
        """Forget what is hidden of the modules, and begin again with what is loose."""
        self.loose = loose
        for hidden in (self.small, self.added):
            for key in [key for key in hidden if key[0] in modules]:
                del hidden[key]

    def take(self, joined: Hiding, same: Mapping[int, int]) -> None:
        """Hide what is hidden where each of the units `same` was taken as the one above it."""
        for mine, theirs in ((self.small, joined.small), (self.added, joined.added)):
            for key, nodes in theirs.items():
                mine[key] = nodes | {node for node, upper in same.items() if upper in nodes}

    def hide_only(self, hidden: Mapping[tuple[str, str], set[int]]) -> None:
        """Hide these units' cells of each (module, measure) and no others of them."""
        for key, nodes in hidden.items():
            self.small[key] &= nodes
            self.added[key] = nodes - self.small[key]

    def loose_units(self, module: str, *measures: str) -> set[int]:
        """Return the units where one of the measures is hidden for what is a part of it."""
        return {need.node for measure in measures for need in self.loose.get((module, measure), ())}

    def loose_needs(self, module: str, measure: str, is_more: bool = True) -> list[Need]:
        """Return those needs as the measure's own: that there can be more, or fewer."""
        found = {(need.node, need.by, need.is_own) for need in self.loose.get((module, measure), ())}
        return [Need(*each, is_more) for each in sorted(found)]

    def nodes(self, module: str, measure: str) -> set[int]:
        """Return the units whose cell is hidden, with the hidden rows."""
        rows = self.small[module, "target"] | self.added[module, "target"]
        return rows | self.small[module, measure] | self.added[module, measure]

    def all_hide(self, cells: Iterable[tuple[str, str]]) -> set[int]:
        """Return the units where each of the (module, measure) is hidden."""
        return set.intersection(*(self.nodes(*cell) for cell in cells))

    def costs(self, cells: Sequence[tuple[str, str]], sizes: Values, may_hide_zero: bool = False) -> Costs:
        """Return what hiding the (module, measure) of a unit costs, together; a 0 is shown."""
        counts = [0] * len(sizes)
        for module, measure in cells:
            hidden, values = self.nodes(module, measure), self.numbers.of[module][measure]
            for node, value in enumerate(values):
                counts[node] += (value > 0 or may_hide_zero) and node not in hidden
        if not may_hide_zero:
            counts = [count if size else 0 for count, size in zip(counts, sizes, strict=True)]
        return Costs(weighted(self.numbers.forest, counts), sizes, self._hidden_before(cells))

    def row_costs(self, modules: Sequence[str], sizes: Values) -> Costs:
        """Return what hiding the modules' rows costs."""
        counts = [
            sum(self.numbers.of[module][measure][node] > 0 for module in modules for measure in MEASURES) if size else 0
            for node, size in enumerate(sizes)
        ]
        before = self._hidden_before([(module, "target") for module in modules])
        return Costs(weighted(self.numbers.forest, counts), sizes, before)

    def _hidden_before(self, cells: Sequence[tuple[str, str]]) -> frozenset[int]:
        nodes = range(len(self.numbers.forest.ids))
        return frozenset(node for node in nodes if any(self.was_hidden(*cell, node) for cell in cells))

    def was_hidden(self, module: str, measure: str, node: int) -> bool:
        """Whether the last report hid a unit's cell."""
        return (module, self.numbers.forest.ids[node], measure) in self._before

    def rows(self) -> tuple[HiddenRow, ...]:
        """Return the hidden rows, sorted."""
        return tuple(
            sorted(
                HiddenRow(module=module, unit=unit, why=why)
                for module, measure, unit, why in self._found()
                if measure == "target"
            )
        )

    def cells(self) -> tuple[HiddenCell, ...]:
        """Return the hidden cells of the rows that are shown, sorted."""
        rows = {(row.module, row.unit) for row in self.rows()}
        return tuple(
            sorted(
                HiddenCell(module=module, unit=unit, measure=measure, why=why)
                for module, measure, unit, why in self._found()
                if (module, unit) not in rows
            )
        )

    def _found(self) -> list[tuple[str, str, str, Why]]:
        ids = self.numbers.forest.ids
        small: list[tuple[str, str, str, Why]] = [
            (*key, ids[node], "small") for key, nodes in self.small.items() for node in nodes
        ]
        return small + [
            (*key, ids[node], "complementary") for key, nodes in self.added.items() for node in nodes - self.small[key]
        ]
