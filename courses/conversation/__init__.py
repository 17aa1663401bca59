"""A conversation as a graph: turns lead to turns and endings. Knows neither pages nor persons nor Django."""

from courses.conversation.flaws import FEWEST_CHOICES, MOST_CHOICES, Flaw, FlawKind, flaws_of
from courses.conversation.following import BrokenWay, Said, Standing, follow
from courses.conversation.graph import Graph, graph_of, places_of, reachable_from, without_way_out
from courses.conversation.layers import Layers, layers_of

__all__ = [
    "FEWEST_CHOICES",
    "MOST_CHOICES",
    "BrokenWay",
    "Flaw",
    "FlawKind",
    "Graph",
    "Layers",
    "Said",
    "Standing",
    "flaws_of",
    "follow",
    "graph_of",
    "layers_of",
    "places_of",
    "reachable_from",
    "without_way_out",
]
