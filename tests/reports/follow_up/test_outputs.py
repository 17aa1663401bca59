"""Every file of a report says the same, cell by cell, and what is hidden is in none of them."""

from __future__ import annotations

import csv
import io
import zipfile

import msgspec
import pytest
from django.core.exceptions import ValidationError
from openpyxl import load_workbook

from config.env import BASE_DIR
from reports.follow_up.outputs import OUTPUTS, make, make_all
from reports.follow_up.outputs.data import Document, schema
from reports.follow_up.outputs.steering import to_steering
from reports.follow_up.outputs.tables import figure_table
from reports.follow_up.report import Report
from reports.follow_up.steering_format import CITY_CODE, SteeringFormat, read_codes, read_columns
from reports.suppression import Hidden
from reports.suppression.hidden import HiddenCell, HiddenRow
from tests.reports.follow_up.samples import a_basis, a_figure, a_report, hidden_nothing

SECRET = 7_654_321
"""A number that stands nowhere else."""


def shown(report: Report) -> dict[tuple[str, str, str], int | None]:
    """Every number as the table behind all files has it; `None` is hidden or without a target group."""
    table = figure_table(report)
    numbers = [column.key for column in table.columns][7:]
    return {
        (str(row[3]), str(row[4]), key): cell if isinstance(cell, int) else None
        for row in table.rows
        for key, cell in zip(numbers, row[7:], strict=True)
    }


def number(text: str) -> int | None:
    return int(text) if text not in ("", "–") else None


def test_the_text_file_says_what_the_report_says() -> None:
    report = a_report()
    rows = list(csv.reader(io.StringIO(make(report, "csv").decode("utf-8-sig")), delimiter=";"))
    keys = [column.key for column in figure_table(report).columns]

    found = {(row[3], row[4], key): number(cell) for row in rows[1:] for key, cell in zip(keys[7:], row[7:], strict=True)}

    assert found == shown(report)


def test_the_workbook_says_what_the_report_says() -> None:
    report = a_report()
    sheet = load_workbook(io.BytesIO(make(report, "xlsx"))).worksheets[0]
    keys = [column.key for column in figure_table(report).columns]

    found = {
        (row[3], row[4] or "", key): None if cell == "–" else cell
        for row in sheet.iter_rows(min_row=2, values_only=True)
        for key, cell in zip(keys[7:], row[7:], strict=True)
    }

    assert found == shown(report)
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref


def test_the_data_say_what_the_report_says() -> None:
    report = a_report()

    document = msgspec.json.decode(make(report, "json"), type=Document)

    found = {
        (row.module, row.department, key): getattr(row, key)
        for row in document.figures
        for key in [column.key for column in figure_table(report).columns][7:]
    }
    assert found == shown(report)
    assert document.number == 2


def test_the_steering_file_says_what_the_report_says() -> None:
    report = a_report()
    rows = list(csv.DictReader(io.StringIO(make(report, "tsv").decode()), delimiter="\t"))

    found = {(row["module"], row["organisation"].removeprefix(CITY_CODE), row["measure"]): int(row["value"]) for row in rows}

    expected = {key: value for key, value in shown(report).items() if value is not None and key[2] != "share"}
    assert found == expected


def test_the_data_are_as_their_description_says() -> None:
    assert (BASE_DIR / "docs" / "follow-up.schema.json").read_bytes() == schema()


@pytest.mark.parametrize("ending", OUTPUTS)
def test_the_same_report_gives_the_same_bytes(ending: str) -> None:
    assert make(a_report(), ending) == make(a_report(), ending)


@pytest.mark.parametrize("ending", OUTPUTS)
def test_what_is_hidden_is_in_no_file(ending: str) -> None:
    basis = a_basis(bridges=())
    secret = a_figure("informationsdelning", "101", SECRET, exempt=SECRET, offered=SECRET, started=SECRET, completed=SECRET)
    figures = tuple(secret if (one.module, one.unit) == (secret.module, "101") else one for one in basis.figures)
    basis = a_basis(bridges=(), figures=figures)
    row = HiddenRow(module=secret.module, unit="101", why="small")
    hidden = Hidden(threshold=5, rows=(row,), cells=(), bridges=(), parts=())

    seen = make(a_report(basis=basis, hidden=hidden), ending)
    open_to_all = make(a_report(basis=basis, hidden=hidden_nothing()), ending)

    assert str(SECRET) in text_in(open_to_all, ending)
    assert str(SECRET) not in text_in(seen, ending)


def text_in(content: bytes, ending: str) -> str:
    """Everything in a file, unpacked."""
    if ending == "xlsx":
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return "".join(parts.read(name).decode() for name in parts.namelist())
    return content.decode()


def test_no_share_is_said_of_a_hidden_number() -> None:
    cell = HiddenCell(module="informationsdelning", unit="101", measure="valid", why="small")
    hidden = Hidden(threshold=5, rows=(), cells=(cell,), bridges=(), parts=())

    report = a_report(hidden=hidden)

    assert shown(report)["informationsdelning", "101", "share"] is None
    assert shown(report)["informationsdelning", "101", "target"] is not None


def test_what_people_wrote_is_not_calculated() -> None:
    report = a_report()
    book = load_workbook(io.BytesIO(make(report, "xlsx")))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]

    assert not [cell for cell in cells if cell.data_type == "f"]
    assert any(str(cell.value).startswith("=SUMMA") for cell in cells)


def test_every_sheet_has_a_name_of_its_own() -> None:
    names = load_workbook(io.BytesIO(make(a_report(), "xlsx"))).sheetnames

    assert len(names) == len(set(names))
    assert names[-1] == "Definitioner"


def test_there_is_a_file_of_each_kind() -> None:
    assert set(make_all(a_report())) == set(OUTPUTS)


def test_a_mapping_chooses_and_names_the_units() -> None:
    form = SteeringFormat(columns=("period", "organisation", "value"), codes={CITY_CODE: "0", "101": "SKOLA-1"})

    lines = to_steering(a_report(hidden=hidden_nothing()), form).decode().splitlines()

    assert lines[0] == "period\torganisation\tvalue"
    assert {line.split("\t")[1] for line in lines[1:]} == {"0", "SKOLA-1"}


def test_a_mapping_with_faults_is_refused_whole_with_each_of_them() -> None:
    with pytest.raises(ValidationError) as refused:
        read_codes("101;A\n999;B\n101;C\n102;A\n103\n", ["101", "102", "103"])

    assert refused.value.messages == [
        "Rad 2, kolumn 1: det finns ingen enhet med id 999.",
        "Rad 3, kolumn 1: 101 står redan på en tidigare rad.",
        "Rad 4, kolumn 2: koden A används redan för en annan enhet.",
        "Rad 5: här ska stå enhetens id och en kod, åtskilda av semikolon.",
    ]


def test_unknown_columns_are_named() -> None:
    with pytest.raises(ValidationError, match="Det finns inga kolumner som heter stad, tal"):
        read_columns("organisation, stad, tal, value")


def test_columns_without_the_value_are_refused() -> None:
    with pytest.raises(ValidationError, match="value"):
        read_columns("organisation, period")
