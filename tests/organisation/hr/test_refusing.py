"""Every fault names file, row, column, value and what was expected; all at once; nothing is imported."""

from __future__ import annotations

import datetime as dt

import pytest

from organisation.hr.faults import Expected
from organisation.hr.wording import EXPECTED, fault_text
from organisation.models import Department, Event, HrImport, User
from tests.factories import DepartmentFactory, EmploymentFactory, UserFactory
from tests.organisation.hr.files import (
    DEPARTMENTS,
    MONDAY,
    PEOPLE,
    PEOPLE_HEADER,
    department,
    departments_file,
    people_file,
    person,
)
from tests.organisation.hr.importing import faults, imported

pytestmark = pytest.mark.django_db

IN_A_CELL = [
    (person(number=""), "anstallningsnummer", "", Expected.VALUE),
    (person(first=""), "fornamn", "", Expected.VALUE),
    (person(occupation=""), "befattning", "", Expected.VALUE),
    (person(start=""), "fran", "", Expected.VALUE),
    (person(young=""), "moter_barn_unga", "", Expected.VALUE),
    (person(young="kanske"), "moter_barn_unga", "kanske", Expected.YES_OR_NO),
    (person(start="31/8 2020"), "fran", "31/8 2020", Expected.DAY),
    (person(start="2020-8-1"), "fran", "2020-8-1", Expected.DAY),
    (person(start="20200801"), "fran", "20200801", Expected.DAY),
    (person(start="2023-02-29"), "fran", "2023-02-29", Expected.DAY),
    (person(till="9999-12-31"), "till", "9999-12-31", Expected.DAY_OR_EMPTY),
    (person(till="tillsvidare"), "till", "tillsvidare", Expected.DAY_OR_EMPTY),
    (person(till="2020-07-31"), "till", "2020-07-31", Expected.NOT_BEFORE),
    (person(address="alva.example.se"), "epost", "alva.example.se", Expected.ADDRESS),
    (person(address="a b@example.se"), "epost", "a b@example.se", Expected.ADDRESS),
    (person(address="a@b@example.se"), "epost", "a@b@example.se", Expected.ADDRESS),
    (person(number="1,23E+11", address=""), "anstallningsnummer", "1,23E+11", Expected.WHOLE_NUMBER),
    (person(first="=1+1"), "fornamn", "=1+1", Expected.NO_FORMULA),
    (person(occupation="@SUMMA(A1)"), "befattning", "@SUMMA(A1)", Expected.NO_FORMULA),
    (person(first="#SAKNAS!"), "fornamn", "#SAKNAS!", Expected.NO_EXCEL_FAULT),
    (person(first="Ã…sa"), "fornamn", "Ã…sa", Expected.LETTERS),
    (person(occupation="LÃ¤rare"), "befattning", "LÃ¤rare", Expected.LETTERS),
    (person(first="\ufffdsa"), "fornamn", "\ufffdsa", Expected.LETTERS),
    (person(first="A" * 101), "fornamn", "A" * 101, Expected.SHORTER),
    (person(unit="D9"), "enhet", "D9", Expected.KNOWN_UNIT),
]


@pytest.mark.parametrize(("row", "column", "value", "expected"), IN_A_CELL)
def test_it_names_the_place_and_the_value_in_the_file_of_people(row, column, value, expected) -> None:
    (fault,) = faults(people=people_file(person("1000"), row))

    assert (fault.file, fault.row, fault.column, fault.value, fault.expected) == (PEOPLE, 3, column, value, expected)


@pytest.mark.parametrize(
    ("row", "column", "value", "expected"),
    [
        (department(""), "enhet", "", Expected.VALUE),
        (department("D2", kind="avdelning"), "typ", "avdelning", Expected.KIND),
        (department("D1"), "enhet", "D1", Expected.UNIT_ONCE),
        (department("D2", parent="D9"), "overordnad", "D9", Expected.KNOWN_PARENT),
        (department("D2", parent="D2"), "overordnad", "D2", Expected.TREE),
        (department("D2", manager="9999"), "chef", "9999", Expected.KNOWN_MANAGER),
    ],
)
def test_it_names_the_place_and_the_value_in_the_file_of_departments(row, column, value, expected) -> None:
    (fault,) = faults(departments_file(department(), row))

    assert (fault.file, fault.row, fault.column, fault.value, fault.expected) == (DEPARTMENTS, 3, column, value, expected)


@pytest.mark.parametrize(
    ("rows", "column", "expected"),
    [
        ([person(), person(first="Bo", unit="D2")], "fornamn, efternamn", Expected.SAME_PERSON),
        ([person(), person(address="b@example.se", unit="D2")], "epost", Expected.SAME_ADDRESS),
        ([person(), person("1002", address="P1001@Example.SE")], "epost", Expected.OWN_ADDRESS),
        ([person(), person()], "fran", Expected.NO_OVERLAP),
        ([person(till="2024-12-31"), person(start="2024-12-31")], "fran", Expected.NO_OVERLAP),
        ([person(start="2019-01-01"), person(start="2020-01-01", till="2020-02-01")], "fran", Expected.NO_OVERLAP),
    ],
)
def test_it_refuses_rows_that_contradict_each_other(rows, column, expected) -> None:
    (fault,) = faults(departments_file(department(), department("D2")), people_file(*rows))

    assert (fault.row, fault.column, fault.expected, fault.about["other"]) == (3, column, expected, 2)


