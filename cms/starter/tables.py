"""Tables: ``| a | b |`` on a line each; the first line holds the headings, the second only dashes."""

import re

from cms.starter.documents import Line
from cms.starter.errors import Place, Problems
from cms.starter.richtext import note_markup

DASHES = re.compile(r"\|(?:\s*-{3,}\s*\|)+")
FEWEST_COLUMNS, MOST_COLUMNS = 2, 4
Cells = tuple[str, ...]


def read_table(lines: tuple[Line, ...], place: Place, problems: Problems) -> tuple[Cells, tuple[Cells, ...]]:
    """The headings, and the rows; ``place`` is the block. Notes rows of another length, empty names and markup."""
    written = [line for line in lines if line.text.strip()]
    if len(written) < 3 or not DASHES.fullmatch(written[1].text.strip()):
        problems.add(place, "en tabell utan rubriker eller rader", "rubriker, en rad ”|---|---|” och minst en rad")
        return (), ()
    headings = _cells(written[0], problems)
    if not FEWEST_COLUMNS <= len(headings) <= MOST_COLUMNS:
        problems.add(written[0].place, f"{len(headings)} kolumner", "två till fyra, så att tabellen ryms på en telefon")
    if not all(headings):
        problems.add(written[0].place, "en kolumn utan rubrik", "en rubrik för varje kolumn")
    rows = tuple(_row(line, len(headings), problems) for line in written[2:])
    return headings, rows


def _row(line: Line, length: int, problems: Problems) -> Cells:
    cells = _cells(line, problems)
    if len(cells) != length:
        problems.add(line.place, f"en rad med {len(cells)} rutor", f"{length} rutor, lika många som rubrikerna")
    elif not cells[0]:
        problems.add(line.place, "en rad utan namn", "text i den första rutan")
    return cells


def _cells(line: Line, problems: Problems) -> Cells:
    text = line.text.strip()
    if not (text.startswith("|") and text.endswith("|") and len(text) > 1):
        problems.add(line.place, f"”{text[:60]}” i en tabell", "en rad som börjar och slutar med |")
        return ()
    note_markup(text, line.place, problems)
    return tuple(" ".join(cell.split()) for cell in text[1:-1].split("|"))
