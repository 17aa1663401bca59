"""Tables as files."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from dataclasses import replace

import pytest
import time_machine
from openpyxl import load_workbook

from reports.tables import FORMATS, Column, Kind, Table, as_attachment

DAY = dt.date(2026, 8, 31)
FORMULAS = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "＝1+1", "=cmd|' /C calc'!A0", "%0a=1"]


def table(*rows: tuple[object, ...]) -> Table:
    columns = (
        Column("name", "Namn"),
        Column("target", "Målgrupp", Kind.NUMBER, "De som ska gå modulen."),
        Column("share", "Andel klara", Kind.PERCENT, "Klara av målgruppen."),
        Column("due_on", "Klar senast", Kind.DAY),
    )
    return Table("figures", "Siffror: 31/8 [alla]", columns, rows, facts=(("Dag", "31 augusti 2026"),))  # type: ignore[arg-type]


def written(ending: str, *rows: tuple[object, ...]) -> bytes:
    return FORMATS[ending].write([table(*rows)])


def csv_rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_csv_opens_in_a_swedish_spreadsheet() -> None:
    content = written("csv", ("Öst; norr", 1750, 64, DAY), ("Väst", 0, None, None))

    assert content.startswith(b"\xef\xbb\xbf")
    assert csv_rows(content) == [
        ["Namn", "Målgrupp", "Andel klara", "Klar senast"],
        ["Öst; norr", "1750", "64", "2026-08-31"],
        ["Väst", "0", "", ""],
    ]


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_text_is_a_formula(formula) -> None:
    (_heading, row) = csv_rows(written("csv", (formula, 1, 1, DAY)))
    cell = load_workbook(io.BytesIO(written("xlsx", (formula, 1, 1, DAY)))).worksheets[0]["A2"]

    assert row[0].startswith("'")
    assert cell.data_type == "s"


def test_a_workbook_has_typed_cells_a_frozen_heading_and_filters() -> None:
    book = load_workbook(io.BytesIO(written("xlsx", ("Öst", 1750, 64, DAY), ("Väst", 0, None, None))))
    sheet = book.worksheets[0]

    assert sheet.title == "Siffror 31-8 (alla)"
    assert [cell.value for cell in sheet[2]] == ["Öst", 1750, 64, dt.datetime(2026, 8, 31)]  # noqa: DTZ001
    assert [cell.value for cell in sheet[3]] == ["Väst", 0, None, None]
    assert sheet["D2"].is_date
    assert sheet["C2"].number_format == '0" %"'
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:D3")
    assert sheet.column_dimensions["D"].width > len("2026-08-31")


def test_a_workbook_says_what_its_columns_mean() -> None:
    sheet = load_workbook(io.BytesIO(written("xlsx"))).worksheets[-1]

    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] == [
        ["Dag", "31 augusti 2026"],
        ["Målgrupp", "De som ska gå modulen."],
        ["Andel klara", "Klara av målgruppen."],
    ]


def test_a_row_of_a_workbook_is_as_high_as_what_stands_in_it() -> None:
    """LibreOffice would print what does not fit over the next row."""
    sheet = load_workbook(io.BytesIO(written("xlsx", ("Öst " * 40, 1, 1, DAY), ("Rad\nrad", 1, 1, DAY), ("Väst", 1, 1, DAY))))
    heights = [sheet.worksheets[0].row_dimensions[row].height for row in (2, 3, 4)]

    assert heights == [45, 30, None]


def test_every_sheet_has_a_name_of_its_own() -> None:
    long = "Informationsdelning i skolan och"
    titles = (f"{long} annat", f"{long.upper()} MER", "Definitioner", "History", "'", "a/b", "a-b")

    names = load_workbook(io.BytesIO(FORMATS["xlsx"].write([replace(table(), title=title) for title in titles]))).sheetnames

    assert names[:2] == ["Informationsdelning i skolan", "INFORMATIONSDELNING I SKOLAN 2"]
    assert names[2:] == ["Definitioner", "History 2", "2", "a-b", "a-b 2", "Definitioner 2"]


def test_json_has_the_columns_keys() -> None:
    assert json.loads(written("json", ("Öst", 1750, 64, DAY))) == {
        "figures": [{"name": "Öst", "target": 1750, "share": 64, "due_on": "2026-08-31"}],
        "definitions": {"target": "De som ska gå modulen.", "share": "Klara av målgruppen."},
    }


@pytest.mark.parametrize("ending", list(FORMATS))
def test_the_same_table_makes_the_same_bytes(ending) -> None:
    row = ("Öst", 1750, 64, DAY)
    with time_machine.travel(DAY, tick=False):
        today = written(ending, row)
    with time_machine.travel(DAY + dt.timedelta(days=1), tick=False):
        tomorrow = written(ending, row)

    assert today == tomorrow


def test_a_file_is_saved_and_not_kept_on_the_way() -> None:
    response = as_attachment("csv", "Siffror 2026-08-31", table())

    assert response["Content-Disposition"] == 'attachment; filename="siffror-2026-08-31.csv"'
    assert response["Cache-Control"] == "private, no-store"


def test_a_row_has_a_cell_for_each_column() -> None:
    with pytest.raises(ValueError, match="2 cells for 4 columns"):
        table(("Öst", 1))
