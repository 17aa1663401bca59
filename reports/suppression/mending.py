"""Which further cells to hide so that every need is met: few, and of few persons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from reports.suppression.forest import NONE, Forest
from reports.suppression.pools import Need, Pools, Way

MOST_TRIED = 100
"""In a larger pool no hidden cell is tried shown again: it would take long, and there a cell more or less is little."""

FEW = 10
"""Of so many units that could be hidden every choice is tried."""

MOST_BELOW = 3
"""How many of the units below one, the largest, are looked at for people who can be elsewhere."""


def weighted(forest: Forest, counts: Sequence[int]) -> list[int]:
    """Return how much each unit's cells weigh."""
    return [count * weight for count, weight in zip(counts, forest.weights, strict=True)]


@dataclass(frozen=True)
class Costs:
    """What hiding a unit costs: how much its `cells` weigh (0: never), then whether it was `preferred`, then its `size`."""

    cells: Sequence[int]
    sizes: Sequence[int]
    preferred: frozenset[int]

    def of(self, nodes: Iterable[int]) -> tuple[int, int, int]:
        """Return the costs of several, to be compared."""
        nodes = list(nodes)
        return (
            sum(self.cells[node] for node in nodes),
            sum(node not in self.preferred for node in nodes),
            sum(self.sizes[node] for node in nodes),
        )


def mend(pools: Pools, needs: Sequence[Need], costs: Costs) -> list[Need]:
    """Hide cells until all needs are met, and show again what was not needed. Return the needs that nothing can meet."""
    first = set(pools.hidden)
    depths = _depths(pools.forest)
    order = sorted(dict.fromkeys(needs), key=lambda need: (-depths[need.node], -need.by, need.node, need.is_own, need.besides))
    late = []
    for need in order:
        if not pools.is_met(need):
            _make_room_within(pools, need, costs)
            for node in _cheapest(pools, need, costs) if pools.fits_inside(need) else ():
                pools.hide(node)
            late.append(need)
    unmet = {need for need in late if not pools.is_met(need)}
    met = [need for need in order if need not in unmet]
    _show_again(pools, met, pools.hidden - first, costs)
    _try_all(pools, met, first, costs)
    return [need for need in late if need in unmet]


def _try_all(pools: Pools, needs: Sequence[Need], first: set[int], costs: Costs) -> None:
    """Hide what costs least of everything that meets the needs, where so few units are in question that all can be tried."""
    added = sorted(pools.hidden - first)
    possible = [node for node, cells in enumerate(costs.cells) if cells and node not in first]
    if not added or len(possible) > FEW:
        return
    most, needs = costs.of(added), list(needs)
    every = (nodes for number in range(len(possible)) for nodes in combinations(possible, number))
    for _cost, nodes in sorted((cost, nodes) for nodes in every if (cost := costs.of(nodes)) < most):
        _hide_only(pools, first.union(nodes))
        if (unmet := next((need for need in needs if not pools.is_met(need)), None)) is None:
            return
        needs.remove(unmet)
        needs.insert(0, unmet)
    _hide_only(pools, first.union(added))


def _hide_only(pools: Pools, nodes: set[int]) -> None:
    for node in pools.hidden - nodes:
        pools.show(node)
    for node in nodes - pools.hidden:
        pools.hide(node)


def _depths(forest: Forest) -> list[int]:
    depths = [0] * len(forest.ids)
    for node in reversed(forest.upwards):
        if (parent := forest.parents[node]) != NONE:
            depths[node] = depths[parent] + 1
    return depths


def _make_room_within(pools: Pools, need: Need, costs: Costs) -> None:
    """Hide so much of a unit beside the child that a number does without that it can come into the unit there."""
    for path in _Branches(pools, need, costs, (need.is_more, False)).within(need) if need.besides != NONE else ():
        if pools.beside_within(need) >= need.by:
            break
        for node in path:
            pools.hide(node)


def _cheapest(pools: Pools, need: Need, costs: Costs) -> list[int]:
    """Return what to hide: beside the number, or one level up and beside that, and so on."""
    best: list[int] | None = None
    branches = _Branches(pools, need, costs, (not need.is_more, False))
    for lifted in _lifts(pools, need, costs):
        if best is not None and costs.of(lifted)[0] >= costs.of(best)[0]:
            break
        found = _beside(pools, need, lifted, branches)
        if found is not None and (best is None or costs.of(found) < costs.of(best)):
            best = found
    return best or []


def _lifts(pools: Pools, need: Need, costs: Costs) -> Iterator[list[int]]:
    """Yield no unit, then the shown one in whose sum the number stands, then also the next one up, and so on."""
    lifted: list[int] = []
    yield []
    node = need.node if need.is_own else pools.forest.parents[need.node]
    while node != NONE:
        if node not in pools.hidden:
            if not costs.cells[node]:
                return
            lifted = [*lifted, node]
            yield lifted
        node = pools.forest.parents[node]


