"""What leads to what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from courses.payload import Dialogue, Ending, Turn

Graph = Mapping[str, tuple[str, ...]]
"""For each turn and ending, in the order of writing, the turns and endings that its choices lead to, each once."""


def graph_of(dialogue: Dialogue) -> Graph:
    """Return the graph; choices that lead nowhere are left out, and of two turns with one id the first counts."""
    known = {turn.id for turn in dialogue.turns} | {ending.id for ending in dialogue.endings}
    graph: dict[str, tuple[str, ...]] = {}
    for turn in dialogue.turns:
        graph.setdefault(turn.id, tuple(dict.fromkeys(c.leads_to for c in turn.choices if c.leads_to in known)))
    for ending in dialogue.endings:
        graph.setdefault(ending.id, ())
    return graph


def places_of(dialogue: Dialogue) -> dict[str, Turn | Ending]:
    """Return turns and endings by their ids."""
    turns: dict[str, Turn | Ending] = {turn.id: turn for turn in dialogue.turns}
    return {ending.id: ending for ending in dialogue.endings} | turns


def reachable_from(starts: Iterable[str], graph: Graph) -> set[str]:
    """Return everything that can be met on a way from one of the starts, these included."""
    found: set[str] = set()
    waiting = [start for start in starts if start in graph]
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting.extend(graph[here])
    return found


def without_way_out(dialogue: Dialogue) -> set[str]:
    """Return the turns from which no ending can be reached, whatever is chosen."""
    graph = graph_of(dialogue)
    back: dict[str, list[str]] = {id_: [] for id_ in graph}
    for here, targets in graph.items():
        for target in targets:
            back[target].append(here)
    turned = {id_: tuple(sources) for id_, sources in back.items()}
    return {turn.id for turn in dialogue.turns} - reachable_from((ending.id for ending in dialogue.endings), turned)
