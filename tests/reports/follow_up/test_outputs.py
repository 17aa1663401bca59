"""Every file of a report says the same, cell by cell, and what is hidden is in none of them."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.exceptions import ValidationError
from openpyxl import load_workbook

from config.env import BASE_DIR
from reports.follow_up.outputs import OUTPUTS, make, make_all
from reports.follow_up.outputs.data import schema
from reports.follow_up.outputs.steering import to_steering
from reports.follow_up.outputs.tables import figure_table
from reports.follow_up.report import Report
from reports.follow_up.steering_format import CITY_CODE, SteeringFormat, read_codes, read_columns
from reports.suppression import Hidden
from reports.suppression.hidden import HiddenCell
from tests.reports.follow_up.samples import a_report, hidden_nothing


def shown(report: Report) -> dict[tuple[str, str, str], int | None]:
    """Every number as the table behind all files has it; `None` is hidden or without a target group."""
    table = figure_table(report)
    numbers = [column.key for column in table.columns][7:]
    return {
        (str(row[3]), str(row[4]), key): cell if isinstance(cell, int) else None
        for row in table.rows
        for key, cell in zip(numbers, row[7:], strict=True)
    }


def test_the_data_are_as_their_description_says() -> None:
    assert (BASE_DIR / "docs" / "follow-up.schema.json").read_bytes() == schema()


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


def test_a_workbook_begins_with_what_was_corrected() -> None:
    sheet = load_workbook(io.BytesIO(make(a_report(), "xlsx"))).worksheets[0]

    assert sheet.title == "Rättelser"
    assert [cell.value for cell in sheet[2]][2:] == ["Räddningsförbundets mål gäller hela året.", "Fel i förbundets underlag."]


def test_what_was_corrected_stands_in_the_text_file() -> None:
    heading, city, board, *_rest = csv.reader(io.StringIO(make(a_report(), "csv").decode("utf-8-sig")), delimiter=";")

    assert heading[-1] == "Rättelser"
    assert city[-1] == "1. Räddningsförbundets mål gäller hela året. (Fel i förbundets underlag.)"
    assert board[-1] == ""


def test_a_steering_system_is_told_that_there_are_corrections() -> None:
    lines = make(a_report(), "tsv").decode().splitlines()

    assert lines[-1] == "CITY\t2026-augusti\t\tcorrections\t1"
    assert "corrections" not in make(a_report(corrections=()), "tsv").decode()


def test_every_sheet_has_a_name_of_its_own() -> None:
    names = load_workbook(io.BytesIO(make(a_report(), "xlsx"))).sheetnames

    assert len(names) == len(set(names))
    assert names[-1] == "Definitioner"


def test_a_change_is_a_number_with_its_sign() -> None:
    book = load_workbook(io.BytesIO(make(a_report(hidden=hidden_nothing()), "xlsx")))

    points = next(row[-1] for row in book["Mål och utfall"].iter_rows(min_row=2))
    other = next(row[4] for row in book["Ändringar, Informationsdelning"].iter_rows(min_row=2))

    assert [type(cell.value) for cell in (points, other)] == [int, int]
    assert points.number_format.startswith("+")


def test_the_workbook_says_which_report_it_is_of() -> None:
    sheet = load_workbook(io.BytesIO(make(a_report(), "xlsx")))["Definitioner"]

    facts = dict(sheet.iter_rows(min_row=2, max_col=2, values_only=True))
    assert facts["Diarienummer"] == "KS 2026/123"
    assert facts["Kommentarernas SHA-256"] == "34" * 32
    assert facts["Publicerad"].startswith("24 september 2026")


def test_answers_are_named_as_such() -> None:
    names = load_workbook(io.BytesIO(make(a_report(), "xlsx"))).sheetnames

    assert any(name.startswith("Svar, Informationsdelning") for name in names)


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


def test_of_many_faults_the_first_are_told_and_how_many_more_there_are() -> None:
    with pytest.raises(ValidationError) as refused:
        read_codes(f"{'9' * 500};A\n" * 52, ["101"])

    assert len(refused.value.messages) == 51
    assert len(refused.value.messages[0]) < 200
    assert refused.value.messages[-1] == "Och 2 till."


def test_unknown_columns_are_named() -> None:
    with pytest.raises(ValidationError, match="Det finns inga kolumner som heter stad, tal"):
        read_columns("organisation, stad, tal, value")


def test_columns_without_the_value_are_refused() -> None:
    with pytest.raises(ValidationError, match="value"):
        read_columns("organisation, period")
