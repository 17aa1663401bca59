"""Entries as text files: read whole, and refused with the line where something is wrong."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cms.starter.errors import Problem, Problems
from cms.starter.signs import read_signs
from cms.starter.texts import SignCertainty, SignKind

Spoil = Callable[[str, str], list[str]]


def problems_of(root: Path) -> list[Problem]:
    problems = Problems()
    read_signs(root, problems)
    return problems._found


@pytest.fixture
def spoil(samples: Path, tmp_path: Path) -> Spoil:
    """Replace something in the entry about the valknut, and give what is then found."""
    shutil.copytree(samples, tmp_path / "tecken")
    file = tmp_path / "tecken" / "valknut.md"

    def spoiled(old: str, new: str) -> list[str]:
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
        return [str(problem) for problem in problems_of(tmp_path)]

    return spoiled


def test_it_reads_an_entry_innocent_meanings_first(samples: Path) -> None:
    problems = Problems()

    _number, valknut = read_signs(samples.parent, problems)

    assert problems._found == []
    assert (valknut.key, valknut.kind, valknut.certainty) == ("valknut", SignKind.MARK, SignCertainty.VERIFIED)
    assert valknut.tags == ("runor och märken", "nordisk historia")
    assert valknut.ordinary.startswith("<p>Märket finns på <b>gotländska bildstenar</b>.")
    assert valknut.drawing.strip().endswith("</svg>")
    assert valknut.facts == ("B6",)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("sort: märke", "sort: kläder", "rad 5: ”kläder” i fältet ”sort”"),
        ("säkerhet: kontrollerat", "säkerhet: säker", "rad 7: ”säker” i fältet ”säkerhet”"),
        ("kontrolleras igen: 2027-05-31", "kontrolleras igen: 2026-01-01", "rad 9: ny kontroll före den förra"),
        ('källor: ["Expo Skola, symbollexikon"]\n', "", "ett tecken utan källa"),
        ("teckningar/valknut.svg", "teckningar/annan.svg", "rad 11: filen ”teckningar/annan.svg” finns inte"),
        ("teckningen visar: Tre trianglar som är flätade i varandra.\n", "", "en teckning utan ord"),
        ("::: vanligt valknut-vanligt", "::: viktigt valknut-vanligt", "delarna viktigt, extremt, fråga-om"),
        ("fakta: B6\n", "", "fältet ”fakta” saknas"),
        ("namn: Valknut", "nam: Valknut", "okänt fält ”nam”"),
    ],
)
def test_it_says_where_and_what_is_wrong(spoil: Spoil, old: str, new: str, said: str) -> None:
    assert any(said in problem and problem.startswith("tecken/valknut.md") for problem in spoil(old, new))


def test_it_refuses_the_extremist_use_before_the_ordinary(spoil: Spoil) -> None:
    found = spoil("::: vanligt valknut-vanligt", "::: extremt valknut-vanligt")

    assert any("i den ordningen" in problem for problem in found)
