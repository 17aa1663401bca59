"""From blocks to the bytes of a document: placed, then drawn page by page. The same blocks give the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from reportlab.lib.pagesizes import A4

from certificates import bookmarks
from certificates.columns import Colour
from certificates.compact import CompactDocument
from certificates.flowing.blocks import NewPage, Section
from certificates.flowing.galley import Block, Galley, Line, Mark, Node, Reference, Words, cleaned, set_lines, width_of
from certificates.flowing.look import ENTRY, FIRST_TOP, FOOT, LEFT, PAGE, RIGHT, RULE, RUNNING, TOP_LINE
from certificates.flowing.shapes import rule
from certificates.fonts import Weight, clean, typeface
from certificates.metadata import Metadata
from certificates.structure import Element
from certificates.tagging import TaggedCanvas


@dataclass(frozen=True)
class Frame:
    """What stands on every page: a line at the top of all but the first, and the page's number beside `foot`."""

    running: str
    foot: str = ""
    backdrop: bytes = b""
    """Operators behind the first page, compressed by zlib and marked as decoration."""


def typeset(metadata: Metadata, frame: Frame, blocks: Sequence[Block], words: Words | None = None) -> bytes:
    """The document as a PDF, accessible (PDF/UA-1) and archival (PDF/A-2a), on pages of A4."""
    words = words or Words()
    galley = Galley(PAGE, FIRST_TOP, words, [block for block in blocks if isinstance(block, Section)])
    place_all(galley, blocks)
    return _Drawing(metadata, frame, galley).finish()


def place_all(galley: Galley, blocks: Sequence[Block]) -> None:
    """Places the blocks, each heading on the page of what follows it."""
    for number, block in enumerate(blocks):
        if isinstance(block, Section) and block.starts_page:
            galley.new_page()
        galley.need(_needed(blocks[number:], galley.width))
        block.place(galley)


def _needed(blocks: Sequence[Block], width: float) -> float:
    """How much room the first block needs, together with what a heading must not be parted from."""
    needed = 0.0
    for block in blocks:
        if isinstance(block, NewPage):
            return needed
        needed += block.least(width)
        if not isinstance(block, Section):
            return needed
    return needed


@dataclass
class _Drawing:
    metadata: Metadata
    frame: Frame
    galley: Galley
    elements: dict[Node, Element] = field(default_factory=dict)

    def finish(self) -> bytes:
        """Draws all pages."""
        self.canvas = TaggedCanvas(self.metadata, A4, typeface(Weight.REGULAR).name, CompactDocument)
        for number, page in enumerate(self.galley.pages, 1):
            if number > 1:
                self.canvas.showPage()
            elif self.frame.backdrop:
                self.canvas.backdrop(self.frame.backdrop)
            self._draw_page(page)
            self._draw_frame(number)
        self.canvas.bookmarks(bookmarks.Outline(self._headings()))
        return self.canvas.finish()

    def _headings(self) -> Iterable[bookmarks.Heading]:
        for section, place in self.galley.places.items():
            if isinstance(section, Section):
                # The document's title stands beside its sections: were it above them, it would be all that is unfolded.
                yield bookmarks.Heading(clean(section.title), max(section.level, 2), place)

    def _draw_page(self, marks: Sequence[Mark]) -> None:
        for node, group in groupby(marks, key=lambda mark: mark.node):
            context = self.canvas.content(self._element(node)) if node else self.canvas.artifact()
            with context:
                for mark in group:
                    self._draw(mark)

    def _draw(self, mark: Mark) -> None:
        if mark.shapes:
            self.canvas.operators(mark.shapes)
        self._write(mark.lines)
        if mark.leads_to and mark.node:
            self._lead(mark.leads_to, self.elements[mark.node], mark.lines[-1])

    def _lead(self, reference: Reference, element: Element, last: Line) -> None:
        """The page's number at the right, and the link over the whole entry."""
        place = self.galley.places[reference.section]
        number = str(place.page + 1)
        left = reference.box.right - width_of(number, ENTRY.weight, ENTRY.size)
        self._write([Line(number, ENTRY.weight, ENTRY.size, ENTRY.colour, left, last.baseline)])
        self.canvas.link_within(element, place, reference.box, f"{clean(reference.description)}, {number}")

    def _element(self, node: Node) -> Element:
        if node not in self.elements:
            parent = self._element(node.parent) if node.parent else None
            alt = clean(node.alt) if node.alt is not None else None
            self.elements[node] = self.canvas.add_element(node.tag, alt, node.attributes, within=parent)
        return self.elements[node]

    def _write(self, lines: Iterable[Line]) -> None:
        colour: Colour | None = None
        for line in lines:
            if line.colour != colour:
                colour = line.colour
                self.canvas.operators("{:.3f} {:.3f} {:.3f} rg".format(*colour))
            if line.text:
                self.canvas.write(line.text, typeface(line.weight).font, line.size, line.left, line.baseline)

    def _draw_frame(self, number: int) -> None:
        page = self.galley.words.page.format(number=number, pages=len(self.galley.pages))
        foot = FOOT + RUNNING.size
        with self.canvas.artifact("Pagination"):
            self._write(set_lines([cleaned(self.frame.foot)], RUNNING, LEFT, foot))
            self._write(set_lines([cleaned(page)], RUNNING, 0, foot, right=RIGHT))
            if number > 1:
                self._write(set_lines([cleaned(self.frame.running)], RUNNING, LEFT, TOP_LINE + RUNNING.size))
                self.canvas.operators(rule(LEFT, RIGHT, TOP_LINE - 8, RULE))
