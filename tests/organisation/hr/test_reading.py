"""From the bytes of a file to its rows, whatever program wrote it."""

from __future__ import annotations

import tracemalloc

import pytest

from organisation.hr.faults import Expected, Fault
from organisation.hr.reading import Columns, HrFile, Table, decode, open_table

COLUMNS = Columns(("enhet", "namn"), ("chef",))
TEXT = "enhet;namn;chef\r\nD1;Ånäs förskola;7\r\nD2;Öster;\r\n"
ROWS = [(2, ["D1", "Ånäs förskola", "7"]), (3, ["D2", "Öster", ""])]


def read(content: bytes | str) -> tuple[Table, list[tuple[int, list[str]]]]:
    data = content if isinstance(content, bytes) else content.encode()
    table, faults = open_table(HrFile("f.csv", data), COLUMNS)
    assert faults == []
    assert table is not None
    return table, list(table.rows())


def faults_in(content: bytes | str) -> list[Fault]:
    data = content if isinstance(content, bytes) else content.encode()
    table, faults = open_table(HrFile("f.csv", data), COLUMNS)
    if table is None:
        return faults
    list(table.rows())
    return table.faults


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [";", ","])
@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
def test_it_reads_every_encoding_separator_and_line_end(encoding, separator, line_end) -> None:
    text = TEXT.replace(";", separator).replace("\r\n", line_end)

    assert read(text.encode(encoding))[1] == ROWS


@pytest.mark.parametrize(
    "text",
    [
        "sep=;\r\n" + TEXT,
        TEXT.rstrip(),
        TEXT + "\r\n;;\r\n",
        TEXT.replace(";7", ";7;;;").replace("chef", "chef;;"),
        TEXT.replace("Ånäs förskola", '"Ånäs förskola"'),
        TEXT.replace("Ånäs förskola", "\u00a0Ånäs\u00a0förskola\u200b "),
        TEXT.replace("Ånäs", "Ånäs".replace("Å", "A\u030a").replace("ä", "a\u0308")),
        TEXT.replace("D1", '="D1"'),
        TEXT.replace("D1", '"=""D1"""'),
        TEXT.replace("enhet;namn", ' Enhet ;"NAMN"'),
        TEXT.replace("Öster;", "Öster"),
    ],
)
def test_it_takes_the_quirks_of_excel(text) -> None:
    assert read(text)[1] == ROWS


def test_it_reads_columns_in_any_order_and_names_those_it_does_not_know() -> None:
    table, rows = read("telefon;namn;rum;enhet\n070;Öster;5;D2\n")

    assert rows == [(2, ["D2", "Öster", ""])]
    assert table.ignored == ["telefon", "rum"]
    assert not table.has("chef")


def test_it_counts_rows_as_a_spreadsheet_does() -> None:
    rows = read('sep=;\nenhet;namn\n\nD1;"två\nrader"\nD2;Öster\n')[1]

    assert rows == [(3, ["D1", "två rader", ""]), (4, ["D2", "Öster", ""])]


def test_it_keeps_separators_inside_quotation_marks() -> None:
    assert read('enhet;namn\nD1;"Norr; med ""Väst"""\n')[1] == [(2, ["D1", 'Norr; med "Väst"', ""])]


@pytest.mark.parametrize(
    "content", [b"", b"\xef\xbb\xbf", b"\r\n\r\n", b"enhet;namn\r\n", b"enhet;namn\r\n;\r\n", b"sep=;\r\n"]
)
def test_it_refuses_an_empty_file(content) -> None:
    assert [fault.expected for fault in faults_in(content)] == [Expected.ROWS]


@pytest.mark.parametrize(
    "content",
    [
        b"enhet;namn\r\nD1;a\x00b\r\n",
        TEXT.encode("utf-16"),
        b"PK\x03\x04\x14\x00\x06\x00",
        b"\x89PNG\r\n\x1a\n",
        b"enhet;namn\r\nD1;\x81\r\n",
        "enhet;namn\r\nD1;Å\r\n".encode() + b"\xff",
        b"\xef\xbb\xbfenhet;namn\r\nD1;\xe5\r\n",
    ],
)
def test_it_refuses_what_is_no_text(content) -> None:
    assert [fault.expected for fault in faults_in(content)] == [Expected.TEXT]
    assert decode(content) is None


def test_it_names_every_missing_or_doubled_column() -> None:
    found = faults_in("chef;chef\n1;2\n")

    assert [(fault.expected, fault.row, fault.column) for fault in found] == [
        (Expected.COLUMN, 1, "enhet"),
        (Expected.COLUMN, 1, "namn"),
        (Expected.COLUMN_ONCE, 1, "chef"),
    ]


@pytest.mark.parametrize("row", ['D1;"Norr', 'D1;"Norr" och Väst'])
def test_it_refuses_quotation_marks_that_are_not_closed(row) -> None:
    (fault,) = faults_in(f"enhet;namn\nD0;Öster\n{row}\n")

    assert (fault.expected, fault.row) == (Expected.CLOSED_QUOTES, 3)


def test_it_refuses_a_row_with_more_values_than_columns() -> None:
    (fault,) = faults_in("enhet;namn\nD1;Norr; Väst\n")

    assert (fault.expected, fault.row, fault.value) == (Expected.CELLS, 2, "Väst")


def test_it_keeps_line_ends_inside_quotation_marks_and_counts_on() -> None:
    _table, rows = read('namn;enhet\r\n"Alva\r\nMaria";D1\r\nBo;"D\n2"\rMika;D3')

    assert rows == [(2, ["D1", "Alva Maria", ""]), (3, ["D 2", "Bo", ""]), (4, ["D3", "Mika", ""])]


def test_a_large_file_takes_little_more_memory_than_its_text() -> None:
    content = ("namn;enhet\r\n" + "Alva;D1\r\n" * 50_000).encode()

    tracemalloc.start()
    table, _faults = open_table(HrFile("f.csv", content), COLUMNS)
    assert table is not None
    for _row in table.rows():
        pass
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 2.5 * len(content)
