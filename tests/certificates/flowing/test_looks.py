"""A flowing page looks as it was approved, in two renderers. After a wanted change look at the new pictures, then keep them.

python -m tests.certificates.flowing.test_looks
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from certificates.columns import Colour
from certificates.flowing import bars
from certificates.flowing.bars import Bar, Bars
from certificates.flowing.beside import Beside
from certificates.flowing.blocks import Bullets, Contents, Section, Space, Text
from certificates.flowing.document import Frame, typeset
from certificates.flowing.look import KICKER, LEAD, QUIET
from certificates.ornament import compressed_ornament
from tests.certificates.flowing.papers import METADATA, a_grid, a_paper, a_text
from tests.certificates.test_looks import by_poppler, in_each_renderer, is_like

APPROVED = Path(__file__).parent / "approved"
BARS = Bars(
    "Giltiga och försenade i varje förvaltning",
    (Bar("Skolan", "60 av 100", (0.6, 0.3)), Bar("Vården", "visas inte", None), Bar("Fritiden", "9 av 10", (0.9, 0.0))),
    ("giltiga", "försenade"),
)


def a_first_page() -> bytes:
    story = [
        Text("Tvåälvs stad", KICKER),
        Section("Uppföljning av handlingsplanen, augusti 2026", 1),
        Text("Siffror från den 31 augusti 2026. Rapport nummer 2.", QUIET),
        Section("Resultatet", 2),
        Text("54 % av målgruppen är klar, 771 av 1 403; 9 procentenheter fler än i april.", LEAD),
        Text("Rättelse 1: räddningsförbundets mål gäller hela året.", has_bar=True),
        Section("Innehåll", 2),
        Contents(),
    ]
    return typeset(METADATA, Frame("Uppföljning", "Tvåälvs stad", compressed_ornament()), story)


def a_board() -> bytes:
    return a_paper(Beside((BARS, BARS, BARS)), a_grid(9, 9), BARS, Bullets(("En sak", "En annan sak")), Space(10), a_text(6))


PAGES: dict[str, Callable[[], bytes]] = {"first": a_first_page, "board": a_board}


@in_each_renderer
@pytest.mark.parametrize("name", PAGES)
def test_it_looks_as_it_was_approved(name: str, picture_of: Callable[[bytes], Image.Image]) -> None:
    with Image.open(APPROVED / f"{name}.png") as approved:
        assert is_like(picture_of(PAGES[name]()), approved.convert("L"))


@in_each_renderer
def test_bars_without_their_patterns_would_be_noticed(
    picture_of: Callable[[bytes], Image.Image], monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(box: object, colour: Colour) -> str:
        return ""

    monkeypatch.setattr(bars, "filled", nothing)
    with Image.open(APPROVED / "board.png") as approved:
        assert not is_like(picture_of(a_board()), approved.convert("L"))


if __name__ == "__main__":
    APPROVED.mkdir(exist_ok=True)
    for name, page in PAGES.items():
        by_poppler(page()).save(APPROVED / f"{name}.png", optimize=True)
