"""A judgement is read from its file, or refused with the line of every fault."""

from pathlib import Path

import pytest

from cms.starter import read_content
from cms.starter.exercise_texts import JudgementText
from tests.content.conftest import Spoil
from tests.content.situations import JUDGEMENT, JUDGEMENT_FILE
from tests.content.test_refusing_files import line_of

LAST_LAYER = JUDGEMENT[JUDGEMENT.index("::: lager bs-forandring") : JUDGEMENT.index("::: slutsats")]
CONCLUSION = JUDGEMENT[JUDGEMENT.index("::: slutsats") :]


@pytest.fixture(autouse=True)
def judgement(folder: Path) -> JudgementText:
    (folder / JUDGEMENT_FILE).write_text(JUDGEMENT, encoding="utf-8")
    step = read_content(folder).modules[0].steps[1]
    assert isinstance(step, JudgementText)
    return step


def test_it_reads_the_head(judgement: JudgementText) -> None:
    assert (judgement.key, judgement.minutes, judgement.content_note) == ("bed-siffran", 3, "Här nämns hat.")
    assert (judgement.workplaces, judgement.milieu, judgement.gender) == (("school",), "far_right", "man")


def test_it_reads_the_layers_in_their_order(judgement: JudgementText) -> None:
    first = judgement.layers[0]

    assert [layer.id for layer in judgement.layers] == ["bs-ser", "bs-sammanhang", "bs-forandring"]
    assert (first.title, first.situation, first.prompt) == (
        "Det du ser",
        "En elev har en siffra på tröjan.",
        "Vad gör du nu?",
    )
    assert [(option.id, option.is_right) for option in first.options] == [
        ("bs-ser-a", True),
        ("bs-ser-b", True),
        ("bs-ser-c", False),
    ]
    assert (first.picture, first.legal_sources) == ("<p>En siffra säger <b>lite</b>.</p>", ("rf-2-1",))


def test_it_reads_what_was_decided(judgement: JudgementText) -> None:
    assert (judgement.conclusion.html, judgement.conclusion.legal_sources) == ("<p>Ingen <b>oro</b>.</p>", ("rf-2-1",))


@pytest.mark.parametrize(
    ("old", "new", "at", "found"),
    [
        ("- [x] a: Inget.", "- [ ] a: Inget.", "::: lager bs-forandring", "en fråga utan rätt svar"),
        ("  > Ja, det går.\n", "", "- [x] b: Väntar", "alternativ b saknar förklaring"),
        ("- [ ] b: Ringer.\n  > Nej.\n", "", "::: lager bs-sammanhang", "1 alternativ"),
        ("### Så ändras bilden\nDen blir ljusare.\n", "", "::: lager bs-sammanhang", "”### Så ändras bilden” saknas"),
        (
            "### Så ändras bilden\nDen blir",
            "### Så blir bilden\nDen blir",
            "### Så ändras bilden\nDen blir",
            "rubriken ”Så blir",
        ),
        ("Han spelar handboll.\n\n", "", "::: lager bs-sammanhang", "ett lager utan situation"),
        ("titel: Det du ser\n", "", "::: lager bs-ser", "fältet ”titel” saknas"),
        ("fakta: A1.1\n", "", "::: lager bs-ser", "fältet ”fakta” saknas"),
        (LAST_LAYER, "", "sort: bedömning", "2 lager"),
        (CONCLUSION, "", "sort: bedömning", "en bedömning utan slutsats"),
        (CONCLUSION, CONCLUSION + "\n" + CONCLUSION.replace("bs-slut", "bs-igen"), "bs-igen", "två slutsatser"),
        (LAST_LAYER + CONCLUSION, CONCLUSION + "\n" + LAST_LAYER, "::: lager bs-forandring", "en slutsats före ett lager"),
        ("::: lager bs-ser", "::: text bs-ser", "::: lager bs-ser", "blocket ”text” i en bedömning"),
        (
            "rättskällor: rf-2-1\n\nEn elev",
            "rättskällor: rf-9-9\n\nEn elev",
            "::: lager bs-ser",
            "rättskällan ”rf-9-9” är okänd",
        ),
        ("rättskällor: rf-2-1\n\nIngen", "rättskällor: rf-9-9\n\nIngen", "::: slutsats", "rättskällan ”rf-9-9” är okänd"),
        ("::: lager bs-ser", "::: lager p-text", "::: lager bs-ser", "id ”p-text” finns redan i prov/01-forst.md"),
        ("arbetsplatser: skola", "arbetsplatser: kyrka", "arbetsplatser:", "”kyrka” i fältet ”arbetsplatser”"),
        ("arbetsplatser: skola\n", "", "sort: bedömning", "fältet ”arbetsplatser” saknas"),
        ("mål: [m1]", "mål: [m7]", "sort: bedömning", "målet ”m7” är okänt"),
        ("kön: man", "börjar: här", "kön: man", "okänt fält ”börjar”"),
    ],
)
def test_it_names_the_line_of_a_fault(spoil: Spoil, old: str, new: str, at: str, found: str) -> None:
    problems = spoil(JUDGEMENT_FILE, old, new)

    text = JUDGEMENT.replace(old, new, 1) if at not in JUDGEMENT else JUDGEMENT
    assert (JUDGEMENT_FILE, line_of(text, at)) in {(p.file, p.line) for p in problems if found in p.found}
