"""Tables are read from a file, or refused with the line of every fault."""

from pathlib import Path

import pytest

from cms.starter import read_content
from cms.starter.texts import TableText
from tests.content.conftest import LESSON, LESSON_FILE, Spoil
from tests.content.test_refusing_files import line_of

TABLE = """\
::: tabell p-karta
fakta: A2
rättskällor: rf-2-1
titel: Var gäller vad?

| Plats | Uppgift | Utgå från |
|---|---|---|
| Förskola | familjens förhållanden | hemligt |
| Skola |  | öppet |
:::

"""


@pytest.fixture(autouse=True)
def with_table(folder: Path) -> None:
    path = folder / LESSON_FILE
    path.write_text(path.read_text(encoding="utf-8").replace("::: citat", TABLE + "::: citat", 1), encoding="utf-8")


def test_it_reads_headings_and_rows(folder: Path) -> None:
    table = next(b for b in read_content(folder).modules[0].lessons[0].blocks if isinstance(b, TableText))

    assert (table.id, table.title, table.legal_sources) == ("p-karta", "Var gäller vad?", ("rf-2-1",))
    assert table.columns == ("Plats", "Uppgift", "Utgå från")
    assert table.rows == (("Förskola", "familjens förhållanden", "hemligt"), ("Skola", "", "öppet"))


@pytest.mark.parametrize(
    ("old", "new", "at", "found"),
    [
        ("familjens förhållanden | hemligt |", "familjens förhållanden |", "| Förskola", "en rad med 2 rutor"),
        ("| Skola |  | öppet |", "|  |  | öppet |", "| Skola", "en rad utan namn"),
        ("| Skola |  | öppet |", "Skola, öppet", "| Skola", "”Skola, öppet” i en tabell"),
        ("|---|---|---|\n", "", "::: tabell", "en tabell utan rubriker eller rader"),
        ("| Utgå från |", "|  |", "| Plats", "en kolumn utan rubrik"),
        ("hemligt |", "**hemligt** |", "| Förskola", "”*hemligt*” i en text utan formatering"),
        ("titel: Var", "rubrik: Var", "titel: Var", "okänt fält ”rubrik”"),
        ("| Plats | Uppgift | Utgå från |", "| Plats |", "| Plats", "1 kolumner"),
    ],
)
def test_it_names_the_line_of_a_fault(spoil: Spoil, old: str, new: str, at: str, found: str) -> None:
    whole = LESSON.replace("::: citat", TABLE + "::: citat", 1)

    problems = spoil(LESSON_FILE, old, new)

    assert (LESSON_FILE, line_of(whole, at)) in {(p.file, p.line) for p in problems if found in p.found}
