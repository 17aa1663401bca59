"""Small pictures of bars beside each other, to be compared at a glance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from certificates.flowing.bars import Bar, Bars, figure_node, shapes_of
from certificates.flowing.galley import Galley, Line, Mark, height_of, lines_of, set_lines, width_of
from certificates.flowing.look import SMALL_LABEL, SMALL_TITLE, SMALL_VALUE
from certificates.structure import Box

IN_A_ROW = 3
GUTTER = 18.0
THICKNESS = 6.5
STEP = 5.0
"""From a bar to the next one's label, points."""
BEFORE, UNDER_TITLE = 12.0, 4.0


@dataclass(frozen=True)
class Beside:
    """Pictures in rows of three, each with its labels above its bars."""

    pictures: tuple[Bars, ...]

    def least(self, width: float) -> float:
        """The first row: no picture is broken."""
        return BEFORE + max((_height(picture, _width(width)) for picture in self.pictures[:IN_A_ROW]), default=0.0)

    def place(self, galley: Galley) -> None:
        """Row by row."""
        for start in range(0, len(self.pictures), IN_A_ROW):
            row = self.pictures[start : start + IN_A_ROW]
            height = max(_height(picture, _width(galley.width)) for picture in row)
            galley.skip(BEFORE)
            galley.need(height)
            for place, picture in enumerate(row):
                left = galley.area.left + place * (_width(galley.width) + GUTTER)
                box = Box(left, galley.top - height, left + _width(galley.width), galley.top)
                galley.put(_set(picture, box))
            galley.put(Mark(None), height)


def _width(width: float) -> float:
    return (width - (IN_A_ROW - 1) * GUTTER) / IN_A_ROW


def _label_lines(bar: Bar, width: float) -> tuple[str, ...]:
    return lines_of(bar.label, SMALL_LABEL, width - width_of(bar.value, SMALL_VALUE.weight, SMALL_VALUE.size) - GUTTER / 3)


def _height(picture: Bars, width: float) -> float:
    bars = sum(height_of(_label_lines(bar, width), SMALL_LABEL) + THICKNESS + STEP for bar in picture.bars)
    return height_of(lines_of(picture.title, SMALL_TITLE, width), SMALL_TITLE) + UNDER_TITLE + bars


def _set(picture: Bars, box: Box) -> Mark:
    """One figure: its title, and each label and value over its bar."""
    lines: list[Line] = []
    shapes: list[str] = []
    title = lines_of(picture.title, SMALL_TITLE, box.right - box.left)
    lines += set_lines(title, SMALL_TITLE, box.left, box.top)
    top = box.top - height_of(title, SMALL_TITLE) - UNDER_TITLE
    for bar in picture.bars:
        set_here = _label_lines(bar, box.right - box.left)
        lines += _set_texts(bar, set_here, box, top)
        top -= height_of(set_here, SMALL_LABEL)
        shapes.append(shapes_of(Box(box.left, top - THICKNESS, box.right, top), bar.parts))
        top -= THICKNESS + STEP
    return Mark(figure_node(picture.title, picture.bars, box), tuple(lines), " ".join(shapes))


def _set_texts(bar: Bar, label: tuple[str, ...], box: Box, top: float) -> Iterator[Line]:
    yield from set_lines(label, SMALL_LABEL, box.left, top)
    yield from set_lines((bar.value,), SMALL_VALUE, 0, top, right=box.right)
