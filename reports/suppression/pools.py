"""Could it as well have been otherwise? The proof that a small number cannot be told from what is shown.

Persons of a unit without units below it, or who work in a unit directly, are an *atom*. A report would look the same if some of
the people of one atom were in another, as long as every cell between the two, up to where their branches meet, is hidden.
So what is hidden joins atoms into pools, and a small number is safe when enough can come into it from elsewhere in its pool.
A manager knows all about one branch, so it has to be enough without any one branch.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reports.suppression.forest import NONE, Forest

ENDLESS = 10**9


@dataclass(frozen=True, slots=True)
class Need:
    """That `by` can come into a unit's number (`is_more`), or leave it.

    With `is_own` the number is that of the unit's own atom, which stands nowhere but is what its children leave. With
    `besides` it is the unit's without what that child, or one below it, has.
    """

    node: int
    by: int
    is_own: bool = False
    is_more: bool = True
    besides: int = NONE


@dataclass(frozen=True)
class Amounts:
    """How many more, or fewer, there can be in each atom, and in each unit as a whole; both by unit."""

    atoms: list[int]
    wholes: list[int]


Way = tuple[bool, bool]
"""(is_more, is_protected): more or fewer; and whether for the protected number itself, or for what is beside it."""
WAYS: tuple[Way, ...] = ((False, False), (False, True), (True, False), (True, True))


class Pools:
    """One number over the tree: how many fewer there can be, and how many more. `amounts` by (is_more, is_protected)."""

    def __init__(self, forest: Forest, amounts: Mapping[Way, Amounts], hidden: set[int]) -> None:
        self.forest, self.hidden, self.amounts = forest, set(hidden), amounts
        self.pool = {way: list(amounts[way].atoms) for way in WAYS}
        self._largest: dict[tuple[Way, int], tuple[int, int, int]] = {}
        self._branch = {way: self._branches(way) for way in WAYS}

    def _branches(self, way: Way) -> list[int]:
        """Return what each unit can pass on, and fill the pools with it."""
        pool, branches = self.pool[way], list(self.amounts[way].wholes)
        for node in self.forest.upwards:
            if pool[node] < branches[node]:
                branches[node] = pool[node]
            parent = self.forest.parents[node]
            if node in self.hidden and parent != NONE:
                pool[parent] += branches[node]
        return branches

    def branch(self, way: Way, node: int) -> int:
        """Return how much a hidden unit can pass on to the pool above it."""
        return self._branch[way][node]

    def hide(self, node: int) -> None:
        """Hide a unit's cell."""
        self._pass_on(node, 1)
        self.hidden.add(node)

    def show(self, node: int) -> None:
        """Take back that a unit's cell is hidden."""
        self.hidden.discard(node)
        self._pass_on(node, -1)

    def _pass_on(self, node: int, sign: int) -> None:
        uppers = list(self.linked(node))
        for way in WAYS:
            pool, wholes, branches = self.pool[way], self.amounts[way].wholes, self._branch[way]
            change = sign * branches[node]
            for upper in uppers if change else ():
                pool[upper] += change
                now = pool[upper] if pool[upper] < wholes[upper] else wholes[upper]
                change, branches[upper] = now - branches[upper], now
                self._largest.pop((way, upper), None)
                if not change:
                    break

    def linked(self, node: int) -> Iterator[int]:
        """Yield the units in whose pool the cell is, if it is hidden: its parent, and on as long as they are hidden."""
        upper = self.forest.parents[node]
        while upper != NONE:
            yield upper
            if upper not in self.hidden:
                return
            upper = self.forest.parents[upper]

    def is_met(self, need: Need) -> bool:
        """Whether the number could be otherwise, for the public and for every manager."""
        if not self.fits_inside(need):
            return False
        levels: list[tuple[int, int, int]] = []
        for beside, largest, above in self._levels(need):
            if not levels and beside - largest >= need.by:
                return True
            levels.append((beside, largest, above))
        # Besides a child there is one reader only, and what she knows is in the child.
        room = _room_without_one(levels) if need.besides == NONE else _room(levels)
        return room >= need.by

    def fits_inside(self, need: Need) -> bool:
        """Whether the need is met once enough else is hidden."""
        way = need.is_more, True
        if need.besides != NONE and self.beside_within(need) < need.by:
            return False
        inside = self.amounts[way].atoms[need.node] if need.is_own else self.branch(way, need.node)
        return inside >= need.by

    def beside_within(self, need: Need) -> int:
        """Return how many can come into the unit, or leave it, besides one of its children."""
        way = need.is_more, False
        return self.pool[way][need.node] - (self.branch(way, need.besides) if need.besides in self.hidden else 0)

    def _levels(self, need: Need) -> Iterator[tuple[int, int, int]]:
        """Yield, pool by pool upwards: what is in it beside, its largest branch, and how much can come from the pools above."""
        way, node = (not need.is_more, False), need.node
        pool, branches, parents = self.pool[way], self._branch[way], self.forest.parents
        if need.is_own:
            beside = pool[node] - self.amounts[way].atoms[node]
            yield beside, self._largest_branch(way, node, NONE), self._from_above(need, node)
        while node in self.hidden and parents[node] != NONE:
            parent = parents[node]
            beside = pool[parent] - branches[node]
            yield beside, self._largest_branch(way, parent, node), self._from_above(need, parent)
            node = parent

    def _from_above(self, need: Need, node: int) -> int:
        return self.amounts[need.is_more, False].wholes[node] if node in self.hidden else 0

    def _largest_branch(self, way: Way, parent: int, besides: int) -> int:
        """Return the most that one hidden child passes on, `besides` not counted."""
        if (way, parent) not in self._largest:
            branches = self._branch[way]
            ranked = [(branches[child], child) for child in self.forest.children[parent] if child in self.hidden]
            ranked.sort(reverse=True)
            first, second = [*ranked, (0, NONE), (0, NONE)][:2]
            self._largest[way, parent] = first[0], first[1], second[0]
        most, child, second_most = self._largest[way, parent]
        return second_most if child == besides else most


def _room(levels: list[tuple[int, int, int]]) -> int:
    """Return how much there is in all pools."""
    room = ENDLESS
    for beside, _largest, above in reversed(levels):
        room = beside + min(room, above)
    return room


def _room_without_one(levels: list[tuple[int, int, int]]) -> int:
    """Return how much there is in all pools without the largest branch of one of them, which a manager knows: the worst one."""
    room = worst = ENDLESS
    for beside, largest, above in reversed(levels):
        worst = min(beside - largest + min(room, above), beside + min(worst, above))
        room = beside + min(room, above)
    return worst
