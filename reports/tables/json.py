"""JSON for systems: each table under its key, its rows as objects with the columns' keys."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence

from reports.tables.table import Cell, Hiding, Table


def to_json(tables: Sequence[Table]) -> bytes:
    """Return the file. Days are written as 2026-08-31; `definitions` says what each key means."""
    written: dict[str, object] = {table.key: rows_of(table) for table in tables}
    definitions = {column.key: column.definition for table in tables for column in table.columns if column.definition}
    return json.dumps({**written, "definitions": definitions}, ensure_ascii=False, indent=2).encode()


def rows_of(table: Table) -> list[dict[str, object]]:
    """Return each row as an object. What is hidden is null, and its keys are listed under `hidden` where there are any."""
    return [_object(table, row) for row in table.rows]


def _object(table: Table, row: Sequence[Cell]) -> dict[str, object]:
    keys = [column.key for column in table.columns]
    hidden = [key for key, cell in zip(keys, row, strict=True) if isinstance(cell, Hiding)]
    written: dict[str, object] = dict(zip(keys, map(_written, row), strict=True))
    return {**written, "hidden": hidden} if hidden else written


def _written(cell: Cell) -> str | int | None:
    if isinstance(cell, Hiding):
        return None
    return cell.isoformat() if isinstance(cell, dt.date) else cell
