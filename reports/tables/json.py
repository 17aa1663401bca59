"""JSON for systems: each table under its key, its rows as objects with the columns' keys."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence

from reports.tables.table import Cell, Table


def to_json(tables: Sequence[Table]) -> bytes:
    """Return the file. Days are written as 2026-08-31; `definitions` says what each key means."""
    written: dict[str, object] = {table.key: rows_of(table) for table in tables}
    definitions = {column.key: column.definition for table in tables for column in table.columns if column.definition}
    return json.dumps({**written, "definitions": definitions}, ensure_ascii=False, indent=2).encode()


def rows_of(table: Table) -> list[dict[str, Cell]]:
    """Return each row as an object."""
    keys = [column.key for column in table.columns]
    return [dict(zip(keys, map(_written, row), strict=True)) for row in table.rows]


def _written(cell: Cell) -> Cell:
    return cell.isoformat() if isinstance(cell, dt.date) else cell
