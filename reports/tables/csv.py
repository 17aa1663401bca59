"""CSV as Swedish spreadsheets open it: UTF-8 with a byte order mark, separated by semicolons, safe against formulas."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence

from defusedcsv import csv

from reports.tables.table import Cell, Hiding, Table

# What begins a formula in some spreadsheet though `defusedcsv` lets it through: the wide forms of = + - @.
WIDE_TRIGGERS = ("＝", "＋", "－", "＠")
TRIGGERS = ("=", "+", "-", "@", *WIDE_TRIGGERS)


def to_csv(tables: Sequence[Table]) -> bytes:
    """Return the file of the only table. Days are written as 2026-08-31, shares as whole numbers of a hundred, and
    what is hidden as a dash."""
    (table,) = tables
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow([column.title for column in table.columns])
    writer.writerows([[_written(cell) for cell in row] for row in table.rows])
    return text.getvalue().encode("utf-8-sig")


def _written(cell: Cell) -> str | int | None:
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, Hiding):
        return str(cell)
    return _defused(cell) if isinstance(cell, str) else cell


def _defused(text: str) -> str:
    """Mark a text that a spreadsheet could take for a formula after the blanks that it begins with."""
    begins_blank = text[:1].isspace() and text.lstrip().startswith(TRIGGERS)
    return f"'{text}" if begins_blank or text.startswith(WIDE_TRIGGERS) else text
