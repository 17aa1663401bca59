"""A reorganisation that is planned for a day to come, and HR files that know nothing of it yet."""

from __future__ import annotations

import datetime as dt

import pytest

from organisation.models import User
from organisation.reorganising.requests import (
    Closing,
    Managing,
    Merging,
    Moving,
    Opening,
    Renaming,
    Request,
    Splitting,
)
from tests.organisation.hr.files import department, departments_file, people_file, person
from tests.organisation.hr.importing import dated_rows, employments, imported
from tests.organisation.reorganising import APRIL, MONDAY, done, managers_on, new, tree_on

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

TUESDAY = MONDAY + dt.timedelta(days=1)
UNITS = [
    department("K", "Kultur", "forvaltning", manager="9"),
    department("N", "Norr", parent="K", manager="1"),
    department("S", "Söder", parent="K", manager="3"),
    department("G", "Gruppen", parent="N"),
]
PEOPLE = [person("9", unit="K"), person("1", unit="N"), person("2", unit="N"), person("3", unit="S"), person("4", unit="G")]


@pytest.fixture(autouse=True)
def _town() -> None:
    imported(departments_file(*UNITS), people_file(*PEOPLE))


def file_of_tuesday(*people: str, units: list[str] = UNITS, as_of: dt.date = TUESDAY):
    return imported(departments_file(*units), people_file(*(people or PEOPLE)), as_of=as_of, allow_large=True).changes


@pytest.mark.parametrize(
    "request_",
    [
        lambda: Merging(("N", "S"), new=new(manager=User.objects.get(employee_number="1")), parent="K"),
        lambda: Merging(("N",), into="S"),
        lambda: Splitting("N", (new("N1"), new("N2", "Den andra")), people={User.objects.get(employee_number="2").pk: "N2"}),
        lambda: Moving("G", "S"),
        lambda: Renaming("N", "Nordost", "verksamhet"),
        lambda: Closing("N", "S"),
        lambda: Opening(new(), "K"),
        lambda: Managing("N", leaving=("1",), joining=User.objects.get(employee_number="3")),
        lambda: Managing("N", joining=User.objects.get(employee_number="3")),
    ],
    ids=["merge", "merge into", "split", "move", "rename", "close", "open", "managers", "one manager more"],
)
def test_a_file_of_a_day_before_it_leaves_it_as_it_is_planned(request_) -> None:
    asked: Request = request_()
    done(asked, APRIL)
    before = dated_rows()

    file_of_tuesday()

    assert dated_rows() == before


def test_both_of_two_that_are_planned_are_kept() -> None:
    done(Renaming("N", "Nordost", "enhet"), APRIL)
    done(Merging(("N",), into="S"), APRIL + dt.timedelta(days=30))
    before = dated_rows()

    file_of_tuesday()

    assert dated_rows() == before


def test_who_leaves_before_it_by_the_file_is_not_moved() -> None:
    done(Merging(("N",), into="S"), APRIL)

    file_of_tuesday(*(row for row in PEOPLE if not row.startswith("2;")), person("2", unit="N", till="2026-03-31"))

    assert employments("2") == [("N", "Lärare", "2020-08-01", "2026-04-01")]
    assert [row[0] for row in employments("1")] == ["N", "S"]


def test_who_is_missing_in_the_file_is_not_moved() -> None:
    done(Merging(("N",), into="S"), APRIL)

    file_of_tuesday(*(row for row in PEOPLE if not row.startswith("2;")))

    assert employments("2") == [("N", "Lärare", "2020-08-01", str(TUESDAY))]


def test_what_the_file_changes_until_then_holds_until_then() -> None:
    done(Moving("G", "S"), APRIL)
    units = [*UNITS[:3], department("G", "Ungdomsgruppen", parent="K")]

    file_of_tuesday(units=units)

    assert [tree_on(day)["Ungdomsgruppen"] for day in (TUESDAY, APRIL)] == ["Kultur", "Söder"]


def test_a_new_manager_by_the_file_does_not_undo_the_next_one() -> None:
    done(Managing("N", leaving=("1",), joining=User.objects.get(employee_number="3")), APRIL)
    units = [UNITS[0], department("N", "Norr", parent="K", manager="2"), *UNITS[2:]]

    file_of_tuesday(units=units)

    assert managers_on(TUESDAY)["N"] == {"2"}
    assert "3" in managers_on(APRIL)["N"]


def test_from_its_day_on_the_file_holds() -> None:
    done(Merging(("N",), into="S"), APRIL)

    file_of_tuesday(as_of=APRIL)

    assert tree_on(APRIL)["Norr"] == "Kultur"
    assert employments("2") == [("N", "Lärare", "2020-08-01", "")]
