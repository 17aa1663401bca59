"""Turns and endings in layers, so that a conversation can be drawn from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass

from courses.conversation.graph import Graph, graph_of
from courses.payload import Dialogue

Edge = tuple[str, str]
Slot = str | Edge
"""What takes a place in a layer: a turn or an ending, or an edge that passes by on its way to a lower layer."""


@dataclass(frozen=True)
class Layers:
    """Who stands in which layer, and what passes by there, from the start downwards.

    `back` are the edges that lead up again or to the same place. `lost` can be reached from nowhere and stand in no layer.
    """

    slots: tuple[tuple[Slot, ...], ...]
    back: frozenset[Edge]
    lost: tuple[str, ...]

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The turns and endings in each layer."""
        return tuple(tuple(slot for slot in row if isinstance(slot, str)) for row in self.slots)

    @property
    def order(self) -> tuple[str, ...]:
        """Everything once, in the order of reading."""
        return (*(id_ for row in self.rows for id_ in row), *self.lost)


def layers_of(dialogue: Dialogue) -> Layers:
    """Return the layers: every edge that is not `back` leads downwards."""
    graph = graph_of(dialogue)
    order, back = _walk(dialogue.start, graph)
    depth = _depths(order, graph, back)
    rows: list[list[Slot]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    for id_ in order:
        rows[depth[id_]].append(id_)
        for target in graph[id_]:
            for passed in rows[depth[id_] + 1 : depth[target]]:
                passed.append((id_, target))
    lost = tuple(id_ for id_ in graph if id_ not in depth)
    return Layers(_less_crossing(rows, graph), frozenset(back), lost)


def _walk(start: str, graph: Graph) -> tuple[list[str], set[Edge]]:
    """Return what can be reached, each before what it leads to, apart from the edges that lead back."""
    finished: list[str] = []
    back: set[Edge] = set()
    on_the_way: dict[str, list[str]] = {start: list(graph[start])} if start in graph else {}
    while on_the_way:
        here = next(reversed(on_the_way))
        if not on_the_way[here]:
            finished.append(here)
            del on_the_way[here]
            continue
        target = on_the_way[here].pop()
        if target in on_the_way:
            back.add((here, target))
        elif target not in finished:
            on_the_way[target] = list(graph[target])
    return finished[::-1], back


def _depths(order: list[str], graph: Graph, back: set[Edge]) -> dict[str, int]:
    depth = dict.fromkeys(order, 0)
    for here in order:
        for target in graph[here]:
            if (here, target) not in back:
                depth[target] = max(depth[target], depth[here] + 1)
    return depth


def _less_crossing(rows: list[list[Slot]], graph: Graph) -> tuple[tuple[Slot, ...], ...]:
    """Place each below the middle of what leads to it from the layer above."""
    above: dict[Slot, float] = {}
    for row in rows:
        wanted = {slot: _middle([place for other, place in above.items() if _leads(other, slot, graph)]) for slot in row}
        row.sort(key=wanted.__getitem__)
        above = {slot: (number + 0.5) / len(row) for number, slot in enumerate(row)}
    return tuple(tuple(row) for row in rows)


def _leads(upper: Slot, lower: Slot, graph: Graph) -> bool:
    """Whether an edge goes from a slot to one in the next layer."""
    if isinstance(upper, str):
        return upper == lower[0] if isinstance(lower, tuple) else lower in graph[upper]
    return lower in (upper, upper[1])


def _middle(places: list[float]) -> float:
    return sum(places) / len(places) if places else 0.5
