"""Which files a report has, and how each is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reports.follow_up.outputs.data import to_data
from reports.follow_up.outputs.pdf import to_pdf
from reports.follow_up.outputs.steering import to_steering
from reports.follow_up.outputs.tables import single_table, workbook_tables
from reports.follow_up.report import Report
from reports.follow_up.steering_format import SteeringFormat
from reports.tables.csv import to_csv
from reports.tables.xlsx import to_xlsx


@dataclass(frozen=True)
class Output:
    """A kind of file: what browsers call it, and how it is written. The same report always gives the same bytes."""

    content_type: str
    write: Callable[[Report], bytes]


STEERING = "tsv"
OUTPUTS = {
    "pdf": Output("application/pdf", to_pdf),
    "xlsx": Output(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", lambda report: to_xlsx(workbook_tables(report))
    ),
    "csv": Output("text/csv; charset=utf-8", lambda report: to_csv([single_table(report)])),
    "json": Output("application/json", to_data),
    STEERING: Output("text/tab-separated-values; charset=utf-8", to_steering),
}
"""By the ending of the file's name, as `Output.ending` stores it."""


def make(report: Report, ending: str, steering: SteeringFormat | None = None) -> bytes:
    """Return one file; `steering` is how the city's steering system wants its own. Raises `KeyError` for an unknown ending."""
    if ending == STEERING and steering:
        return to_steering(report, steering)
    return OUTPUTS[ending].write(report)


def make_all(report: Report, steering: SteeringFormat | None = None) -> dict[str, bytes]:
    """Return every file, by ending."""
    return {ending: make(report, ending, steering) for ending in OUTPUTS}
