"""Which files a report has, and how each is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reports.follow_up.outputs.data import to_data
from reports.follow_up.outputs.pdf import to_pdf
from reports.follow_up.outputs.steering import to_steering
from reports.follow_up.outputs.tables import single_table, workbook_tables
from reports.follow_up.report import Report
from reports.tables.csv import to_csv
from reports.tables.xlsx import to_xlsx


@dataclass(frozen=True)
class Output:
    """A kind of file: what browsers call it, and how it is written. The same report always gives the same bytes."""

    content_type: str
    write: Callable[[Report], bytes]


OUTPUTS = {
    "pdf": Output("application/pdf", to_pdf),
    "xlsx": Output(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", lambda report: to_xlsx(workbook_tables(report))
    ),
    "csv": Output("text/csv; charset=utf-8", lambda report: to_csv([single_table(report)])),
    "json": Output("application/json", to_data),
    "tsv": Output("text/tab-separated-values; charset=utf-8", to_steering),
}
"""By the ending of the file's name, as `Output.ending` stores it."""


def make(report: Report, ending: str) -> bytes:
    """Return one file. Raises `KeyError` for an ending that there is none of."""
    return OUTPUTS[ending].write(report)


def make_all(report: Report) -> dict[str, bytes]:
    """Return every file, by ending."""
    return {ending: make(report, ending) for ending in OUTPUTS}
