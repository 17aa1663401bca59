"""Bars: a picture of shares that is told apart by pattern, says its numbers beside it, and has them as its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from certificates.flowing.galley import Galley, Line, Mark, Node, height_of, lines_of, set_lines, width_of
from certificates.flowing.look import BAR_LABEL, BAR_VALUE, CAPTION, EDGE, QUIET, WHITE
from certificates.flowing.shapes import filled, hatched, outlined
from certificates.layout import DEEP
from certificates.structure import Box

THICKNESS, PADDING = 10.0, 3.5
LABEL_SHARE = 0.36
"""The part of the width that is for labels; the bars have what values and labels leave."""
GAP = 8.0
SWATCH = 9.0


@dataclass(frozen=True)
class Bar:
    """A bar. `parts` are shares of its full length, 0 to 1, in the patterns' order; `None`: nothing may be drawn."""

    label: str
    value: str
    parts: tuple[float, ...] | None


@dataclass(frozen=True)
class Bars:
    """A picture of bars under a title. `patterns` names the first two parts, full and hatched; the rest stays white."""

    title: str
    bars: tuple[Bar, ...]
    patterns: tuple[str, ...] = ()

    def least(self, width: float) -> float:
        """Title, legend, and all of a few bars."""
        return self._head_height(width) + sum(_height(bar, width) for bar in self.bars[:3])

    def place(self, galley: Galley) -> None:
        """A picture a page, as many as it takes."""
        bars = list(self.bars)
        galley.skip(CAPTION.before)
        while bars:
            room = galley.room - self._head_height(galley.width) + CAPTION.before
            here: list[Bar] = []
            while bars and (not here or room >= _height(bars[0], galley.width)):
                room -= _height(bars[0], galley.width)
                here.append(bars.pop(0))
            self._place_picture(galley, here)
            if bars:
                galley.new_page()

    def _head_height(self, width: float) -> float:
        title = height_of(lines_of(self.title, CAPTION, width), CAPTION)
        legend = QUIET.size * QUIET.leading + PADDING if self.patterns else 0.0
        return CAPTION.before + title + legend + PADDING

    def _place_picture(self, galley: Galley, bars: list[Bar]) -> None:
        height = self._head_height(galley.width) - CAPTION.before + sum(_height(bar, galley.width) for bar in bars)
        area, top = galley.area, galley.top
        box = Box(area.left, top - height, area.right, top)
        node = figure_node(self.title, bars, box)
        title = lines_of(self.title, CAPTION, galley.width)
        galley.put(Mark(node, tuple(set_lines(title, CAPTION, area.left, top))), height_of(title, CAPTION) + PADDING)
        if self.patterns:
            galley.put(self._legend(node, area.left, galley.top), QUIET.size * QUIET.leading + PADDING)
        column = max(width_of(bar.value, BAR_VALUE.weight, BAR_VALUE.size) for bar in bars)
        for bar in bars:
            galley.put(_set_bar(bar, node, galley, column), _height(bar, galley.width))

    def _legend(self, node: Node, left: float, top: float) -> Mark:
        lines: list[Line] = []
        shapes = []
        for number, name in enumerate(self.patterns):
            height = QUIET.size * QUIET.leading
            box = Box(left, top - height + 2, left + SWATCH, top - height + 2 + SWATCH)
            shapes.append(_pattern(number, box))
            lines += set_lines((name,), QUIET, box.right + 4, top)
            left = box.right + 4 + width_of(name, QUIET.weight, QUIET.size) + 2 * GAP
        return Mark(node, tuple(lines), " ".join(shapes))


def figure_node(title: str, bars: Sequence[Bar], box: Box) -> Node:
    """A picture whose words are its title and each bar's label and value."""
    said = "; ".join(f"{bar.label}: {bar.value}" for bar in bars)
    return Node("Figure", attributes=f"<</O/Layout/Placement/Block/BBox{box.array()}>>", alt=f"{title}. {said}")


def _height(bar: Bar, width: float) -> float:
    lines = lines_of(bar.label, BAR_LABEL, width * LABEL_SHARE)
    return max(height_of(lines, BAR_LABEL), THICKNESS) + PADDING


def _set_bar(bar: Bar, node: Node, galley: Galley, value_width: float) -> Mark:
    """The label before, the value behind in a column of its own, and between them the bar."""
    area, top = galley.area, galley.top
    label = lines_of(bar.label, BAR_LABEL, galley.width * LABEL_SHARE)
    lines = [*set_lines(label, BAR_LABEL, area.left, top)]
    lines += set_lines((bar.value,), BAR_VALUE, 0, top, right=area.right)
    left = area.left + galley.width * LABEL_SHARE + GAP
    whole = Box(left, top - THICKNESS - 0.5, area.right - value_width - GAP, top - 0.5)
    return Mark(node, tuple(lines), shapes_of(whole, bar.parts))


def shapes_of(whole: Box, parts: tuple[float, ...] | None) -> str:
    """The bar with its parts from the left; nothing where nothing may be drawn."""
    if parts is None:
        return ""
    shapes = [filled(whole, WHITE), outlined(whole, EDGE)]
    left = whole.left
    for number, part in enumerate(parts):
        right = min(left + part * (whole.right - whole.left), whole.right)
        if right > left:
            shapes.append(_pattern(number, Box(left, whole.bottom, right, whole.top)))
        left = right
    return " ".join(shapes)


def _pattern(number: int, box: Box) -> str:
    if number == 0:
        return filled(box, DEEP)
    if number == 1:
        return hatched(box, DEEP)
    return outlined(box, EDGE)
