"""How a steering system wants its file: which columns, and what it calls the units."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

STANDARD = ("organisation", "period", "module", "measure", "value")
COLUMNS = ("organisation", "period", "as_of", "module", "measure", "value", "unit")
"""What a column can be: `organisation` is the unit's code there, `unit` its id in the HR system."""
CITY_CODE = "CITY"
"""How a mapping names the whole city, which has no id."""

LONGEST_CODE = 60
MOST_TOLD = 50
"""So many wrong lines are told one by one."""


@dataclass(frozen=True)
class SteeringFormat:
    """`codes` is the system's code by unit id; without any every unit goes by its own id, and the city by `CITY_CODE`."""

    columns: tuple[str, ...] = STANDARD
    codes: Mapping[str, str] = field(default_factory=dict)

    def code_of(self, unit: str) -> str | None:
        """Return what the system calls the unit; `None` if the mapping leaves it out."""
        unit = unit or CITY_CODE
        return self.codes.get(unit) if self.codes else unit


def read_columns(text: str) -> tuple[str, ...]:
    """Read column names separated by commas. Raises `ValidationError` that names those there are none of."""
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    if unknown := [name for name in names if name not in COLUMNS]:
        said = {"unknown": ", ".join(unknown), "known": ", ".join(COLUMNS)}
        raise ValidationError(_("There are no columns called %(unknown)s. There are: %(known)s.") % said)
    if "value" not in names or len(set(names)) < len(names):
        raise ValidationError(_("The columns must hold value, and each name once."))
    return names


def read_codes(content: str, units: Collection[str]) -> dict[str, str]:
    """Read a mapping: a line a unit, its id and the system's code, separated by a semicolon or a tab.

    Raises `ValidationError` with the first lines that are wrong, and how many more there are; then nothing of it counts.
    """
    found: dict[str, str] = {}
    faults = []
    for line, row in enumerate(_rows(content), start=1):
        if not any(cell.strip() for cell in row):
            continue
        if fault := _fault(line, [cell.strip() for cell in row], found, units):
            faults.append(fault)
        else:
            found[row[0].strip()] = row[1].strip()
    if len(faults) > MOST_TOLD:
        faults[MOST_TOLD:] = [_("And %(count)s more.") % {"count": len(faults) - MOST_TOLD}]
    if faults:
        raise ValidationError(faults)
    if not found:
        raise ValidationError(_("There is no line in the file."))
    return found


def _rows(content: str) -> list[list[str]]:
    delimiter = "\t" if "\t" in content else ";"
    try:
        return list(csv.reader(io.StringIO(content), delimiter=delimiter))
    except csv.Error as error:
        raise ValidationError(_("The file cannot be read as lines of text.")) from error


def _fault(line: int, row: list[str], found: Mapping[str, str], units: Collection[str]) -> str:
    if len(row) != 2 or not all(row):
        return _("Line %(line)s: expected a unit's id and a code, separated by a semicolon.") % {"line": line}
    unit, code = row
    if unit != CITY_CODE and unit not in units:
        return _("Line %(line)s, column 1: there is no unit with the id %(unit)s.") % {
            "line": line,
            "unit": unit[:LONGEST_CODE],
        }
    if len(code) > LONGEST_CODE or not code.isprintable():
        return _("Line %(line)s, column 2: the code is too long, or has characters that are not shown.") % {"line": line}
    if unit in found:
        return _("Line %(line)s, column 1: %(unit)s stands on an earlier line too.") % {"line": line, "unit": unit}
    if code in found.values():
        return _("Line %(line)s, column 2: the code %(code)s is another unit's already.") % {"line": line, "code": code}
    return ""
