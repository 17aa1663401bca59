"""A faulty folder is refused whole, with every reason and its line."""

from pathlib import Path

import pytest

from cms.starter import ContentError, read_content
from tests.content.conftest import CHECK, CHECK_FILE, LESSON, LESSON_FILE, SOURCES, SOURCES_FILE, Spoil


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "at", "found"),
    [
        ("  > Ja.\n", "", "- [x] b", "alternativ b saknar förklaring"),
        ("rättskällor: rf-2-1", "rättskällor: rf-9-9", "::: text", "rättskällan ”rf-9-9” är okänd"),
        ("källa: rf-2-1", "källa: rf-9-9", "::: rättskälla", "rättskällan ”rf-9-9” är okänd"),
        ("::: citat p-citat", "::: citat p-text", "::: citat", "id ”p-text” finns redan i prov/01-forst.md, rad 11"),
        ("- [x] b", "- [ ] b", "::: fråga", "en fråga utan rätt svar"),
        ("- [ ] a", "- [x] a", "::: fråga", "2 rätta svar"),
        ("] b:", "] a:", "::: fråga", "alternativ a står 2 gånger"),
        ("::: citat p-citat", "::: ruta p-citat", "::: citat", "okänt block ”ruta”"),
        ("::: citat p-citat", "::: citat", "::: citat", "blocket ”citat” saknar id"),
        ("p-citat\n", "P_citat\n", "::: citat", "id ”P_citat”"),
        ("fakta: PLAN\n", "", "::: citat", "fältet ”fakta” saknas eller är tomt"),
        ("källa: Planen", "kalla: Planen", "källa: Planen", "okänt fält ”kalla”"),
        ("minuter: 3", "minuter: tre", "minuter: 3", "”tre” i fältet ”minuter”"),
        ("mål: [m1]", "mål: [m7]", "nyckel: forst", "målet ”m7” är okänt"),
        ("mål: m1\n", "mål: m7\n", "::: fråga", "målet ”m7” är okänt"),
        ("sort: en", "sort: ett", "sort: en", "sorten ”ett”"),
        ("slug: forst", "slug: Först", "slug: forst", "”Först” i fältet ”slug”"),
        ("titel: Först", "titel: Först: nu", "titel: Först", "YAML som inte går att läsa"),
        ("En **åsikt**", "# Stor rubrik\n\nEn **åsikt**", "En **åsikt**", "rubrik på nivån h1"),
        ("https://example.se", "ftp://example.se", "En **åsikt**", "länken ”ftp://example.se”"),
        ("::: citat", "Löst skriven text.\n\n::: citat", "::: citat", "”Löst skriven text.” utanför ett block"),
        ("Ord ur planen.\n:::\n", "Ord ur planen.\n", "::: citat", "ett block som inte avslutas före nästa"),
        ("Ord ur planen.\n", "", "::: citat", "ett block utan text"),
        ("Ja.", "Ja, *genast*.", "- [x] b", "”*genast*” i en text utan formatering"),
        ("1. Ett steg\n   som fortsätter\n", "", "::: steg", "1 steg"),
    ],
)
def test_it_names_the_line_of_a_fault_in_a_lesson(spoil: Spoil, old: str, new: str, at: str, found: str) -> None:
    problems = spoil(LESSON_FILE, old, new)

    assert (LESSON_FILE, line_of(LESSON, at)) in {(p.file, p.line) for p in problems if found in p.found}


@pytest.mark.parametrize(
    ("old", "new", "at", "found"),
    [
        ("[2] a", "[3] a", "::: fråga", "ordningen 1, 3"),
        ("[2] a", "[1] a", "::: fråga", "ordningen 1, 1"),
        ("sort: ordna", "sort: en", "::: fråga", "nummer inom klamrarna"),
        ("sort: ordna", "sort: sant-falskt", "::: fråga", "andra alternativ än sant och falskt"),
        ("antal: 1", "antal: 2", "antal: 1", "2 frågor ska dras av 1"),
        ("godkänt: 80", "godkänt: 180", "godkänt: 80", "”180” i fältet ”godkänt”"),
        (
            "::: fråga p-ordna",
            "::: text o-mer\nfakta: metod\n\nText.\n:::\n\n::: fråga p-ordna",
            "::: fråga",
            "inte är en fråga",
        ),
    ],
)
def test_it_names_the_line_of_a_fault_in_the_check(spoil: Spoil, old: str, new: str, at: str, found: str) -> None:
    problems = spoil(CHECK_FILE, old, new)

    assert (CHECK_FILE, line_of(CHECK, at)) in {(p.file, p.line) for p in problems if found in p.found}


