"""Could it as well have been otherwise? The proof that a small number cannot be told from what is shown.

Persons of a unit without units below it, or who work in a unit directly, are an *atom*. A report would look the same if some of
the people of one atom were in another, as long as every cell between the two, up to where their branches meet, is hidden.
So what is hidden joins atoms into pools, and a small number is safe when enough can come into it from elsewhere in its pool.
A manager knows all about one branch, so it has to be enough without any one branch.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reports.suppression.forest import NONE, Forest

ENDLESS = 10**9


@dataclass(frozen=True, slots=True)
class Need:
    """That `by` can come into a unit's number (`is_more`), or leave it; or else `or_by` the other way, if not 0.

    With `is_own` the number is that of the unit's own atom, which stands nowhere but is what its children leave.
    """

    node: int
    by: int
    is_own: bool = False
    is_more: bool = True
    or_by: int = 0


class Pools:
    """One number over the tree. `give` and `take` are how much each atom can do without, and can hold in addition."""

    def __init__(self, forest: Forest, give: list[int], take: list[int], hidden: set[int]) -> None:
        self.forest, self.hidden = forest, set(hidden)
        self.own = {False: give, True: take}
        self.pool = {False: list(give), True: list(take)}
        self._largest: dict[tuple[bool, int], tuple[int, int, int]] = {}
        for node in forest.upwards:
            parent = forest.parents[node]
            if node in self.hidden and parent != NONE:
                for way in (False, True):
                    self.pool[way][parent] += self.pool[way][node]

    def hide(self, node: int) -> None:
        """Hide a unit's cell."""
        self._pass_on(node, 1)
        self.hidden.add(node)

    def show(self, node: int) -> None:
        """Take back that a unit's cell is hidden."""
        self.hidden.discard(node)
        self._pass_on(node, -1)

    def _pass_on(self, node: int, sign: int) -> None:
        give, take = sign * self.pool[False][node], sign * self.pool[True][node]
        for upper in self.linked(node):
            self.pool[False][upper] += give
            self.pool[True][upper] += take
            for way in (False, True):
                self._largest.pop((way, upper), None)

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
        if self._can_move(need, need.is_more, need.by):
            return True
        return need.or_by > 0 and self._can_move(need, not need.is_more, need.or_by)

    def fits_inside(self, need: Need) -> bool:
        """Whether the need is met once enough else is hidden."""
        if self.inside(need, need.is_more) >= need.by:
            return True
        return need.or_by > 0 and self.inside(need, not need.is_more) >= need.or_by

    def _can_move(self, need: Need, is_more: bool, by: int) -> bool:
        return self.inside(need, is_more) >= by and self._outside(need, not is_more) >= by

    def inside(self, need: Need, way: bool) -> int:
        """Return how much the number itself can give, or take."""
        return (self.own if need.is_own else self.pool)[way][need.node]

    def _outside(self, need: Need, way: bool) -> int:
        """Return how much there is elsewhere in the pool, without the branch that has most."""
        node, total, worst = need.node, 0, 0
        if need.is_own:
            total = self.pool[way][node] - self.own[way][node]
            worst = self._largest_branch(way, node, NONE)
        while node in self.hidden:
            parent = self.forest.parents[node]
            if parent == NONE:
                return ENDLESS
            total += self.pool[way][parent] - self.pool[way][node]
            worst = max(worst, self._largest_branch(way, parent, node))
            node = parent
        return total - worst

    def _largest_branch(self, way: bool, parent: int, besides: int) -> int:
        """Return the most that one hidden child has, `besides` not counted."""
        if (way, parent) not in self._largest:
            pool = self.pool[way]
            ranked = sorted(
                ((pool[child], child) for child in self.forest.children[parent] if child in self.hidden), reverse=True
            )
            first, second = [*ranked, (0, NONE), (0, NONE)][:2]
            self._largest[way, parent] = first[0], first[1], second[0]
        most, child, second_most = self._largest[way, parent]
        return second_most if child == besides else most
