"""A conversation drawn from top to bottom: where each box stands, and which way each arrow goes. Knows no pages."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from courses.conversation import places_of
from courses.conversation.layers import Edge, Layers, Slot, layers_of
from courses.payload import Dialogue, Ending, Turn

BOX_WIDTH, BOX_HEIGHT = 200, 72
LANE_WIDTH = 16
"""What an arrow takes that passes a row of boxes."""
GAP_ACROSS, GAP_DOWN = 28, 68
MARGIN = 24
CHARACTERS_A_LINE, LINES = 26, 2


@dataclass(frozen=True)
class Box:
    """A turn or an ending. `lines` are its first words."""

    id: str
    number: int
    title: str
    lines: tuple[str, ...]
    x: int
    y: int
    is_ending: bool
    is_lost: bool

    @property
    def text_x(self) -> int:
        return self.x + (26 if self.is_ending else 12)

    @property
    def text_rows(self) -> list[tuple[int, str]]:
        """Where each line of text stands, the title first."""
        return [(self.y + 22 + 18 * row, line) for row, line in enumerate((self.title, *self.lines))]


@dataclass(frozen=True)
class Arrow:
    """From one box to another. `label` says which answers lead there."""

    path: str
    label: str
    label_x: int
    label_y: int
    is_back: bool


@dataclass(frozen=True)
class Picture:
    """All of it, with the size that it needs."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


def draw_conversation(dialogue: Dialogue) -> Picture:
    """Return the picture; what cannot be reached stands in a row of its own at the bottom."""
    layers = layers_of(dialogue)
    rows: list[tuple[Slot, ...]] = [*layers.slots, *([layers.lost] if layers.lost else [])]
    taken = [sum(map(_width, row)) + GAP_ACROSS * (len(row) - 1) for row in rows]
    width = max(taken, default=0) + 2 * (MARGIN + GAP_ACROSS)
    left = [dict(_places(row, (width - own) // 2)) for row, own in zip(rows, taken, strict=True)]
    boxes = _boxes(dialogue, layers, left)
    height = 2 * MARGIN + len(rows) * BOX_HEIGHT + max(len(rows) - 1, 0) * GAP_DOWN
    return Picture(width, height, tuple(boxes.values()), tuple(_arrows(dialogue, boxes, left)))


def _width(slot: Slot) -> int:
    return BOX_WIDTH if isinstance(slot, str) else LANE_WIDTH


def _places(row: tuple[Slot, ...], x: int) -> Iterator[tuple[Slot, int]]:
    """Yield the left edge of each slot of a row that begins at x."""
    for slot in row:
        yield slot, x
        x += _width(slot) + GAP_ACROSS


def _top(depth: int) -> int:
    return MARGIN + depth * (BOX_HEIGHT + GAP_DOWN)


def _boxes(dialogue: Dialogue, layers: Layers, left: list[dict[Slot, int]]) -> dict[str, Box]:
    content = places_of(dialogue)
    numbers = {id_: number for number, id_ in enumerate(layers.order, start=1)}
    return {
        slot: _box(content[slot], numbers[slot], x, _top(depth), is_lost=slot in layers.lost)
        for depth, row in enumerate(left)
        for slot, x in row.items()
        if isinstance(slot, str)
    }


def _box(content: Turn | Ending, number: int, x: int, y: int, *, is_lost: bool) -> Box:
    is_ending = isinstance(content, Ending)
    text = content.title if isinstance(content, Ending) else content.text
    speaker = "" if isinstance(content, Ending) else content.speaker
    lines = textwrap.wrap(text, CHARACTERS_A_LINE, max_lines=LINES, placeholder=" …")
    title = f"{number}. {speaker}" if speaker else f"{number}."
    return Box(content.id, number, title, tuple(lines), x, y, is_ending, is_lost)


def _arrows(dialogue: Dialogue, boxes: Mapping[str, Box], left: list[dict[Slot, int]]) -> Iterator[Arrow]:
    answers: dict[Edge, list[str]] = {}
    for turn in dialogue.turns:
        for number, choice in enumerate(turn.choices, start=1):
            if choice.leads_to in boxes:
                answers.setdefault((turn.id, choice.leads_to), []).append(str(number))
    lanes = {
        edge: [(row[edge] + LANE_WIDTH // 2, _top(depth)) for depth, row in enumerate(left) if edge in row] for edge in answers
    }
    down = [edge for edge in answers if boxes[edge[1]].y > boxes[edge[0]].y]
    for edge, numbers in answers.items():
        label, here, target = ", ".join(numbers), boxes[edge[0]], boxes[edge[1]]
        if edge not in down:
            yield _arrow_back(here, target, label)
            continue
        leave = _port(here, edge, [one for one in down if one[0] == here.id], lanes, boxes, end=1)
        arrive = _port(target, edge, [one for one in down if one[1] == target.id], lanes, boxes, end=0)
        yield _arrow_down(here, target, leave, arrive, lanes[edge], label)


def _port(
    box: Box, edge: Edge, all_: list[Edge], lanes: Mapping[Edge, list[tuple[int, int]]], boxes: Mapping[str, Box], *, end: int
) -> int:
    """Where along the edge of a box an arrow meets it: those from or to the left meet it further to the left."""

    def neighbour(one: Edge) -> int:
        points = lanes[one]
        return points[0 if end else -1][0] if points else boxes[one[end]].x + BOX_WIDTH // 2

    return box.x + BOX_WIDTH * (sorted(all_, key=neighbour).index(edge) + 1) // (len(all_) + 1)


def _arrow_down(here: Box, target: Box, leave: int, arrive: int, lanes: list[tuple[int, int]], label: str) -> Arrow:
    x, y = leave, here.y + BOX_HEIGHT
    path = f"M{x} {y}"
    for lane_x, top in lanes:
        path += f"{_bend(x, y, lane_x, top)}V{top + BOX_HEIGHT}"
        x, y = lane_x, top + BOX_HEIGHT
    path += _bend(x, y, arrive, target.y - 6)
    return Arrow(path, label, leave + 5, here.y + BOX_HEIGHT + 15, is_back=False)


def _bend(x: int, y: int, to_x: int, to_y: int) -> str:
    half = (to_y - y) // 2
    return f"C{x} {y + half} {to_x} {to_y - half} {to_x} {to_y}"


def _arrow_back(here: Box, target: Box, label: str) -> Arrow:
    x, end_x = here.x + BOX_WIDTH, target.x + BOX_WIDTH + 6
    side = max(x, end_x) + GAP_ACROSS
    start, end = here.y + BOX_HEIGHT // 2 + 8, target.y + BOX_HEIGHT // 2 - 8
    return Arrow(f"M{x} {start}C{side} {start} {side} {end} {end_x} {end}", label, x + 5, start - 5, is_back=True)
