"""Headings, paragraphs, lists, and the table of contents."""

from __future__ import annotations

from dataclasses import dataclass

from certificates.columns import Style
from certificates.flowing.galley import Galley, Line, Mark, Node, Reference, height_of, lines_of, set_lines
from certificates.flowing.look import BODY, ENTRY, HEADINGS
from certificates.flowing.shapes import filled
from certificates.layout import DEEP
from certificates.structure import Box

FEWEST_LINES = 2
"""Of a paragraph that is broken: so many stay together at either side."""
BAR_INDENT, BAR_WIDTH = 12.0, 2.5
BULLET_INDENT = 13.0
NUMBER_ROOM = 34.0
"""What a line of the contents leaves free for its page number."""
LEVEL_INDENT = 14.0


@dataclass(frozen=True, eq=False)
class Section:
    """A heading of level 1 to 4, which the bookmarks show; the contents have those of level 2 and 3 that are listed."""

    title: str
    level: int
    starts_page: bool = False
    is_listed: bool = True

    @property
    def style(self) -> Style:
        """How it looks; at the top of a page of its own like a heading of the second level at least."""
        return HEADINGS[min(self.level, 2) if self.starts_page else self.level]

    def least(self, width: float) -> float:
        """Its own height; `place_all` adds that of what follows."""
        return self.style.before + height_of(lines_of(self.title, self.style, width), self.style)

    def place(self, galley: Galley) -> None:
        """On one page, whole."""
        style = self.style
        galley.skip(style.before)
        lines = lines_of(self.title, style, galley.width)
        node = Node(f"H{self.level}")
        galley.put(Mark(node, tuple(set_lines(lines, style, galley.area.left, galley.top))), height_of(lines, style))
        galley.remember(self, height_of(lines, style))


@dataclass(frozen=True)
class NewPage:
    """What follows begins on a page of its own."""

    def least(self, width: float) -> float:
        """Nothing."""
        return 0.0

    def place(self, galley: Galley) -> None:
        """Begins the page."""
        galley.new_page()


@dataclass(frozen=True)
class Space:
    """Room between two blocks."""

    height: float

    def least(self, width: float) -> float:
        """All of it."""
        return self.height

    def place(self, galley: Galley) -> None:
        """Leaves the room, but not at the top of a page."""
        galley.skip(self.height)


@dataclass(frozen=True)
class Text:
    """A paragraph. With `has_bar` a bar stands at its left, which tells it apart also in black and white."""

    text: str
    style: Style = BODY
    has_bar: bool = False
    tag: str = "P"

    @property
    def indent(self) -> float:
        """How far it stands in from the left."""
        return self.style.indent + (BAR_INDENT if self.has_bar else 0)

    def least(self, width: float) -> float:
        """Its first lines, and all of a short one."""
        lines = lines_of(self.text, self.style, width - self.indent)
        return self.style.before + height_of(lines[: 2 * FEWEST_LINES - 1], self.style)

    def place(self, galley: Galley) -> None:
        """Broken between lines where it does not fit."""
        galley.skip(self.style.before)
        place_lines(galley, Node(self.tag), self.text, self.style, self.indent, self.has_bar)


def place_lines(galley: Galley, node: Node, text: str, style: Style, indent: float, has_bar: bool = False) -> None:
    """Sets a text from the present height on, over as many pages as it takes."""
    lines = lines_of(text, style, galley.width - indent)
    while lines:
        fitting = _fitting(len(lines), int((galley.room + 0.01) // (style.size * style.leading)))
        if fitting <= 0 and not galley.is_fresh:
            galley.new_page()
            continue
        fitting = max(fitting, 1)
        if has_bar:
            _place_bar(galley, height_of(lines[:fitting], style))
        set_here = tuple(set_lines(lines[:fitting], style, galley.area.left + indent, galley.top))
        galley.put(Mark(node, set_here), height_of(lines[:fitting], style))
        lines = lines[fitting:]


def _fitting(lines: int, room: int) -> int:
    """How many of the lines go on this page, so that no line stays alone."""
    if lines <= room:
        return lines
    if lines - room < FEWEST_LINES:
        room = lines - FEWEST_LINES
    return room if room >= FEWEST_LINES else 0


def _place_bar(galley: Galley, height: float) -> None:
    left = galley.area.left
    galley.put(Mark(None, shapes=filled(Box(left, galley.top - height, left + BAR_WIDTH, galley.top), DEEP)))


@dataclass(frozen=True)
class Bullets:
    """A list, each item with a dash before it."""

    items: tuple[str, ...]
    style: Style = BODY

    def least(self, width: float) -> float:
        """Its first item."""
        return Text(self.items[0], self.style).least(width - BULLET_INDENT) if self.items else 0.0

    def place(self, galley: Galley) -> None:
        """Under each other; an item may be broken."""
        whole = Node("L", attributes="<</O/List/ListNumbering/Disc>>")
        for item in self.items:
            galley.skip(self.style.before)
            galley.need(Text(item, self.style).least(galley.width - BULLET_INDENT) - self.style.before)
            node = Node("LI", whole)
            dash = tuple(set_lines(("–",), self.style, galley.area.left, galley.top))
            galley.put(Mark(Node("Lbl", node), dash))
            place_lines(galley, Node("LBody", node), item, self.style, BULLET_INDENT)


@dataclass(frozen=True)
class Contents:
    """The document's sections of the second and third level, each with its page."""

    def least(self, width: float) -> float:
        """A few lines."""
        return 4 * (ENTRY.before + ENTRY.size * ENTRY.leading)

    def place(self, galley: Galley) -> None:
        """One entry under the other."""
        whole = Node("TOC")
        for section in galley.sections:
            if isinstance(section, Section) and section.is_listed and section.level in (2, 3):
                _place_entry(galley, section, Node("TOCI", whole))


def _place_entry(galley: Galley, section: Section, node: Node) -> None:
    indent = LEVEL_INDENT * (section.level - 2)
    lines = lines_of(section.title, ENTRY, galley.width - indent - NUMBER_ROOM)
    height = height_of(lines, ENTRY)
    galley.skip(ENTRY.before)
    galley.need(height)
    left = galley.area.left + indent
    box = Box(left, galley.top - height, galley.area.right, galley.top)
    placed: tuple[Line, ...] = tuple(set_lines(lines, ENTRY, left, galley.top))
    link = Node("Link", Node("Reference", node))
    galley.put(Mark(link, placed, leads_to=Reference(section, section.title, box)), height)
