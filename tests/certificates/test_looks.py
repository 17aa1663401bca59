"""The page looks as it was approved. After a wanted change: look at the new pictures, then keep them.

    python -m tests.certificates.test_looks

A picture is 36 pixels an inch, in greys. Versions of poppler smooth edges differently, so that single pixels may differ; over
a small square that evens out, and what remains is something else on the page.
"""

import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from certificates.drawing import draw
from tests.certificates.seals import a_logo, a_mark
from tests.certificates.sheets import a_sheet, an_overfull_sheet

APPROVED = Path(__file__).parent / "approved"
SQUARE = 8
MOST_IN_A_SQUARE = 14
"""How much the pixels of any square may differ on average, of 255."""

PAGES: dict[str, Callable[[], bytes]] = {
    "unsealed": lambda: draw(a_sheet()),
    "sealed": lambda: draw(a_sheet(replaces="Ersätter intyg TVÅ-2024-000007"), seal=a_mark(), logo=a_logo()),
    "overfull": lambda: draw(an_overfull_sheet(is_test=True), seal=a_mark(is_test=True), logo=a_logo()),
}


def picture_of(data: bytes) -> Image.Image:
    command = ["pdftoppm", "-r", "36", "-gray", "-png", "-singlefile", "-"]
    done = subprocess.run(command, input=data, capture_output=True, check=True)
    return Image.open(BytesIO(done.stdout)).convert("L")


def is_like(one: Image.Image, other: Image.Image) -> bool:
    _least, most = ImageChops.difference(one, other).reduce(SQUARE).getextrema()
    return one.size == other.size and most <= MOST_IN_A_SQUARE


@pytest.mark.parametrize("name", PAGES)
def test_it_looks_as_it_was_approved(name: str) -> None:
    with Image.open(APPROVED / f"{name}.png") as approved:
        assert is_like(picture_of(PAGES[name]()), approved.convert("L"))


@pytest.mark.parametrize("change", [{"holder": "Lo Lärande Ek"}, {"is_test": True}, {"department": ""}, {"abilities": ()}])
def test_a_change_of_what_is_seen_is_noticed(change: dict[str, object]) -> None:
    with Image.open(APPROVED / "unsealed.png") as approved:
        assert not is_like(picture_of(draw(a_sheet(**change))), approved.convert("L"))


if __name__ == "__main__":
    for name, page in PAGES.items():
        picture_of(page()).save(APPROVED / f"{name}.png", optimize=True)