def test_it_finds_an_overlap_behind_a_shorter_period() -> None:
    rows = [
        person(start="2010-01-01", till="2019-12-31"),
        person(start="2011-01-01", till="2011-12-31"),
        person(start="2012-01-01"),
    ]

    assert [(fault.row, fault.about["other"]) for fault in faults(people=people_file(*rows))] == [(3, 2), (4, 2)]


def test_it_shows_the_way_round_a_circle_once() -> None:
    rows = [
        department("D1", parent="D3"),
        department("D2", parent="D1"),
        department("D3", parent="D2"),
        department("D4", parent="D1"),
    ]

    (fault,) = faults(departments_file(*rows))

    assert fault.about["path"] == "D1 → D3 → D2 → D1"


def test_it_gives_every_reason_of_both_files_at_once() -> None:
    found = faults(
        departments_file(department("D1", kind="x"), department("D2", parent="D9")),
        people_file(person(start="x", till="y"), person("1002", young="x", unit="D8")),
    )

    assert [(fault.file, fault.row, fault.column) for fault in found] == [
        (DEPARTMENTS, 2, "typ"),
        (DEPARTMENTS, 3, "overordnad"),
        (PEOPLE, 2, "fran"),
        (PEOPLE, 2, "till"),
        (PEOPLE, 3, "moter_barn_unga"),
    ]


def test_a_row_with_a_fault_makes_no_other_row_wrong() -> None:
    (fault,) = faults(departments_file(department(manager="1001")), people_file(person(start="x"), person("1002")))

    assert fault.column == "fran"


def test_it_checks_the_other_file_when_one_cannot_be_read() -> None:
    found = faults(departments_file(department(kind="x")), people_file(header="anstallningsnummer"))

    assert {fault.file for fault in found} == {DEPARTMENTS, PEOPLE}
    assert len(found) == 9


@pytest.mark.parametrize(
    ("extra", "column"),
    [
        ("2026-01-01;2025-12-31;nej", "franvarande_till"),
        (";2025-12-31;nej", "franvarande_fran"),
        ("igår;;nej", "franvarande_fran"),
        (";;kanske", "skyddad"),
    ],
)
def test_it_checks_the_optional_columns(extra, column) -> None:
    header = f"{PEOPLE_HEADER};franvarande_fran;franvarande_till;skyddad"

    assert [fault.column for fault in faults(people=people_file(f"{person()};{extra}", header=header))] == [column]


def test_it_accepts_an_ended_employment_in_a_department_that_has_closed() -> None:
    imported(departments_file(department(), department("D2")), people_file(person(), person("1002", unit="D2")))
    rows = [person(), person("1002", unit="D2", till="2026-02-28")]

    assert faults(people=people_file(*rows)) == []
    assert [fault.value for fault in faults(people=people_file(*rows, person("1003", unit="D2", till="2026-03-02")))] == ["D2"]


def test_it_refuses_the_address_of_an_account_that_hr_knows_nothing_of() -> None:
    UserFactory(employee_number=None, email="p1001@example.se")

    (fault,) = faults()

    assert (fault.row, fault.column, fault.expected) == (2, "epost", Expected.FREE_ADDRESS)


def test_it_refuses_to_close_a_department_where_somebody_works_whom_hr_knows_nothing_of() -> None:
    EmploymentFactory(user=UserFactory(employee_number=None), department=DepartmentFactory(external_id="D7"))

    (fault,) = faults()

    assert (fault.file, fault.row, fault.value, fault.expected) == (DEPARTMENTS, None, "D7", Expected.NOBODY_LEFT)


def test_it_imports_nothing_of_files_with_a_fault() -> None:
    assert faults(people=people_file(*(person(str(number)) for number in range(1000, 1100)), person(start="x")))

    assert not User.objects.exists()
    assert not Department.objects.exists()
    assert not HrImport.objects.exists()
    assert not Event.objects.exists()


def test_every_fault_has_a_sentence() -> None:
    assert set(EXPECTED) == set(Expected)


def test_its_sentences_are_swedish() -> None:
    (fault,) = faults(people=people_file(person(till="2020-07-31")))

    assert fault_text(fault) == (
        "personer.csv, rad 2, kolumn till: ”2020-07-31”. Det ska vara: en sista dag som inte är före första dagen, 2020-08-01."
    )


def test_a_refused_import_leaves_what_was_there() -> None:
    imported()

    assert faults(people=people_file(person(occupation="")), as_of=MONDAY + dt.timedelta(days=7))
    assert HrImport.objects.count() == 1
