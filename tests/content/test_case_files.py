"""Cases are read from their file, or refused with the line of every fault."""

from pathlib import Path

import pytest

from cms.starter import read_content
from cms.starter.exercise_texts import CasesText
from cms.starter.texts import QuestionKind
from tests.content.conftest import Spoil
from tests.content.situations import CASES, CASES_FILE
from tests.content.test_refusing_files import line_of


@pytest.fixture(autouse=True)
def cases(folder: Path) -> CasesText:
    (folder / CASES_FILE).write_text(CASES, encoding="utf-8")
    step = read_content(folder).modules[0].steps[1]
    assert isinstance(step, CasesText)
    return step


def test_it_reads_the_head_and_the_introduction(cases: CasesText) -> None:
    assert (cases.key, cases.slug, cases.minutes, cases.objective_ids) == ("fall-oro", "fall-oro", 6, ("m1",))
    assert [block.html for block in cases.introduction] == ["<p>Här är <b>två</b> fall.</p>"]


def test_it_reads_a_case_with_what_it_is_about(cases: CasesText) -> None:
    case = cases.cases[0]

    assert (case.id, case.title, case.legal_sources) == ("c01", "Kuratorn ringer", ("rf-2-1",))
    assert (case.workplaces, case.milieu, case.gender) == (("school", "pupil_health"), "none", "woman")
    assert case.answer == "<p>Du får <b>ringa upp</b>.</p>\n<ul>\n<li>Alltid.</li>\n</ul>"
    assert (case.why, case.mistake) == ("<p>Därför.</p>", "<p>Att svara direkt.</p>")


def test_it_reads_the_question_of_a_case(cases: CasesText) -> None:
    question = cases.cases[0].question

    assert (question.id, question.kind, question.objective_id) == ("c01", QuestionKind.ONE, "m1")
    assert question.situation == "Telefonen ringer på expeditionen.\n\nDet är kuratorn."
    assert question.prompt == "Vad gör du?"
    assert [(option.id, option.is_right) for option in question.options] == [
        ("c01-a", False),
        ("c01-b", True),
        ("c01-c", False),
    ]
    assert question.options[0].explanation == "Nej, fråga först."


@pytest.mark.parametrize(
    ("old", "new", "at", "found"),
    [
        ("  > Ja.\n", "", "- [x] b", "alternativ b saknar förklaring"),
        ("- [x] b", "- [ ] b", "::: fall c01", "en fråga utan rätt svar"),
        ("- [ ] a: Lägger", "- [x] a: Lägger", "::: fall c01", "2 rätta svar"),
        ("- [ ] c: Svarar direkt.\n  > Nej.\n", "", "::: fall c01", "2 handlingar"),
        ("- [ ] c: Lite", "- [ ] b: Lite", "::: fall c02", "alternativ b står 2 gånger"),
        ("Chefen frågar om en elev.\n\n", "", "::: fall c02", "ett fall utan situation"),
        (
            "### Varför\nDärför.\n\n### Vanligt misstag\nAtt svara d",
            "### Vanligt misstag\nAtt svara d",
            "::: fall c01",
            "”### Varför” saknas",
        ),
        ("### Varför\nDärför.\n", "### Varför\n", "### Varför", "ett block utan text"),
        ("### Varför\n", "### Därför\n", "### Varför", "rubriken ”Därför”"),
        ("### Varför\n", "### Rättsligt svar\n", "### Varför", "”Rättsligt svar” två gånger"),
        ("Du får **ringa upp**.", "Du får\n\n# Ringa", "- Alltid.", "rubrik på nivån h1"),
        ("arbetsplatser: skola", "arbetsplatser: kyrka", "arbetsplatser:", "”kyrka” i fältet ”arbetsplatser”"),
        ("miljö: ingen\n", "", "::: fall c01", "fältet ”miljö” saknas"),
        ("kön: kvinna", "kön: alla", "kön:", "”alla” i fältet ”kön”"),
        ("titel: Kuratorn ringer\n", "", "::: fall c01", "fältet ”titel” saknas"),
        ("fakta: A1.1\n", "", "::: fall c01", "fältet ”fakta” saknas"),
        ("mål: m1\n", "mål: m7\n", "::: fall c01", "målet ”m7” är okänt"),
        ("mål: [m1]", "mål: [m7]", "sort: fall", "målet ”m7” är okänt"),
        ("rättskällor: rf-2-1", "rättskällor: rf-9-9", "::: fall c01", "rättskällan ”rf-9-9” är okänd"),
        ("::: fall c02", "::: fall c01", "::: fall c02", "id ”c01” finns redan i prov/02-fall.md, rad 16"),
        ("::: fall c01", "::: fall p-text", "::: fall c01", "id ”p-text” finns redan i prov/01-forst.md"),
        ("::: fall c01", "::: fall C_01", "::: fall c01", "id ”C_01”"),
        ("::: text fo", "::: fråga fo", "::: text", "blocket ”fråga” bland fallen"),
        ("titel: Kuratorn", "rubrik: Kuratorn", "titel: Kuratorn", "okänt fält ”rubrik”"),
        ("Nej, fråga", "Nej, **fråga**", "- [ ] a: Lägger", "i en text utan formatering"),
        ("Det är kuratorn.", "Det är *kuratorn*.", "::: fall c01", "i en text utan formatering"),
        ("minuter: 6", "antal: 6", "minuter: 6", "okänt fält ”antal”"),
    ],
)
def test_it_names_the_line_of_a_fault(spoil: Spoil, old: str, new: str, at: str, found: str) -> None:
    problems = spoil(CASES_FILE, old, new)

    assert (CASES_FILE, line_of(CASES, at)) in {(p.file, p.line) for p in problems if found in p.found}


def test_it_asks_for_the_sections_in_their_order(spoil: Spoil) -> None:
    problems = spoil(
        CASES_FILE,
        "### Varför\nDärför.\n\n### Vanligt misstag\nAtt svara d",
        "### Vanligt misstag\nX\n\n### Varför\nAtt svara d",
    )

    assert [(p.line, p.found) for p in problems] == [
        (line_of(CASES, "### Vanligt misstag"), "”Varför” efter ”Vanligt misstag”")
    ]


def test_it_refuses_an_introduction_after_a_case_and_a_file_without_cases(folder: Path, spoil: Spoil) -> None:
    problems = spoil(CASES_FILE, "::: fall c02", "::: text c00\nfakta: metod\n\nSent.\n:::\n\n::: fall c02")
    assert {(p.line, p.found) for p in problems} == {(line_of(CASES, "::: fall c02"), "en inledning efter ett fall")}

    text = CASES[: CASES.index("::: fall c01")]
    (folder / CASES_FILE).write_text(text + "\n", encoding="utf-8")
    problems = spoil(CASES_FILE, "Här är", "Här är")
    assert {(p.line, p.found) for p in problems} == {(2, "ett steg utan fall")}
