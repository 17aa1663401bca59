"""The page looks as it was approved, in poppler and in PDFium (Chromium's own renderer).

After a wanted change look at the new pictures, then keep them.

    python -m tests.certificates.test_looks

A picture is 36 pixels an inch, in greys, and reduced from one that is six times as large: renderers smooth edges and place
letters on pixels differently. Over a small square that evens out, and what remains is something else on the page.
"""

import subprocess
from collections.abc import Callable
from io import BytesIO
from itertools import groupby
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops
from reportlab.lib.pagesizes import A4

from certificates.drawing import draw
from certificates.layout import STORY
from tests.certificates.seals import SEALED_AT, a_logo, a_mark, a_seal
from tests.certificates.sheets import a_sheet, a_sheet_in_skolt_sami, an_overfull_sheet

APPROVED = Path(__file__).parent / "approved"
DOTS_PER_INCH, FINER = 36, 6
SQUARE = 8
MOST_IN_A_SQUARE = 18
"""How much the pixels of any square may differ on average, of 255. The two renderers differ by 14."""

PAGES: dict[str, Callable[[], bytes]] = {
    "unsealed": lambda: draw(a_sheet()),
    "sealed": lambda: a_seal().on(
        draw(a_sheet(replaces="Ersätter intyg TVÅ-2024-000007"), seal=a_mark(), logo=a_logo()), SEALED_AT
    ),
    "fallback": lambda: draw(a_sheet_in_skolt_sami(), seal=a_mark(), logo=a_logo()),
    "overfull": lambda: draw(an_overfull_sheet(is_test=True), seal=a_mark(is_test=True), logo=a_logo()),
}


def by_poppler(data: bytes) -> Image.Image:
    command = ["pdftoppm", "-r", str(FINER * DOTS_PER_INCH), "-gray", "-png", "-singlefile", "-"]
    done = subprocess.run(command, input=data, capture_output=True, check=True)
    return Image.open(BytesIO(done.stdout)).convert("L").reduce(FINER)


def by_pdfium(data: bytes) -> Image.Image:
    with pypdfium2.PdfDocument(data) as opened:
        page = opened[0].render(scale=FINER * DOTS_PER_INCH / 72, grayscale=True).to_pil()
        return page.convert("L").reduce(FINER)


RENDERERS = {"poppler": by_poppler, "PDFium": by_pdfium}

in_each_renderer = pytest.mark.parametrize("picture_of", RENDERERS.values(), ids=RENDERERS.keys())


def is_like(one: Image.Image, other: Image.Image) -> bool:
    _least, most = ImageChops.difference(one, other).reduce(SQUARE).getextrema()
    return one.size == other.size and most <= MOST_IN_A_SQUARE


@in_each_renderer
@pytest.mark.parametrize("name", PAGES)
def test_it_looks_as_it_was_approved(name: str, picture_of: Callable[[bytes], Image.Image]) -> None:
    with Image.open(APPROVED / f"{name}.png") as approved:
        assert is_like(picture_of(PAGES[name]()), approved.convert("L"))


@in_each_renderer
@pytest.mark.parametrize("change", [{"holder": "Lo Lärande Ek"}, {"is_test": True}, {"department": ""}, {"abilities": ()}])
def test_a_change_of_what_is_seen_is_noticed(change: dict[str, object], picture_of: Callable[[bytes], Image.Image]) -> None:
    with Image.open(APPROVED / "unsealed.png") as approved:
        assert not is_like(picture_of(draw(a_sheet(**change))), approved.convert("L"))


@pytest.mark.parametrize("dots_per_inch", [72, 96, 110, 150])
def test_the_dashes_of_a_list_are_equally_thick_on_a_screen(dots_per_inch: int) -> None:
    page = draw(a_sheet(abilities=tuple(f"Kan nummer {number}." for number in range(8))))
    command = ["pdftoppm", "-r", str(dots_per_inch), "-gray", "-singlefile", "-"]
    done = subprocess.run(command, input=page, capture_output=True, check=True)
    picture = Image.open(BytesIO(done.stdout))
    column, last = (round(place * dots_per_inch / 72) for place in (STORY.left + 4, A4[1] - STORY.bottom))

    ink = [255 - picture.getpixel((column, row)) for row in range(last)]
    dashes = [sum(run) for is_ink, run in groupby(ink, key=bool) if is_ink][-8:]

    assert max(dashes) < 1.3 * min(dashes)


if __name__ == "__main__":
    for name, page in PAGES.items():
        by_poppler(page()).save(APPROVED / f"{name}.png", optimize=True)
