"""The formats that tables can be taken home in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.text import slugify

from reports.tables.csv import to_csv
from reports.tables.json import to_json
from reports.tables.table import Table
from reports.tables.xlsx import to_xlsx


@dataclass(frozen=True)
class Format:
    """A kind of file: what browsers call it, and how it is written."""

    content_type: str
    write: Callable[[Sequence[Table]], bytes]


FORMATS = {
    "csv": Format("text/csv; charset=utf-8", to_csv),
    "xlsx": Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", to_xlsx),
    "json": Format("application/json", to_json),
}
"""By the ending of the file's name."""


def as_attachment(ending: str, name: str, *tables: Table) -> HttpResponse:
    """Return the tables as a file to save; CSV takes one table. `name` has no ending. The file is never kept on the way."""
    chosen = FORMATS[ending]
    response = HttpResponse(chosen.write(tables), content_type=chosen.content_type)
    response["Content-Disposition"] = f'attachment; filename="{slugify(name)}.{ending}"'
    response["Cache-Control"] = "private, no-store"
    return response
