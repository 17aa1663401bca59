"""Bars say in words what they show, and can be told apart without colour."""

import subprocess
from io import BytesIO

from PIL import Image

from certificates.flowing.bars import Bar, Bars
from certificates.flowing.beside import Beside
from tests.certificates.documents import PROFILES, failed_rules, text_of, texts_by_page, words
from tests.certificates.flowing.papers import LONG_NAME, a_paper, a_text, assert_orderly, each

BARS = Bars(
    "Giltiga och försenade",
    (Bar("Skolan", "60 av 100", (0.6, 0.3)), Bar(LONG_NAME, "–", None), Bar("Fritiden", "0 av 10", (0.0, 0.0))),
    ("giltiga", "försenade"),
)


def test_a_picture_has_its_numbers_as_words() -> None:
    (figure,) = each(a_paper(BARS), "/Figure")

    assert str(figure.Alt) == f"Giltiga och försenade. Skolan: 60 av 100; {LONG_NAME}: –; Fritiden: 0 av 10"


def test_labels_and_values_stand_beside_the_bars() -> None:
    data = a_paper(BARS)

    assert "Skolan 60 av 100" in text_of(data, "-raw")
    assert_orderly(data)


def test_a_hidden_bar_draws_nothing() -> None:
    drawn, hidden = (a_paper(Bars("Tal", (Bar("Skolan", "–", parts),))) for parts in ((0.5,), None))

    assert _dark(drawn) - _dark(hidden) > 400


def test_the_parts_differ_in_pattern_when_printed_in_grey() -> None:
    full, hatched = (_dark(a_paper(Bars("Tal", (Bar("Skolan", "5", parts),)))) for parts in ((0.9,), (0.0, 0.9)))

    assert hatched < 0.75 * full


def test_many_bars_go_on_as_a_picture_on_each_page() -> None:
    bars = tuple(Bar(f"Enhet {number}", f"{number} av 90", (number / 90,)) for number in range(90))

    data = a_paper(Bars("Giltiga", bars))

    assert len(each(data, "/Figure")) == len(texts_by_page(data)) == 3
    assert all(
        f"Enhet {number}: {number} av 90" in " ".join(str(figure.Alt) for figure in each(data, "/Figure"))
        for number in range(90)
    )
    assert [failed_rules(data, profile) for profile in PROFILES] == [set(), set()]
    assert_orderly(data)


def test_small_pictures_stand_beside_each_other() -> None:
    data = a_paper(Beside((BARS, BARS, BARS, BARS)))
    found = [word for word in words(data) if word.text == "Skolan"]

    assert len({round(word.top) for word in found[:3]}) == 1
    assert found[0].right < found[1].left < found[2].left
    assert found[3].top > found[0].bottom
    assert [str(figure.Alt) for figure in each(data, "/Figure")] == [str(each(a_paper(BARS), "/Figure")[0].Alt)] * 4
    assert [failed_rules(data, profile) for profile in PROFILES] == [set(), set()]
    assert_orderly(data)


def test_small_pictures_are_not_broken_over_pages() -> None:
    for sentences in range(100, 130, 4):
        pages = texts_by_page(a_paper(a_text(sentences), Beside((BARS, BARS))))

        assert all(page.count("Skolan") == page.count("Fritiden") for page in pages)


def _dark(data: bytes) -> int:
    """How many dark pixels the first page has in grey."""
    command = ["pdftoppm", "-r", "100", "-gray", "-png", "-singlefile", "-"]
    done = subprocess.run(command, input=data, capture_output=True, check=True)
    return sum(Image.open(BytesIO(done.stdout)).convert("L").histogram()[:140])