def _beside(pools: Pools, need: Need, lifted: list[int], branches: _Branches) -> list[int] | None:
    """Return `lifted` and as many branches beside as meet the need, or None. Leaves everything as it was."""
    taken: list[int] = []
    _take(pools, lifted, taken)
    for path in branches.beside(need):
        if pools.is_met(need):
            break
        _take(pools, path, taken)
    is_met = pools.is_met(need)
    for node in reversed(taken):
        pools.show(node)
    return taken if is_met else None


def _take(pools: Pools, nodes: Iterable[int], taken: list[int]) -> None:
    for node in nodes:
        pools.hide(node)
        taken.append(node)


class _Branches:
    """What can be hidden beside a number: a shown unit, with one below it, and so on, until they have enough.

    `way` is whether they are to have more or fewer.
    """

    def __init__(self, pools: Pools, need: Need, costs: Costs, way: Way) -> None:
        self.pools, self.costs, self.by, self.way = pools, costs, need.by, way
        self._found: dict[int, tuple[tuple[int, ...], list[int]] | None] = {}

    def beside(self, need: Need) -> list[list[int]]:
        """Return the branches of the pools that the number is in: the cheapest that have enough first, then the largest.

        Hiding one changes nothing in another.
        """
        return self._ranked(_shown_beside(self.pools, need))

    def within(self, need: Need) -> list[list[int]]:
        """Return those in the unit itself, but the one that the number does without."""
        pools = self.pools
        shown = (child for child in pools.forest.children[need.node] if child not in pools.hidden)
        return self._ranked(child for child in shown if child != need.besides)

    def _ranked(self, children: Iterable[int]) -> list[list[int]]:
        ranked = [found for child in children if (found := self._branch(child))]
        return [path for _rank, path in sorted(ranked)]

    def _branch(self, child: int) -> tuple[tuple[int, ...], list[int]] | None:
        """Return a branch's rank and units; nothing where nobody in it can be elsewhere."""
        if child not in self._found:
            path, amount = self._downwards(child) if self.costs.cells[child] else ([], 0)
            rank = (amount < self.by, *(self.costs.of(path) if amount >= self.by else (-amount, 0, 0)), child)
            self._found[child] = (rank, path) if amount > 0 else None
        return self._found[child]

    def _downwards(self, node: int) -> tuple[list[int], int]:
        """Return a unit, with one below it, and so on, until they have enough; and how much."""
        pools, costs = self.pools, self.costs
        path, amount = [node], pools.branch(self.way, node)
        if amount >= self.by:
            return path, amount
        below = [child for child in pools.forest.children[node] if child not in pools.hidden and costs.cells[child]]
        below = sorted(below, key=lambda child: (-costs.sizes[child], child))[:MOST_BELOW]
        tries = [self._downwards(child) for child in below]
        if not tries:
            return path, amount
        nodes, more = min(tries, key=lambda found: (amount + found[1] < self.by, *costs.of(found[0]), found[0]))
        amount = min(pools.pool[self.way][node] + more, pools.amounts[self.way].wholes[node])
        return (path + nodes, amount) if more else (path, amount)


def _shown_beside(pools: Pools, need: Need) -> Iterator[int]:
    """Yield the shown units of the pools that the number is in."""
    uppers = [need.node] if need.is_own else []
    if not need.is_own or need.node in pools.hidden:
        uppers += pools.linked(need.node)
    for upper in uppers:
        for child in pools.forest.children[upper]:
            if child not in pools.hidden and child != need.node:
                yield child


def _show_again(pools: Pools, needs: Sequence[Need], added: set[int], costs: Costs) -> None:
    """Show what was hidden first and turned out not to be needed, those first that weigh most, then those of most persons."""
    top = _tops(pools)
    by_top: dict[int, list[Need]] = defaultdict(list)
    for need in needs:
        by_top[top(need.node, need.is_own)].append(need)
    for node in sorted(added, key=lambda node: (-costs.cells[node], node in costs.preferred, -costs.sizes[node], node)):
        concerned = by_top[top(node, False)]
        if len(concerned) > MOST_TRIED:
            continue
        pools.show(node)
        if (unmet := next((need for need in concerned if not pools.is_met(need)), None)) is not None:
            pools.hide(node)
            concerned.remove(unmet)
            concerned.insert(0, unmet)  # what needs one cell mostly needs the next one too


def _tops(pools: Pools) -> Callable[[int, bool], int]:
    """Return a function that names the pool that a number is in, as it is now, by its topmost unit."""
    hidden, parents = frozenset(pools.hidden), pools.forest.parents

    def top(node: int, is_own: bool) -> int:
        if not is_own:
            node = parents[node] if parents[node] != NONE else node
        while node in hidden and parents[node] != NONE:
            node = parents[node]
        return node

    return top
