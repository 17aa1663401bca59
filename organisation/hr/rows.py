"""From cells to what they mean: a department, a person's employment. Every cell that means nothing is a fault."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from organisation.hr.faults import Expected, Fault
from organisation.hr.reading import Columns, HrFile, Table, open_table

DEPARTMENT_COLUMNS = Columns(("enhet", "namn", "typ", "overordnad", "chef"))
PEOPLE_COLUMNS = Columns(
    ("anstallningsnummer", "fornamn", "efternamn", "epost", "enhet", "befattning", "moter_barn_unga", "fran", "till"),
    ("franvarande_fran", "franvarande_till", "skyddad"),
)
KINDS = ("forvaltning", "verksamhet", "enhet")
LONGEST = {
    "enhet": 60,
    "namn": 150,
    "overordnad": 60,
    "chef": 30,
    "anstallningsnummer": 30,
    "fornamn": 100,
    "efternamn": 100,
    "epost": 254,
    "befattning": 100,
}
MAY_BE_EMPTY = frozenset({"overordnad", "chef", "epost", "till", *PEOPLE_COLUMNS.optional})
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
FIRST_DAY, LAST_DAY = dt.date(1900, 1, 1), dt.date(2999, 12, 31)
ADDRESS = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([\w-]+\.)+[\w-]{2,}")
# How Excel writes a long number that it has shortened.
SHORTENED = re.compile(r"[0-9]([.,][0-9]+)?e\+[0-9]+", re.IGNORECASE)
EXCEL_FAULT = re.compile(r"#[A-ZÅÄÖ0/]+[!?]|#N/A")
REPLACEMENT = "\ufffd"
# How the first byte of å, ä, ö, é and their like looks in UTF-8 that was taken for Windows-1252 and saved again.
TWICE_ENCODED = "Ã"
ONE_DAY = dt.timedelta(days=1)

Period = tuple[dt.date, dt.date | None]
"""(from, until): the first day, and the day after the last; an open one has no last."""


@dataclass(frozen=True, slots=True)
class DepartmentRow:
    """A part of the organisation, as a row says."""

    row: int
    unit: str
    name: str
    kind: str
    parent: str
    manager: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One employment, as a row says, and whose it is. `is_protected` is `None` where the file does not say."""

    row: int
    number: str
    first_name: str
    last_name: str
    address: str | None
    unit: str
    occupation: str
    meets_young: bool
    period: Period
    absence: Period | None
    is_protected: bool | None


@dataclass
class Departments:
    """The file of departments, read. `mentioned` holds also the units of rows that have a fault."""

    file: str
    rows: list[DepartmentRow] = field(default_factory=list)
    mentioned: set[str] = field(default_factory=set)
    ignored: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


@dataclass
class People:
    """The file of people, read. `faulty` holds the numbers of rows that have a fault."""

    file: str
    by_number: dict[str, list[PersonRow]] = field(default_factory=lambda: defaultdict(list))
    faulty: set[str] = field(default_factory=set)
    ignored: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    says_absence: bool = False

    def mentions(self, number: str) -> bool:
        """Whether a row is about the number, be it right or wrong."""
        return number in self.by_number or number in self.faulty


def read_departments(file: HrFile) -> Departments:
    """Return the rows of a file of departments, and its faults."""
    table, faults = open_table(file, DEPARTMENT_COLUMNS)
    found = Departments(file.name, faults=faults)
    if table is None:
        return found
    for row, cells in table.rows():
        found.mentioned.add(cells[0])
        if _texts_are_right(table, row, cells) and _kind_is_right(table, row, cells[2]):
            unit, name, kind, parent, manager = cells
            found.rows.append(DepartmentRow(row, unit, name, kind.casefold(), parent, manager))
    found.ignored, found.faults = table.ignored, table.faults
    return found


def read_people(file: HrFile) -> People:
    """Return the rows of a file of people, and its faults."""
    table, faults = open_table(file, PEOPLE_COLUMNS)
    found = People(file.name, faults=faults)
    if table is None:
        return found
    found.says_absence = table.has("franvarande_fran")
    cells_of = PersonCells(table)
    for row, cells in table.rows():
        person = cells_of.read(row, cells)
        if person:
            found.by_number[person.number].append(person)
        else:
            found.faulty.add(cells[0])
    found.ignored, found.faults = table.ignored, table.faults
    return found


