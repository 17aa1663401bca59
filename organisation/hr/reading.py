"""From the bytes of a file to its rows, whatever program wrote it. Knows nothing of what the columns mean."""

from __future__ import annotations

import codecs
import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from organisation.hr import personnummer
from organisation.hr.faults import Expected, Fault

SEPARATORS = (";", ",")
# No text has them, apart from tabs and line ends.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# What is left of a letter of UTF-8 when one byte elsewhere is broken and the file is taken for Windows-1252.
BROKEN_UTF8 = re.compile(rb"\xc3[\x80-\xbf]")
# Invisible characters that come with copying: zero width, soft hyphen, byte order mark.
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\xad"))
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
EXCEL_HINT = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)


@dataclass(frozen=True)
class HrFile:
    """A file as it came."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Columns:
    """Which columns a file must have, and which it may have."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Every known column, in order."""
        return self.required + self.optional


@dataclass
class Table:
    """A file whose header is right. `rows` may be walked once, and adds to `faults` on the way."""

    file: str
    columns: Columns
    header: list[str]
    ignored: list[str]
    records: Iterator[tuple[int, list[str]]]
    faults: list[Fault] = field(default_factory=list)

    def has(self, column: str) -> bool:
        """Whether the file has an optional column."""
        return column in self.header

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield (row, values in the order of `columns.all`); a column that the file lacks gives an empty value."""
        places = [self.header.index(name) if name in self.header else -1 for name in self.columns.all]
        width, count = len(self.header), 0
        for row, cells in self.records:
            if len(cells) > width and any(cell.strip() for cell in cells[width:]):
                self.fault(Expected.CELLS, row, value=self._beyond(cells), count=width)
                continue
            cells += [""] * (width - len(cells))
            values = [clean(cells[place]) if place >= 0 else "" for place in places]
            if any(values):
                count += 1
                yield row, values
        if not count and not self.faults:
            self.fault(Expected.ROWS)

    def fault(self, expected: Expected, row: int | None = None, column: str = "", value: str = "", **about: object) -> None:
        """Add a fault of this file."""
        self.faults.append(Fault(self.file, expected, row, column, personnummer.masked(value), about))

    def _beyond(self, cells: list[str]) -> str:
        return " ".join(cell.strip() for cell in cells[len(self.header) :] if cell.strip())


def open_table(file: HrFile, columns: Columns) -> tuple[Table | None, list[Fault]]:
    """Return the file as a table, or every reason why it is none."""
    text = decode(file.content)
    if text is None:
        return None, [Fault(file.name, Expected.TEXT)]
    separator, body = _separator(text, columns)
    records = _records(body, separator)
    first = next(records, None)
    if first is None or not body.strip():
        return None, [Fault(file.name, Expected.ROWS)]
    if isinstance(first, Fault):
        return None, [Fault(file.name, first.expected, first.row)]
    header = [clean(cell).casefold() for cell in first[1]]
    faults = [*_header_faults(file.name, header, columns), *_personnummer_faults(file.name, header, body, separator)]
    if faults:
        return None, faults
    ignored = [name for name in header if name and name not in columns.all]
    table = Table(file.name, columns, header, ignored, iter(()))
    table.records = _sound(table, records)
    return table, []


def decode(content: bytes) -> str | None:
    """Return the text: UTF-8 with or without a byte order mark, or Windows-1252; `None` if it is no text."""
    text = None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        if not content.startswith(codecs.BOM_UTF8) and not BROKEN_UTF8.search(content):
            try:
                text = content.decode("cp1252")
            except UnicodeDecodeError:
                return None
    return None if text is None or CONTROL.search(text) else text


def clean(cell: str) -> str:
    """Return the value without spaces around it, hard spaces, invisible characters or Excel's ="…"."""
    if cell.startswith('="') and cell.endswith('"') and len(cell) > 2:
        cell = cell[2:-1]
    if not cell.isascii():
        cell = unicodedata.normalize("NFC", cell.translate(INVISIBLE))
    return " ".join(cell.split())


def _separator(text: str, columns: Columns) -> tuple[str, str]:
    """Return the separator and the text without Excel's line that names it."""
    hint = EXCEL_HINT.match(text)
    if hint and hint.group(1) in SEPARATORS:
        return hint.group(1), text[hint.end() :]
    header = text.lstrip().split("\n", 1)[0].casefold()
    return max(SEPARATORS, key=lambda separator: _known(header, separator, columns)), text


def _known(header: str, separator: str, columns: Columns) -> int:
    return sum(clean(cell.strip().strip('"')) in columns.all for cell in header.split(separator))


def _records(text: str, separator: str) -> Iterator[tuple[int, list[str]] | Fault]:
    """Yield (row, cells); the last may be a fault without a file. Rows are counted as a spreadsheet shows them."""
    # One line after the other: a StringIO takes four bytes for each letter of the file.
    lines = (line.group() for line in LINE.finditer(text))
    reader = csv.reader(lines, delimiter=separator, strict=True)
    row = 0
    try:
        for row, cells in enumerate(reader, start=1):
            yield row, cells
    except csv.Error:
        yield Fault("", Expected.CLOSED_QUOTES, row + 1)


def _sound(table: Table, records: Iterator[tuple[int, list[str]] | Fault]) -> Iterator[tuple[int, list[str]]]:
    for record in records:
        if isinstance(record, Fault):
            table.fault(record.expected, record.row)
        else:
            yield record


def _header_faults(file: str, header: list[str], columns: Columns) -> Iterator[Fault]:
    for name in columns.required:
        if name not in header:
            yield Fault(file, Expected.COLUMN, 1, name)
    for name in columns.all:
        if header.count(name) > 1:
            yield Fault(file, Expected.COLUMN_ONCE, 1, name)
    if "franvarande_till" in header and "franvarande_fran" not in header:
        yield Fault(file, Expected.COLUMN, 1, "franvarande_fran")


def _personnummer_faults(file: str, header: list[str], text: str, separator: str) -> Iterator[Fault]:
    for name in header:
        if personnummer.is_column(name):
            yield Fault(file, Expected.NO_PERSONNUMMER, 1, personnummer.masked(name))
    if not personnummer.is_in(text):
        return
    for record in _records(text, separator):
        if not isinstance(record, Fault):
            row, cells = record
            for place, cell in enumerate(cells):
                if personnummer.is_in(cell):
                    column = header[place] if place < len(header) else ""
                    yield Fault(file, Expected.NO_PERSONNUMMER, row, column, personnummer.masked(cell))
