"""What happens to departments when the file says something else."""

from __future__ import annotations

import datetime as dt

import pytest

from organisation.models import Department, DepartmentManager, DepartmentName, DepartmentPlace
from organisation.tree import Tree, names_on
from tests.factories import ManagerFactory, UserFactory
from tests.organisation.hr.files import MONDAY, department, departments_file, people_file, person
from tests.organisation.hr.importing import employments_on, imported, person_of

pytestmark = pytest.mark.django_db

LATER = MONDAY + dt.timedelta(days=28)
DAY_BEFORE = LATER - dt.timedelta(days=1)
ROWS = [department("D1", "Skolan", "forvaltning", manager="1001"), department("D2", "Norr", parent="D1")]
PEOPLE = people_file(person(), person("1002", start="2018-01-01"))


@pytest.fixture(autouse=True)
def first_import(db: None) -> None:
    imported(departments_file(*ROWS), PEOPLE)


def later(*rows: str):
    return imported(departments_file(*rows), PEOPLE, as_of=LATER).changes.departments


def tree_on(day: dt.date) -> dict[str, str]:
    ids = dict(Department.objects.values_list("pk", "external_id"))
    return {ids[key]: ids.get(parent, "") for key, parent in Tree.on(day).parents.items()}


def names(day: dt.date) -> dict[str, str]:
    ids = dict(Department.objects.values_list("pk", "external_id"))
    return {ids[key]: name for key, name in names_on(day).items()}


def managers(day: dt.date, unit: str = "D1") -> set[str]:
    rows = DepartmentManager.objects.on(day).filter(department__external_id=unit)
    return set(rows.values_list("manager__employee_number", flat=True))


def test_a_first_import_dates_them_from_the_earliest_first_day() -> None:
    assert tree_on(dt.date(2018, 1, 1)) == {"D1": "", "D2": "D1"}
    assert tree_on(dt.date(2017, 12, 31)) == {}
    assert names(dt.date(2018, 1, 1)) == {"D1": "Skolan", "D2": "Norr"}
    assert DepartmentName.objects.get(name="Skolan").kind == "forvaltning"


def test_a_manager_answers_for_it_from_the_day_of_the_import() -> None:
    assert managers(MONDAY) == {"1001"}
    assert managers(MONDAY - dt.timedelta(days=1)) == set()


def test_a_new_one_exists_from_the_day() -> None:
    changes = later(*ROWS, department("D3", "Söder", parent="D2"))

    assert changes.new == [("D3", "Söder")]
    assert tree_on(LATER)["D3"] == "D2"
    assert "D3" not in tree_on(DAY_BEFORE)
    assert changes.unchanged == 2


def test_a_new_name_holds_from_the_day() -> None:
    changes = later(ROWS[0], department("D2", "Nordost", parent="D1"))

    assert (names(DAY_BEFORE)["D2"], names(LATER)["D2"]) == ("Norr", "Nordost")
    assert changes.renamed == [("D2", "Norr", "Nordost")]


def test_a_new_place_holds_from_the_day() -> None:
    changes = later(ROWS[0], department("D2", "Norr"))

    assert (tree_on(DAY_BEFORE)["D2"], tree_on(LATER)["D2"]) == ("D1", "")
    assert changes.moved == [("D2", "D1", "")]


def test_a_new_manager_answers_for_it_from_the_day() -> None:
    changes = later(department("D1", "Skolan", "forvaltning", manager="1002"), ROWS[1])

    assert (managers(DAY_BEFORE), managers(LATER)) == ({"1001"}, {"1002"})
    assert changes.given_manager == [("D1", "1002")]


def test_one_without_manager_has_none_from_the_day() -> None:
    later(department("D1", "Skolan", "forvaltning"), ROWS[1])

    assert (managers(DAY_BEFORE), managers(LATER)) == ({"1001"}, set())


def test_a_manager_who_was_added_by_hand_stays_beside_the_files() -> None:
    beside = ManagerFactory(department=Department.objects.get(external_id="D1"), manager=UserFactory(employee_number="77"))

    changes = later(*ROWS)

    assert managers(LATER) == {"1001", beside.manager.employee_number}
    assert changes.unchanged == 2


def test_a_manager_without_number_goes_when_the_file_has_another() -> None:
    ManagerFactory(department=Department.objects.get(external_id="D2"), manager=UserFactory(employee_number=None))

    later(ROWS[0], department("D2", "Norr", parent="D1", manager="1002"))

    assert (managers(DAY_BEFORE, "D2"), managers(LATER, "D2")) == ({None}, {"1002"})


def test_one_that_is_missing_closes_on_the_day() -> None:
    changes = later(ROWS[0])

    assert ("D2" in tree_on(DAY_BEFORE), "D2" in tree_on(LATER)) == (True, False)
    assert changes.closed == [("D2", "Norr")]
    assert Department.objects.get(external_id="D2").name_on(None) == "Norr"


def test_one_that_comes_back_exists_again_from_the_day() -> None:
    later(ROWS[0])
    opened = LATER + dt.timedelta(days=10)

    changes = imported(departments_file(*ROWS), PEOPLE, as_of=opened).changes.departments

    assert tree_on(opened)["D2"] == "D1"
    assert "D2" not in tree_on(opened - dt.timedelta(days=1))
    assert changes.new == [("D2", "Norr")]
    assert Department.objects.filter(external_id="D2").count() == 1


def test_a_day_that_has_passed_takes_over_from_what_came_after_it() -> None:
    later(ROWS[0], department("D2", "Nordost", parent="D1"))

    imported(departments_file(*ROWS), PEOPLE, as_of=LATER - dt.timedelta(days=7), at=dt.datetime(2026, 5, 1, 9, tzinfo=dt.UTC))

    assert names(LATER)["D2"] == "Norr"


def test_the_citys_file_leaves_another_principal_alone() -> None:
    other = Department.objects.create(external_id="KF1", is_other_principal=True)
    other_files = departments_file(department("KF1", "Förbundet"), department("KF2", parent="KF1"))
    imported(other_files, people_file(person("9001", unit="KF2")), as_of=MONDAY)

    assert tree_on(MONDAY) == {"D1": "", "D2": "D1", "KF1": "", "KF2": "KF1"}
    assert employments_on(MONDAY) == {("1001", "D1"), ("1002", "D1"), ("9001", "KF2")}

    later(*ROWS)

    assert set(tree_on(LATER)) == {"D1", "D2", "KF1", "KF2"}
    assert employments_on(LATER) == {("1001", "D1"), ("1002", "D1"), ("9001", "KF2")}
    assert person_of("9001").email == "p9001@example.se"
    assert DepartmentPlace.objects.get(department=other).from_on == dt.date(2020, 8, 1)
