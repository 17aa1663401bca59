"""The report for steering systems, which read organisation, period, measure and value: tab separated, one number a line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from reports.follow_up.outputs.tables import GOAL
from reports.follow_up.report import Report
from reports.follow_up.report.reading import CITY
from reports.follow_up.steering_format import SteeringFormat
from reports.suppression import MEASURES

CORRECTIONS = "corrections"
"""The measure of the city's last line: how many corrections there are of a report that has any."""


def to_steering(report: Report, form: SteeringFormat | None = None) -> bytes:
    """Return the file, UTF-8. Hidden numbers have no line; units that the mapping leaves out have none either."""
    form = form or SteeringFormat()
    text = io.StringIO()
    writer = csv.writer(text, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(form.columns)
    writer.writerows([[row[column] for column in form.columns] for row in _rows(report, form)])
    return text.getvalue().encode()


def _rows(report: Report, form: SteeringFormat) -> Iterator[dict[str, str]]:
    cycle = report.basis.cycle
    period = {"period": f"{cycle.year}-{cycle.period}", "as_of": cycle.cut_off_on.isoformat()}
    for module in report.reading.modules:
        for unit in (CITY, *(unit.id for unit in report.basis.units)):
            code = form.code_of(unit)
            if code is None:
                continue
            for measure in MEASURES:
                value = report.reading.value(module.slug, unit, measure)
                if isinstance(value, int):
                    named = {"module": module.slug, "measure": measure, "unit": unit, "organisation": code}
                    yield period | named | {"value": str(value)}
            if (goal := report.reading.goal(module)) is not None:
                named = {"module": module.slug, "measure": GOAL, "unit": unit, "organisation": code}
                yield period | named | {"value": str(goal)}
    if (code := form.code_of(CITY)) and report.corrections:
        named = {"module": "", "measure": CORRECTIONS, "unit": CITY, "organisation": code}
        yield period | named | {"value": str(len(report.corrections))}
