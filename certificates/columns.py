"""Text set in a column: wrapped, and made smaller together until all of it has room."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from certificates.fonts import Typeface, Weight, typeface_of
from certificates.structure import Box

Colour = tuple[float, float, float]

_SCALES = tuple(step / 100 for step in range(100, 48, -4))
_SHRINKING = 0.94
_ABOVE_BASELINE = 0.77  # the part of a line's height that is above its baseline


class DoesNotFit(ValueError):
    """A text is too long for its place on the page, even at the smallest size."""


@dataclass(frozen=True)
class Style:
    """How a paragraph looks. Lengths are points at full size; `kept_free` is what it leaves free at the right.

    A paragraph that would run to more than `most_lines` is made smaller, down to `smallest`, before it gets more.
    """

    weight: Weight
    size: float
    colour: Colour
    before: float = 0.0
    leading: float = 1.35
    indent: float = 0.0
    kept_free: float = 0.0
    most_lines: int = 1000
    smallest: float = 0.0

    def scaled(self, factor: float) -> "Style":
        """The same look, smaller in all its lengths."""
        if factor == 1:
            return self
        return replace(
            self,
            size=self.size * factor,
            before=self.before * factor,
            indent=self.indent * factor,
            smallest=self.smallest * factor,
        )


@dataclass(frozen=True)
class Paragraph:
    """A text, how it looks, and the structure element that it is."""

    text: str
    style: Style
    tag: str = "P"


@dataclass(frozen=True)
class SetParagraph:
    """A paragraph that has its typeface, its lines and its place; `top` is the top of its first line."""

    tag: str
    style: Style
    face: Typeface
    lines: tuple[str, ...]
    left: float
    top: float

    @property
    def line_height(self) -> float:
        """From one baseline to the next."""
        return self.style.size * self.style.leading

    @property
    def bottom(self) -> float:
        """The bottom of the last line."""
        return self.top - len(self.lines) * self.line_height

    @property
    def baselines(self) -> Iterator[tuple[float, str]]:
        """Each line with the height that it stands on."""
        for number, line in enumerate(self.lines):
            yield self.top - (number + _ABOVE_BASELINE) * self.line_height, line

    @cached_property
    def box(self) -> Box:
        """The rectangle around all lines."""
        width = max(self.face.width(line, self.style.size) for line in self.lines)
        return Box(self.left, self.bottom, self.left + width, self.top)


def set_column(paragraphs: list[Paragraph], box: Box) -> list[SetParagraph]:
    """The paragraphs under each other from the top of the box, at the largest common scale at which all have room.

    Raises DoesNotFit if there is none, and MissingGlyph for a paragraph that no typeface can draw whole.
    """
    for scale in _SCALES:
        placed = _set_at(scale, paragraphs, box)
        if not placed or placed[-1].bottom >= box.bottom:
            return placed
    raise DoesNotFit(f"too much text for its place, beginning with {paragraphs[0].text[:40]!r}")


def _set_at(scale: float, paragraphs: list[Paragraph], box: Box) -> list[SetParagraph]:
    placed: list[SetParagraph] = []
    top = box.top
    for paragraph in paragraphs:
        style = paragraph.style.scaled(scale)
        if placed:
            top -= style.before
        placed.append(_set_paragraph(replace(paragraph, style=style), box, top))
        top = placed[-1].bottom
    return placed


def _set_paragraph(paragraph: Paragraph, box: Box, top: float) -> SetParagraph:
    style = paragraph.style
    face = typeface_of(paragraph.text, style.weight)
    left = box.left + style.indent
    width = box.right - style.kept_free - left
    lines = wrap(paragraph.text, face, style.size, width)
    while len(lines) > style.most_lines and style.size * _SHRINKING >= style.smallest:
        style = replace(style, size=style.size * _SHRINKING)
        lines = wrap(paragraph.text, face, style.size, width)
    return SetParagraph(paragraph.tag, style, face, tuple(lines), left, top)


Cut = Callable[[str, Typeface, float, float], list[str]]
"""How a word that is too wide gets into pieces: the word, its typeface, size and width."""


def wrap(text: str, face: Typeface, size: float, width: float, cut: Cut | None = None) -> list[str]:
    """The text in lines no wider than `width`, broken at spaces, and within a word only where it is wider itself."""
    cut = cut or _pieces
    if face.width(text, size) <= width:
        return [text]
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if face.width(longer, size) <= width:
            line = longer
            continue
        *full, rest = cut(word, face, size, width)
        lines += [line, *full] if line else full
        line = rest
    return [*lines, line]


def _pieces(word: str, face: Typeface, size: float, width: float) -> list[str]:
    """The word cut so that each piece but the last fills a line."""
    pieces = [""]
    for character in word:
        if pieces[-1] and face.width(pieces[-1] + character, size) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces
