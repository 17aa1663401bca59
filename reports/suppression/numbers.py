"""A basis' numbers by module, measure and unit, with those that its measures are put together from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from reports.follow_up.basis import AssignmentAt, Basis, FigureAt
from reports.suppression.forest import NONE, Forest
from reports.suppression.hidden import MEASURES

SMALLEST_THRESHOLD = 5

Values = list[int]
"""One number a unit, as `Forest` numbers them."""


@dataclass(frozen=True)
class Numbers:
    """`of[module][measure]`, zeros where there is no figure; `alike` has the modules that have the same audience together."""

    forest: Forest
    threshold: int
    of: dict[str, dict[str, Values]]
    alike: tuple[tuple[str, ...], ...]

    @classmethod
    def read(cls, basis: Basis) -> Numbers:
        """Read them from a basis, whatever the order of its rows."""
        forest = Forest.of(basis.units)
        modules = sorted({module.slug for module in basis.modules} | {figure.module for figure in basis.figures})
        of = {module: {measure: [0] * len(forest.ids) for measure in MEASURES} for module in modules}
        for figure in basis.figures:
            if figure.unit in forest.numbers:
                _write(of[figure.module], forest.numbers[figure.unit], figure)
        for late in basis.late:
            if late.module in of and late.unit in forest.numbers:
                of[late.module]["late"][forest.numbers[late.unit]] = late.count
        for values in of.values():
            _take_apart(values)
        return cls(forest, max(SMALLEST_THRESHOLD, basis.rules.threshold), of, _alike(modules, basis.assignments))

    def same(self, modules: Sequence[str], before: dict[str, dict[str, Values]]) -> dict[int, int]:
        """Return the units that have all people of the one above it, none of them elsewhere, with the topmost of these.

        Each number of a unit like that is one of the unit above it, so either both are shown or neither; if it was so `before`.
        """
        found: dict[int, int] = {}
        columns = [self.of[module][measure] for module in modules for measure in MEASURES]
        columns += [values for module in modules for values in before.get(module, {}).values()]
        rows = list(zip(*columns, strict=True))
        for node in reversed(self.forest.upwards):
            parent = self.forest.parents[node]
            if parent != NONE and any(rows[node]) and rows[node] == rows[parent] and self._is_alone(node, rows):
                found[node] = found.get(parent, parent)
        return found

    def _is_alone(self, node: int, rows: Sequence[tuple[int, ...]]) -> bool:
        beside = self.forest.children[self.forest.parents[node]]
        return not any(any(rows[other]) for other in beside if other != node)

    def peopled(self, modules: Sequence[str]) -> list[int]:
        """Return the units in which anybody is counted in one of the modules."""
        columns = [self.of[module][measure] for module in modules for measure in MEASURES]
        return [node for node, row in enumerate(zip(*columns, strict=True)) if any(row)]

    def joined(self, same: dict[int, int]) -> Numbers:
        """Return the numbers with nobody in those units."""
        of = {
            module: {
                name: [0 if node in same else value for node, value in enumerate(values)] for name, values in measures.items()
            }
            for module, measures in self.of.items()
        }
        return Numbers(self.forest.without(same), self.threshold, of, self.alike)

    def is_small(self, value: int) -> bool:
        """Whether so few are protected."""
        return 0 < value < self.threshold


def _write(values: dict[str, Values], number: int, figure: FigureAt) -> None:
    for measure in MEASURES:
        if measure != "late":
            values[measure][number] = getattr(figure, measure)


def minus(one: Values, *others: Values) -> Values:
    """Return one without the others, unit by unit; never below 0."""
    return [max(0, value - sum(rest)) for value, *rest in zip(one, *others, strict=True)]


def _take_apart(values: dict[str, Values]) -> None:
    """Add the groups that the measures are sums and differences of (`docs/figures.md`).

    target = valid + expired + missed + pending; completed = valid + expired; overdue = expired + missed.
    """
    values["expired"] = minus(values["completed"], values["valid"])
    values["missed"] = minus(values["overdue"], values["expired"])
    values["pending"] = minus(values["target"], values["valid"], values["overdue"])
    values["not_completed"] = minus(values["target"], values["completed"])
    values["not_valid"] = minus(values["target"], values["valid"])
    values["not_overdue"] = minus(values["target"], values["overdue"])


def _alike(modules: list[str], assignments: tuple[AssignmentAt, ...]) -> tuple[tuple[str, ...], ...]:
    """Return the modules in groups whose audiences are the same people: their target and exempt add up to the same."""
    audiences: dict[str, set[object]] = defaultdict(set)
    for given in assignments:
        audiences[given.module].add(
            (
                tuple(sorted(given.units)),
                tuple(sorted(given.occupations)),
                given.only_meets_young,
                tuple(sorted(given.accepted)),
            )
        )
    groups: dict[object, list[str]] = defaultdict(list)
    for module in modules:
        groups[frozenset(audiences[module]) if audiences[module] else module].append(module)
    return tuple(sorted(map(tuple, groups.values())))
