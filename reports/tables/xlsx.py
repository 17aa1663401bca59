"""XLSX: a sheet a table with typed cells, a frozen heading and filters, and last a sheet that says what the columns mean."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from reports.tables.table import Cell, Column, Hiding, Kind, Table

NARROWEST, WIDEST = 8, 60
FORMATS = {Kind.TEXT: "@", Kind.NUMBER: "#,##0", Kind.PERCENT: '0" %"', Kind.DAY: "yyyy-mm-dd"}
# A sheet's name is at most so long, and may not hold these.
NAME_LENGTH, FORBIDDEN_IN_NAMES = 31, str.maketrans("[]:*?/\\", "()-----")
# The same table makes the same bytes: a workbook otherwise holds the moment when it was made.
CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001  XlsxWriter takes moments without a zone


def to_xlsx(tables: Sequence[Table]) -> bytes:
    """Return the workbook. Texts are always written as texts, so nothing in them is calculated."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": tables[0].title, "created": CREATED})
        for table in tables:
            _Sheet(book, table.title).write(table.columns, table.rows)
        _Sheet(book, _("Definitions")).write(*_definitions(tables))
    return content.getvalue()


class _Sheet:
    """A sheet of a workbook, with the formats of its cells."""

    def __init__(self, book: Any, title: str) -> None:
        self.sheet = book.add_worksheet(title.translate(FORBIDDEN_IN_NAMES)[:NAME_LENGTH].strip("'"))
        self.heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.formats = {kind: book.add_format({"num_format": form, "valign": "top"}) for kind, form in FORMATS.items()}
        self.right = book.add_format({"num_format": "@", "align": "right", "valign": "top"})
        self.wrapped = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})

    def write(self, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> None:
        """Write the heading, freeze it, write the rows, and put a filter on all of it."""
        for number, column in enumerate(columns):
            cells = [row[number] for row in rows]
            self.sheet.set_column(number, number, _width(column, cells))
            self.sheet.write_string(0, number, column.title, self.heading)
            for line, cell in enumerate(cells, start=1):
                self._write_cell(line, number, column.kind, cell)
        self.sheet.freeze_panes(1, 0)
        self.sheet.autofilter(0, 0, len(rows), len(columns) - 1)
        self.sheet.repeat_rows(0)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)

    def _write_cell(self, line: int, number: int, kind: Kind, cell: Cell) -> None:
        if isinstance(cell, Hiding):
            self.sheet.write_string(line, number, str(cell), self.right)
        elif isinstance(cell, str):
            self.sheet.write_string(line, number, cell, self.wrapped if len(cell) > WIDEST else self.formats[Kind.TEXT])
        elif isinstance(cell, dt.date):
            self.sheet.write_datetime(line, number, cell, self.formats[Kind.DAY])
        elif cell is not None:
            self.sheet.write_number(line, number, cell, self.formats[kind])


def _width(column: Column, cells: Iterable[Cell]) -> int:
    """Characters: as wide as the widest cell, a heading on two lines, and room for the filter's button."""
    shown = max((len(str(cell)) for cell in cells if cell is not None), default=0)
    word = max(map(len, column.title.split()), default=0)
    return min(max(shown + 2, word + 4, NARROWEST), WIDEST)


def _definitions(tables: Sequence[Table]) -> tuple[list[Column], list[list[Cell]]]:
    facts = {fact: None for table in tables for fact in table.facts}
    defined = {(column.title, column.definition): None for table in tables for column in table.columns if column.definition}
    columns = [Column("name", _("Name")), Column("definition", _("Meaning"))]
    return columns, [list(pair) for pair in (*facts, *defined)]
