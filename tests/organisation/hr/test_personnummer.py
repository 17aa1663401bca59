"""No personnummer is ever read. Those here are made up from rules, for days on which nobody has been given one."""

from __future__ import annotations

import pytest

from organisation.hr import personnummer
from organisation.hr.faults import Expected
from organisation.hr.wording import fault_text
from tests.organisation.hr.files import PEOPLE_HEADER, departments_file, people_file, person
from tests.organisation.hr.importing import faults


def with_check_digit(nine: str) -> str:
    """Return nine digits with the tenth that makes them right."""
    return next(nine + str(digit) for digit in range(10) if personnummer._is_checked(nine + str(digit)))


PLAIN = with_check_digit("000101000")
MISTYPED = PLAIN[:-1] + str((int(PLAIN[-1]) + 1) % 10)
pytestmark = pytest.mark.django_db
COORDINATION = with_check_digit("000161000")


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        f"{PLAIN[:6]}-{PLAIN[6:]}",
        f"{PLAIN[:6]}+{PLAIN[6:]}",
        f"{PLAIN[:6]}–{PLAIN[6:]}",
        f"{PLAIN[:6]} {PLAIN[6:]}",
        f"20{PLAIN}",
        f"19{PLAIN[:6]}-{PLAIN[6:]}",
        f"Alva ({PLAIN})",
        COORDINATION,
        f"20{COORDINATION[:6]}-{COORDINATION[6:]}",
        f"{PLAIN[:6]}-{MISTYPED[6:]}",
        f"20{PLAIN[:6]}-{MISTYPED[6:]}",
    ],
)
def test_it_knows_one_however_it_is_written(text) -> None:
    assert personnummer.is_in(text)


@pytest.mark.parametrize(
    "text",
    [
        MISTYPED,
        f"20{MISTYPED}",
        f"{MISTYPED[:6]} {MISTYPED[6:]}",
        "556000-4615",
        with_check_digit("001301000"),
        with_check_digit("000230000"),
        with_check_digit("000199000"),
        f"1{PLAIN}",
        f"{PLAIN}1",
        "1001",
        "070-123 45 67",
        "2026-08-31",
    ],
)
def test_it_leaves_other_numbers_alone(text) -> None:
    assert not personnummer.is_in(text)


@pytest.mark.parametrize(
    "name", ["personnummer", "Personnr", "person-nr", "PNR", "pers.nr", "chef_personnummer", "samordningsnummer"]
)
def test_it_refuses_a_column_that_says_so(name) -> None:
    (fault,) = faults(people=people_file(person() + ";", header=f"{PEOPLE_HEADER};{name}"))

    assert (fault.expected, fault.row, fault.column) == (Expected.NO_PERSONNUMMER, 1, name.casefold())


@pytest.mark.parametrize("name", ["anstallningsnummer", "personal", "telefonnummer", "spnr"])
def test_it_leaves_other_columns_alone(name) -> None:
    assert not personnummer.is_column(name)


def test_it_refuses_a_value_wherever_it_stands_and_does_not_repeat_it() -> None:
    rows = [person(PLAIN, last="Ek"), person("1002", last=f"Test {PLAIN}"), person("1003") + f";tel {PLAIN}"]

    found = faults(people=people_file(*rows, header=f"{PEOPLE_HEADER};anteckning"))

    assert [(fault.expected, fault.row, fault.column) for fault in found] == [
        (Expected.NO_PERSONNUMMER, 2, "anstallningsnummer"),
        (Expected.NO_PERSONNUMMER, 2, "epost"),
        (Expected.NO_PERSONNUMMER, 3, "efternamn"),
        (Expected.NO_PERSONNUMMER, 4, "anteckning"),
    ]
    assert not any(PLAIN in fault_text(fault) for fault in found)


def test_it_refuses_one_in_the_file_of_departments() -> None:
    (fault,) = faults(departments_file(f"D1;Norr;enhet;;{PLAIN}"))

    assert (fault.row, fault.column, fault.value) == (2, "chef", "00••••••••")
