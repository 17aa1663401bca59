"""Flowing documents for the tests, and ways to look at them."""

import subprocess
from datetime import date
from functools import lru_cache

import pikepdf

from certificates.flowing.blocks import Section, Text
from certificates.flowing.document import Frame, typeset
from certificates.flowing.galley import Block
from certificates.flowing.grids import Column, Grid, Row
from certificates.flowing.look import LEFT, RIGHT
from certificates.metadata import Metadata
from tests.certificates.documents import elements, opened, words_by_page

METADATA = Metadata("Uppföljning & prov", "Tvåälvs stad", "Ämne", "Motståndskraft", "sv-SE", date(2026, 8, 31))
FRAME = Frame("Tvåälvs stad, uppföljning", "Nummer 3")
LONG_NAME = "Enheten för stöd och stimulans till ungdomar och unga vuxna i de norra stadsdelarna"


def a_paper(*blocks: Block) -> bytes:
    """The blocks under a title."""
    return typeset(METADATA, FRAME, [Section("Uppföljning", 1), *blocks])


def a_text(sentences: int = 1) -> Text:
    return Text(" ".join(f"Mening nummer {number} har några ord." for number in range(1, sentences + 1)))


def a_grid(rows: int = 3, columns: int = 5, caption: str = "Per avdelning") -> Grid:
    """A table of numbers; every seventh name is long, and the levels take turns."""
    titles = [Column("Avdelning"), *(Column(f"Måltal {number}", is_number=True) for number in range(columns - 1))]
    named = [LONG_NAME if number % 7 == 3 else f"Avdelning {number}" for number in range(rows)]
    cells = [(name, *(f"{number}{place}" for place in range(columns - 1))) for number, name in enumerate(named)]
    return Grid(caption, tuple(titles), tuple(Row(row, level=number % 3) for number, row in enumerate(cells)))


def lines_of_text(data: bytes) -> list[str]:
    """The lines as they stand on the page."""
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=data, capture_output=True, check=True)
    return done.stdout.decode().replace("\N{NO-BREAK SPACE}", " ").splitlines()


def assert_orderly(data: bytes) -> None:
    """No word lies over another, in the margin, or off the page."""
    for found in words_by_page(data):
        clashes = [(one, other) for place, one in enumerate(found) for other in found[:place] if one.overlaps(other)]
        assert clashes == []
        assert [word for word in found if word.left < LEFT - 1 or word.right > RIGHT + 1] == []
        assert [word for word in found if word.top < 25 or word.bottom > 842 - 25] == []


def each(data: bytes, tag: str) -> list[pikepdf.Dictionary]:
    """The elements with this tag. The document stays open, since they are of no use without it."""
    return [element for element in elements(kept_open(data)) if str(element.S) == tag]


kept_open = lru_cache(maxsize=2)(opened)
