"""Rectangles, rules and hatching as PDF operators."""

from certificates.columns import Colour
from certificates.structure import Box

HATCH = 3.2
"""From one line of the hatching to the next, points."""


def _colour(colour: Colour) -> str:
    return " ".join(f"{channel:.3f}" for channel in colour)


def _rectangle(box: Box) -> str:
    return f"{box.left:.2f} {box.bottom:.2f} {box.right - box.left:.2f} {box.top - box.bottom:.2f} re"


def filled(box: Box, colour: Colour) -> str:
    """The rectangle in a colour."""
    return f"{_colour(colour)} rg {_rectangle(box)} f"


def outlined(box: Box, colour: Colour, thickness: float = 0.6) -> str:
    """The rectangle's edge."""
    return f"{_colour(colour)} RG {thickness} w {_rectangle(box)} S"


def rule(left: float, right: float, height: float, colour: Colour, thickness: float = 0.5) -> str:
    """A line across."""
    return f"{_colour(colour)} RG {thickness} w {left:.2f} {height:.2f} m {right:.2f} {height:.2f} l S"


def hatched(box: Box, colour: Colour) -> str:
    """The rectangle filled with slanting lines, which stay apart from a full one when they are printed in black."""
    height = box.top - box.bottom
    start = box.left - height
    strokes = []
    while start < box.right:
        strokes.append(f"{start:.2f} {box.bottom:.2f} m {start + height:.2f} {box.top:.2f} l")
        start += HATCH
    return f"q {_rectangle(box)} W n {_colour(colour)} RG 0.9 w {' '.join(strokes)} S Q {outlined(box, colour)}"