@pytest.mark.parametrize(
    ("old", "new", "at", "found"),
    [
        ("2026-04-27", "2026-04-31", "kontrollerad:", "”2026-04-31” i fältet ”kontrollerad” är inget datum"),
        ("kontrolleras igen: 2026-12-31", "kontrolleras igen: 2026-01-01", "nyckel:", "ny kontroll före den förra"),
        ("        kontrollerad av: Redaktionen\n", "", "nyckel:", "en halv kontroll"),
        ("paragraf:", "paragrav:", "paragraf:", "okänt fält ”paragrav”"),
        ("kapitel:", "nyckel:", "kapitel:", "fältet ”nyckel” står två gånger"),
    ],
)
def test_it_names_the_line_of_a_fault_among_the_sources(spoil: Spoil, old: str, new: str, at: str, found: str) -> None:
    problems = spoil(SOURCES_FILE, old, new)

    assert (SOURCES_FILE, line_of(SOURCES, at)) in {(p.file, p.line) for p in problems if found in p.found}


def test_it_refuses_an_order_question_whose_file_gives_the_answer_away(spoil: Spoil) -> None:
    problems = spoil(
        CHECK_FILE, "- [2] a: Sedan.\n  > Tvåa.\n- [1] b: Först.\n  > Etta.", "- [1] b: A.\n  > A.\n- [2] a: B.\n  > B."
    )

    assert [problem.found for problem in problems] == ["alternativ som redan står i rätt ordning"]


def test_it_refuses_an_unchecked_source_without_a_note(spoil: Spoil) -> None:
    check = SOURCES[SOURCES.index("        kontrollerad:") :]

    problems = spoil(SOURCES_FILE, check, "")

    assert [problem.found for problem in problems] == ["en okontrollerad bestämmelse utan anmärkning"]


def test_it_accepts_an_unchecked_source_with_a_note(folder: Path) -> None:
    check = SOURCES[SOURCES.index("        kontrollerad:") :]
    (folder / SOURCES_FILE).write_text(
        SOURCES.replace(check, "        anmärkning: Ingen har läst lagtexten.\n"), encoding="utf-8"
    )

    source = read_content(folder).legal_sources[0]

    assert (source.checked_on, source.checked_by, source.note) == (None, "", "Ingen har läst lagtexten.")


def test_it_refuses_a_text_alternative_on_several_lines(spoil: Spoil) -> None:
    picture = "::: bild p-bild\nfakta: metod\nfil: 01-forst.md\nalt: >-\n  En trappa\n  med tio steg.\n:::\n\n## Varför"

    problems = spoil(LESSON_FILE, "## Varför", picture)

    assert [problem.found for problem in problems] == ["”En trappa” under en bild", "”med tio steg.” under en bild"]


def test_it_refuses_an_image_that_is_missing_or_undecided(spoil: Spoil) -> None:
    problems = spoil(LESSON_FILE, "## Varför", "::: bild p-bild\nfakta: metod\nfil: ingen.png\n:::\n\n## Varför")

    assert {problem.found for problem in problems} == {"filen ”ingen.png” finns inte", "en bild utan tydligt val"}


@pytest.mark.parametrize("name", [SOURCES_FILE, CHECK_FILE, "prov/modul.md"])
def test_it_says_which_file_is_missing(folder: Path, name: str) -> None:
    (folder / name).unlink()

    with pytest.raises(ContentError, match=r"filen finns inte|ingen modul"):
        read_content(folder)


@pytest.mark.parametrize("name", [SOURCES_FILE, LESSON_FILE])
def test_it_refuses_a_file_in_another_encoding(folder: Path, name: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    (folder / name).write_text(text, encoding="windows-1252")

    with pytest.raises(ContentError, match="tecken som inte är UTF-8"):
        read_content(folder)


def test_it_reads_a_file_with_a_byte_order_mark(folder: Path) -> None:
    (folder / LESSON_FILE).write_text(LESSON, encoding="utf-8-sig")

    assert read_content(folder).modules[0].lessons[0].key == "forst"


def test_it_refuses_a_page_in_a_language_that_nobody_reads(folder: Path) -> None:
    path = folder / "sidor" / "vid-oro.md"
    path.write_text(path.read_text(encoding="utf-8").replace("sort: rutin\n", "sort: rutin\nspråk: en\n"), encoding="utf-8")

    with pytest.raises(ContentError, match="språket ”en”"):
        read_content(folder)


def test_it_collects_every_problem_in_every_file(folder: Path) -> None:
    for name, old, new in (
        (LESSON_FILE, "  > Ja.\n", ""),
        (LESSON_FILE, "minuter: 3", "minuter: noll"),
        (CHECK_FILE, "[2] a", "[4] a"),
        (SOURCES_FILE, "2026-04-27", "i april"),
    ):
        text = (folder / name).read_text(encoding="utf-8")
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")

    with pytest.raises(ContentError) as error:
        read_content(folder)

    assert [problem.file for problem in error.value.problems] == [LESSON_FILE, LESSON_FILE, CHECK_FILE, SOURCES_FILE]


def test_it_says_so_in_one_swedish_sentence(spoil: Spoil) -> None:
    problems = spoil(LESSON_FILE, "minuter: 3", "minuter: tre")

    assert str(problems[0]) == "prov/01-forst.md, rad 5: ”tre” i fältet ”minuter”. Det ska vara ett helt tal från 1 till 1000."
