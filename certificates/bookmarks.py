"""The outline that readers' programs show beside a document: its headings, each leading to its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reportlab.pdfbase import pdfdoc

from certificates.structure import Destination, literal, registered


@dataclass(frozen=True)
class Heading:
    """A heading, its level (1 and up), and where it stands."""

    title: str
    level: int
    place: Destination


class Bookmark(pdfdoc.PDFObject):
    """A heading with those below it. Its language is the document's."""

    def __init__(self, heading: Heading, parent: pdfdoc.PDFObject) -> None:
        self.heading = heading
        self.parent = parent
        self.children: list[Bookmark] = []
        self.before: Bookmark | None = None
        self.after: Bookmark | None = None

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        """The bookmark as a PDF dictionary; what is below it is folded in."""
        neighbours = (("Prev", self.before), ("Next", self.after))
        beside = "".join(f"/{name} {registered(document, mark)}" for name, mark in neighbours if mark)
        return (
            f"<</Title{literal(document, self.heading.title)}/Parent {registered(document, self.parent)}{beside}"
            f"{_ends(document, self.children, folded=True)}/Dest{self.heading.place.syntax(document)}>>"
        ).encode("latin-1")


class Outline(pdfdoc.PDFObject):
    """All bookmarks of a document, nested by the headings' levels. A level that was skipped is made up for."""

    def __init__(self, headings: Iterable[Heading]) -> None:
        self.children: list[Bookmark] = []
        above: list[Bookmark] = []
        for heading in headings:
            while above and above[-1].heading.level >= heading.level:
                above.pop()
            parent = above[-1] if above else self
            bookmark = Bookmark(heading, parent)
            _append(parent.children, bookmark)
            above.append(bookmark)

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        """The outline's root as a PDF dictionary."""
        return f"<</Type/Outlines{_ends(document, self.children, folded=False)}>>".encode("latin-1")


def _append(siblings: list[Bookmark], bookmark: Bookmark) -> None:
    if siblings:
        bookmark.before = siblings[-1]
        siblings[-1].after = bookmark
    siblings.append(bookmark)


def _ends(document: pdfdoc.PDFDocument, children: list[Bookmark], *, folded: bool) -> str:
    """The first and the last of them, and how many there are; the number is negative where they are not shown at once."""
    if not children:
        return ""
    first, last = registered(document, children[0]), registered(document, children[-1])
    return f"/First {first}/Last {last}/Count {-len(children) if folded else len(children)}"
