"""Pages while they are being set: marks with their places, and which structure element each belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import Protocol

from certificates.columns import Colour, Style, wrap
from certificates.fonts import Weight, clean, typeface
from certificates.hyphenation import hyphenated
from certificates.structure import Box, Destination

NO_BREAK = "\N{NO-BREAK SPACE}"
# What word processors put into texts that are pasted, and our typefaces lack: other hyphens, and bullets.
_STAND_INS = {ord(other): "-" for other in "\N{HYPHEN}\N{NON-BREAKING HYPHEN}"} | {
    ord(other): "•" for other in "\N{BLACK SMALL SQUARE}\N{BLACK CIRCLE}\N{WHITE CIRCLE}\uf0b7"
}
ABOVE_BASELINE = 0.77
"""The part of a line's height that is above its baseline."""


@dataclass(frozen=True, eq=False)
class Node:
    """A structure element to be: its marks may stand on several pages. Without a parent it is at the document's top."""

    tag: str
    parent: Node | None = None
    attributes: str = ""
    alt: str | None = None


@dataclass(frozen=True)
class Line:
    """A line of text on its baseline."""

    text: str
    weight: Weight
    size: float
    colour: Colour
    left: float
    baseline: float


@dataclass(frozen=True)
class Reference:
    """What a mark leads to: a heading, by whose page number the line ends, at the right."""

    section: object
    description: str
    box: Box


@dataclass(frozen=True)
class Mark:
    """Lines over shapes (PDF operators), of one element; decoration if of none."""

    node: Node | None
    lines: tuple[Line, ...] = ()
    shapes: str = ""
    leads_to: Reference | None = None


@dataclass(frozen=True)
class Words:
    """The document's own words, in its language, with a place for what is put in."""

    page: str = "Sida {number} av {pages}"
    continued: str = "{caption} (fortsättning)"


class Block(Protocol):
    """A part of a flowing document."""

    def least(self, width: float) -> float:
        """How much room there must be on a page for the block to begin there, with the space before it."""

    def place(self, galley: Galley) -> None:
        """Puts all of it on the galley's pages."""


@dataclass
class Galley:
    """The pages so far and the height down to which the last one is full."""

    area: Box
    top: float
    words: Words
    sections: Sequence[object] = ()
    pages: list[list[Mark]] = field(default_factory=lambda: [[]])
    places: dict[object, Destination] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._fresh_top = self.top

    @property
    def is_fresh(self) -> bool:
        """Whether nothing stands on the last page yet."""
        return self.top == self._fresh_top

    @cached_property
    def width(self) -> float:
        """How wide the lines are."""
        return self.area.right - self.area.left

    @property
    def room(self) -> float:
        """What is left of the page."""
        return self.top - self.area.bottom

    def new_page(self) -> None:
        """Begins a page, unless the last one is still empty."""
        if self.is_fresh:
            return
        self.pages.append([])
        self.top = self._fresh_top = self.area.top

    def need(self, height: float) -> None:
        """Begins a page unless so much room is left."""
        if self.room < height:
            self.new_page()

    def skip(self, height: float) -> None:
        """Leaves room, but not at the top of a page."""
        if not self.is_fresh:
            self.top -= height

    def put(self, mark: Mark, height: float = 0.0) -> None:
        """Adds a mark, and says how much of the page it takes."""
        self.pages[-1].append(mark)
        self.top -= height

    def remember(self, section: object, height: float) -> None:
        """Notes that the section begins so far above the present height."""
        self.places[section] = Destination(len(self.pages) - 1, self.top + height)


@lru_cache(maxsize=20_000)
def cleaned(text: str) -> str:
    """The text as it is drawn. Spaces that do not break, as within a number, stay such.

    A character that no typeface has is named by its number, `[U+1F642]`: what was frozen can no longer be written otherwise.
    """
    drawn = _composed(text)
    return drawn if drawn.isascii() else "".join(map(_drawn, drawn))


def _composed(text: str) -> str:
    return NO_BREAK.join(clean(part) for part in text.translate(_STAND_INS).split(NO_BREAK))


@cache
def _drawn(character: str) -> str:
    lacks = any(typeface(weight).missing(character) for weight in Weight)
    return f"[U+{ord(character):04X}]" if lacks else character


def undrawable(text: str) -> str:
    """The characters of the text that no document can show, each once: scripts and signs that our typefaces lack."""
    return "".join(character for character in dict.fromkeys(_composed(text)) if _drawn(character) != character)


@lru_cache(maxsize=20_000)
def width_of(text: str, weight: Weight, size: float) -> float:
    """How wide the text gets, in points."""
    return typeface(weight).width(text, size)


@lru_cache(maxsize=20_000)
def lines_of(text: str, style: Style, width: float) -> tuple[str, ...]:
    """The text, cleaned, in lines of this width. It keeps the breaks of its own lines."""
    face = typeface(style.weight)
    parts = text.splitlines() or [""]
    return tuple(line for part in parts for line in wrap(cleaned(part), face, style.size, width, hyphenated))


def height_of(lines: Sequence[str], style: Style) -> float:
    """How high so many lines are."""
    return len(lines) * style.size * style.leading


def set_lines(lines: Sequence[str], style: Style, left: float, top: float, right: float | None = None) -> Iterator[Line]:
    """The lines below `top`, from `left`; or up to `right`, if it is given."""
    height = style.size * style.leading
    for number, text in enumerate(lines):
        start = left if right is None else right - width_of(text, style.weight, style.size)
        yield Line(text, style.weight, style.size, style.colour, start, top - (number + ABOVE_BASELINE) * height)
