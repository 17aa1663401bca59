"""XLSX: a sheet a table with typed cells, a frozen heading and filters, and last a sheet that says what the columns mean."""

from __future__ import annotations

import datetime as dt
import io
import textwrap
from collections.abc import Iterable, Sequence
from itertools import chain, count
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from reports.tables.table import Cell, Column, Hiding, Kind, Table

# The widest column holds a SHA-256 on one line.
NARROWEST, WIDEST = 8, 67
# Points; a row higher than 409 is refused by spreadsheets. LibreOffice leaves rows as low as the file says.
LINE_HEIGHT, HIGHEST = 15, 405
# Characters that a filter's button takes of a heading.
BUTTON = 4
FORMATS = {
    Kind.TEXT: "@",
    Kind.NUMBER: "#,##0",
    Kind.PERCENT: '0" %"',
    Kind.CHANGE: '+#,##0;"−"#,##0;0',
    Kind.DAY: "yyyy-mm-dd",
}
# A sheet's name is at most so long, and may not hold these.
NAME_LENGTH, FORBIDDEN_IN_NAMES = 31, str.maketrans("[]/\\", "()--", ":*?")
# Excel keeps this name for itself; an empty one it refuses.
RESERVED = {"history", ""}
# The same table makes the same bytes: a workbook otherwise holds the moment when it was made.
CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001  XlsxWriter takes moments without a zone


def to_xlsx(tables: Sequence[Table]) -> bytes:
    """Return the workbook. Texts are always written as texts, so nothing in them is calculated."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": tables[0].title, "created": CREATED})
        *names, last = _sheet_names([*(table.title for table in tables), _("Definitions")])
        for name, table in zip(names, tables, strict=True):
            _Sheet(book, name).write(table.columns, table.rows)
        _Sheet(book, last).write(*_definitions(tables))
    return content.getvalue()


def _sheet_names(titles: Sequence[str]) -> list[str]:
    """Return a name for each sheet, as near its title as may be; a second one of the same name gets a number."""
    names: list[str] = []
    for title in titles:
        plain = title.translate(FORBIDDEN_IN_NAMES).strip("' ")
        numbered = (
            f"{_shortened(plain, NAME_LENGTH - len(end))}{end}".strip("' ") for end in chain([""], (f" {n}" for n in count(2)))
        )
        taken = {name.lower() for name in names} | RESERVED
        names.append(next(name for name in numbered if name.lower() not in taken))
    return names


def _shortened(name: str, most: int) -> str:
    """As much of the name as there is room for, in whole words if that leaves more than half of it."""
    if len(name) <= most:
        return name
    words = name[: most + 1].rpartition(" ")[0]
    return words.rstrip(" ,–-") if len(words) > most // 2 else name[:most]


class _Sheet:
    """A sheet of a workbook, with the formats of its cells."""

    def __init__(self, book: Any, name: str) -> None:
        self.sheet = book.add_worksheet(name)
        self.heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.formats = {kind: book.add_format({"num_format": form, "valign": "top"}) for kind, form in FORMATS.items()}
        self.right = book.add_format({"num_format": "@", "align": "right", "valign": "top"})
        self.wrapped = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})

    def write(self, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> None:
        """Write the heading, freeze it, write the rows, and put a filter on all of it."""
        widths = [_width(column, [row[number] for row in rows]) for number, column in enumerate(columns)]
        for number, column in enumerate(columns):
            self.sheet.set_column(number, number, widths[number])
            self.sheet.write_string(0, number, column.title, self.heading)
            for line, row in enumerate(rows, start=1):
                self._write_cell(line, number, column.kind, row[number])
        self._set_height(0, [column.title for column in columns], [width - BUTTON for width in widths])
        for line, row in enumerate(rows, start=1):
            self._set_height(line, row, widths)
        self.sheet.freeze_panes(1, 0)
        self.sheet.autofilter(0, 0, len(rows), len(columns) - 1)
        self.sheet.repeat_rows(0)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)

    def _set_height(self, line: int, cells: Sequence[Cell], widths: Sequence[int]) -> None:
        lines = max((_lines(cell, width) for cell, width in zip(cells, widths, strict=True)), default=1)
        if lines > 1:
            self.sheet.set_row(line, min(lines * LINE_HEIGHT, HIGHEST))

    def _write_cell(self, line: int, number: int, kind: Kind, cell: Cell) -> None:
        if isinstance(cell, Hiding):
            self.sheet.write_string(line, number, str(cell), self.right)
        elif isinstance(cell, str):
            self.sheet.write_string(line, number, cell, self.wrapped if _wraps(cell) else self.formats[Kind.TEXT])
        elif isinstance(cell, dt.date):
            self.sheet.write_datetime(line, number, cell, self.formats[Kind.DAY])
        elif cell is not None:
            self.sheet.write_number(line, number, cell, self.formats[kind])


def _wraps(text: str) -> bool:
    return len(text) > WIDEST or "\n" in text


def _lines(cell: Cell, width: int) -> int:
    """How many lines the cell takes in a column of so many characters."""
    if not isinstance(cell, str):
        return 1
    return sum(max(1, len(textwrap.wrap(line, max(width, 1)))) for line in cell.splitlines())


def _width(column: Column, cells: Iterable[Cell]) -> int:
    """Characters: as wide as the widest cell, a heading on two lines, and room for the filter's button."""
    shown = max((len(line) for cell in cells if cell is not None for line in str(cell).splitlines()), default=0)
    word = max(map(len, column.title.split()), default=0)
    return min(max(shown + 2, word + BUTTON, NARROWEST), WIDEST)


def _definitions(tables: Sequence[Table]) -> tuple[list[Column], list[list[Cell]]]:
    facts = {fact: None for table in tables for fact in table.facts}
    defined = {(column.title, column.definition): None for table in tables for column in table.columns if column.definition}
    columns = [Column("name", _("Name")), Column("definition", _("Meaning"))]
    return columns, [list(pair) for pair in (*facts, *defined)]
