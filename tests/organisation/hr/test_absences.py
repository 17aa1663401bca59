"""Absences come in two optional columns, and never with a reason."""

from __future__ import annotations

import datetime as dt

import pytest

from organisation.models import Absence
from tests.organisation.hr.files import MONDAY, PEOPLE_HEADER, department, departments_file, people_file, person
from tests.organisation.hr.importing import imported

pytestmark = pytest.mark.django_db

LATER = MONDAY + dt.timedelta(days=28)
HEADER = f"{PEOPLE_HEADER};franvarande_fran;franvarande_till"
OTHER = f"{person('1002')};;"


def file(*rows: str):
    return people_file(*rows, header=HEADER)


def absences() -> list[tuple[str, str]]:
    rows = Absence.objects.known_at(None).filter(user__employee_number="1001").order_by("from_on")
    return [(str(row.from_on), str(row.until_on or "")) for row in rows]


def test_it_reads_them() -> None:
    imported(people=file(f"{person()};2026-02-01;2026-03-31"))

    assert absences() == [("2026-02-01", "2026-04-01")]


def test_one_that_the_file_no_longer_mentions_ends_on_the_day() -> None:
    imported(people=file(f"{person()};2026-02-01;"))

    done = imported(people=file(f"{person()};;"), as_of=LATER)

    assert absences() == [("2026-02-01", "2026-03-30")]
    assert done.changes.absences.changed == 1


def test_one_that_is_over_stays() -> None:
    imported(people=file(f"{person()};2025-02-01;2025-03-31"))

    imported(people=file(f"{person()};2026-02-01;"), as_of=LATER)

    assert absences() == [("2025-02-01", "2025-04-01"), ("2026-02-01", "")]


def test_its_days_hold_backwards() -> None:
    imported(people=file(f"{person()};2026-02-01;"))

    imported(people=file(f"{person()};2026-01-15;2026-02-28"), as_of=LATER)

    assert absences() == [("2026-01-15", "2026-03-01")]


def test_one_who_is_away_from_two_employments_is_away_once() -> None:
    rows = [f"{person()};2026-02-01;2026-03-31", f"{person(unit='D2')};2026-03-01;"]

    imported(departments_file(department(), department("D2")), file(*rows))

    assert absences() == [("2026-02-01", "")]


def test_a_file_without_the_columns_changes_none() -> None:
    imported(people=file(f"{person()};2026-02-01;", OTHER))

    imported(people=people_file(person(), person("1002")), as_of=LATER)

    assert absences() == [("2026-02-01", "")]


def test_one_ends_when_the_person_leaves() -> None:
    imported(people=file(f"{person()};2026-02-01;", OTHER))

    imported(people=file(OTHER), as_of=LATER)

    assert absences() == [("2026-02-01", "2026-03-30")]