class PersonCells:
    """Reads rows of people. What many rows say is kept once, so that a large file stays small."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.days: dict[str, dt.date | None] = {}
        self.same: dict[str, str] = {}
        self.periods: dict[Period, Period] = {}

    def read(self, row: int, cells: list[str]) -> PersonRow | None:
        """Return what the row means, or `None` and add its faults to the table."""
        before = len(self.table.faults)
        _texts_are_right(self.table, row, cells)
        number, first_name, last_name, address, unit, occupation, young, start, end, away, back, protected = cells
        meets_young = self._yes(row, "moter_barn_unga", young, Expected.YES_OR_NO)
        is_protected = self._yes(row, "skyddad", protected, Expected.YES_NO_OR_EMPTY)
        period = self._period(row, "fran", "till", start, end)
        absence = self._absence(row, away, back)
        if len(self.table.faults) > before or period is None:
            return None
        return PersonRow(
            row,
            number,
            self.same.setdefault(first_name, first_name),
            last_name,
            self._address(address),
            self.same.setdefault(unit, unit),
            self.same.setdefault(occupation, occupation),
            bool(meets_young),
            self.periods.setdefault(period, period),
            absence,
            bool(is_protected) if self.table.has("skyddad") else None,
        )

    def _address(self, text: str) -> str | None:
        return text.lower() or None

    def _yes(self, row: int, column: str, text: str, expected: Expected) -> bool | None:
        answer = {"ja": True, "nej": False}.get(text.casefold())
        if answer is None and text:
            self.table.fault(expected, row, column, text)
        return answer

    def _period(self, row: int, first: str, last: str, start: str, end: str) -> Period | None:
        from_on = self._day(row, first, start, Expected.DAY)
        till = self._day(row, last, end, Expected.DAY_OR_EMPTY)
        if from_on and till and till < from_on:
            self.table.fault(Expected.NOT_BEFORE, row, last, end, other=start)
        return (from_on, till + ONE_DAY if till else None) if from_on else None

    def _absence(self, row: int, start: str, end: str) -> Period | None:
        if not start and end:
            self.table.fault(Expected.FIRST_DAY_TOO, row, "franvarande_fran", start)
        return self._period(row, "franvarande_fran", "franvarande_till", start, end) if start else None

    def _day(self, row: int, column: str, text: str, expected: Expected) -> dt.date | None:
        if text not in self.days:
            self.days[text] = day_of(text)
        day = self.days[text]
        if day is None and text:
            self.table.fault(expected, row, column, text)
        return day


def day_of(text: str) -> dt.date | None:
    """Return the day that is written as 2026-08-31, or `None`."""
    try:
        day = dt.date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        return None
    return day if day and FIRST_DAY <= day <= LAST_DAY else None


def _texts_are_right(table: Table, row: int, cells: list[str]) -> bool:
    before = len(table.faults)
    for column, text in zip(table.columns.all, cells, strict=True):
        if not text:
            if column not in MAY_BE_EMPTY:
                table.fault(Expected.VALUE, row, column)
        elif len(text) > LONGEST.get(column, len(text)):
            table.fault(Expected.SHORTER, row, column, text, most=LONGEST[column])
        else:
            _is_sound(table, row, column, text)
    return len(table.faults) == before


def _is_twice_encoded(text: str) -> bool:
    try:
        return text.encode("cp1252").decode() != text
    except UnicodeError:
        return False


SOUND: tuple[tuple[Callable[[str, str], bool], Expected], ...] = (
    (lambda _column, text: REPLACEMENT in text or (TWICE_ENCODED in text and _is_twice_encoded(text)), Expected.LETTERS),
    # A spreadsheet that somebody exports later would run it.
    (lambda _column, text: text[0] in "=+@", Expected.NO_FORMULA),
    (lambda _column, text: text[0] == "#" and EXCEL_FAULT.fullmatch(text) is not None, Expected.NO_EXCEL_FAULT),
    (
        lambda column, text: column in {"anstallningsnummer", "chef"} and SHORTENED.fullmatch(text) is not None,
        Expected.WHOLE_NUMBER,
    ),
    (lambda column, text: column == "epost" and ADDRESS.fullmatch(text.lower()) is None, Expected.ADDRESS),
)
"""What makes a text wrong, and what was expected instead."""


def _is_sound(table: Table, row: int, column: str, text: str) -> None:
    for is_wrong, expected in SOUND:
        if is_wrong(column, text):
            table.fault(expected, row, column, text)
            return


def _kind_is_right(table: Table, row: int, kind: str) -> bool:
    if kind.casefold() in KINDS:
        return True
    table.fault(Expected.KIND, row, "typ", kind)
    return False
