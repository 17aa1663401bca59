"""The departments that a question can be about, as the form offers them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from organisation.tree import Tree
from reports.asking.areas import levels_of, whole_levels, without_those_below
from reports.asking.questions import Scope


@dataclass(frozen=True)
class Choice:
    """A department to tick; `level` is how far below the first ones it is."""

    department_id: int
    name: str
    level: int
    is_chosen: bool


def choices_of(scope: Scope, tree: Tree, names: Mapping[int, str], chosen: Collection[int]) -> list[Choice]:
    """Return the departments of the day, whole levels of them as long as there is room; the chosen ones always."""
    tops = list(tree.children.get(None, ())) if scope.is_whole_city else without_those_below(scope.line, tree)
    offered = [pair for pair in whole_levels(levels_of(tree, tops)) if scope.holds(pair[0])]
    missing = [(one, 0) for one in chosen if one not in {department for department, _level in offered}]
    return [Choice(one, names.get(one, ""), min(level, 3), one in chosen) for one, level in (*missing, *offered)]
