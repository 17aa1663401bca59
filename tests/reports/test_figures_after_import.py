"""An import changes no figure of a past day that was known before; without a moment only its corrections do."""

from __future__ import annotations

import datetime as dt

import pytest

from courses.models import Module
from organisation.models import Department
from reports.figures import figures
from tests.organisation.hr.files import MONDAY, department, departments_file, people_file, person
from tests.organisation.hr.importing import imported, person_of
from tests.reports.record import complete, give_out
from tests.taking import assign

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

DAY = dt.date(2026, 3, 31)
APRIL = dt.date(2026, 4, 1)
ROWS = [department("F1", "Skolan", "forvaltning"), department("D1", parent="F1"), department("D2", parent="F1")]
STAFF = [person(str(number), address="", unit=f"D{number % 2 + 1}") for number in range(1000, 1010)]


@pytest.fixture
def module(db: None) -> Module:
    imported(departments_file(*ROWS), people_file(*STAFF))
    edition = give_out("dela")
    assign(edition.module, Department.objects.get(external_id="F1"))
    for number in ("1000", "1001", "1002"):
        complete(person_of(number), edition, MONDAY)
    return edition.module


def targets(**moment: dt.datetime) -> dict[str, tuple[int, int]]:
    return {figure.department: (figure.target, figure.completed) for figure in figures(DAY, **moment)}


def test_they_count_what_was_imported(module) -> None:
    assert targets() == {"F1": (10, 3), "D1": (5, 2), "D2": (5, 1)}


def test_a_reorganisation_from_a_later_day_changes_no_earlier_figure(module) -> None:
    moved = [person(str(number), address="", unit="D3", start="2026-04-01") for number in range(1000, 1006)]
    rows = [ROWS[0], department("D3", "Nya enheten", parent="F1")]

    imported(departments_file(*rows), people_file(*moved), as_of=APRIL)

    assert targets() == {"F1": (10, 3), "D1": (5, 2), "D2": (5, 1)}
    assert {figure.department: figure.target for figure in figures(APRIL)} == {"F1": 6, "D3": 6}


def test_a_correction_changes_them_and_what_was_known_stays(module) -> None:
    left = [person("1000", address="", till="2026-02-28", unit="D1")]
    moment = dt.datetime(2026, 3, 31, 12, tzinfo=dt.UTC)

    imported(departments_file(*ROWS), people_file(*left, *STAFF[1:]), as_of=APRIL)

    assert targets() == {"F1": (9, 2), "D1": (4, 1), "D2": (5, 1)}
    assert targets(known_at=moment) == {"F1": (10, 3), "D1": (5, 2), "D2": (5, 1)}
