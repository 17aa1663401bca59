"""Which departments an answer adds up, and which it has a row for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from organisation.tree import Tree

# A page shows whole levels of the tree as long as there are no more rows than this; files hold everything.
MOST_ROWS = 60


@dataclass(frozen=True)
class Area:
    """Departments whose people are added up, each once: the city, another principal, or what was chosen of either.

    `principal` is the other principal's top, `None` for the city. `earlier_tops` are the same on the day of comparison.
    """

    principal: int | None
    tops: tuple[int, ...]
    earlier_tops: tuple[int, ...] = ()


def areas_of(
    tops: Collection[int], tree: Tree, principals: Collection[int], earlier: tuple[Collection[int], Tree] | None = None
) -> list[Area]:
    """Return the city's area, then one for each other principal: nobody is ever added up across them.

    `earlier` holds the tops and the tree of the day of comparison. Without any department there is an empty area of the city.
    """
    now = _by_principal(tops, tree, principals)
    then = _by_principal(*earlier, principals) if earlier else {}
    found = sorted({*now, *then}, key=lambda principal: (principal is not None, principal))
    return [Area(one, tuple(now.get(one, ())), tuple(then.get(one, ()))) for one in found]


def _by_principal(tops: Collection[int], tree: Tree, principals: Collection[int]) -> dict[int | None, list[int]]:
    found: dict[int | None, list[int]] = {}
    for top in without_those_below(tops, tree):
        principal = next((upper for upper in tree.above(top) if upper in principals), None)
        found.setdefault(principal, []).append(top)
    return found


def without_those_below(departments: Collection[int], tree: Tree) -> list[int]:
    """Return those that exist and do not lie below another of them, as the tree is walked."""
    chosen = set(departments)
    kept = {one for one in chosen if one in tree.parents and chosen.isdisjoint(tree.above(one)[1:])}
    return [one for one in tree.walk() if one in kept]


def levels_of(tree: Tree, tops: Collection[int]) -> list[tuple[int, int]]:
    """Return every department from the tops downwards, as the tree is walked, each with how far below its top it is."""
    return [
        (department, len(tree.above(department)) - len(tree.above(top))) for top in tops for department in tree.walk_from(top)
    ]


def whole_levels(rows: list[tuple[int, int]], most: int = MOST_ROWS) -> list[tuple[int, int]]:
    """Keep as many whole levels as there is room for, at least the first."""
    deepest = max((level for _department, level in rows), default=0)
    fitting = (level for level in range(deepest, 0, -1) if sum(1 for _one, at in rows if at <= level) <= most)
    kept = next(fitting, 0)
    return [(department, level) for department, level in rows if level <= kept]
