"""What happens to employments when the file says something else."""

from __future__ import annotations

import datetime as dt

import pytest

from organisation.models import Employment
from tests.organisation.hr.files import MONDAY, department, departments_file, people_file, person
from tests.organisation.hr.importing import employments, employments_on, imported, person_of

pytestmark = pytest.mark.django_db

LATER = MONDAY + dt.timedelta(days=28)
TWO = departments_file(department(), department("D2"))
OTHER = person("1002")


def test_it_begins_on_the_day_that_the_file_says() -> None:
    imported(people=people_file(person(), person("1002", till="2026-06-12")))

    assert employments() == [("D1", "Lärare", "2020-08-01", "")]
    assert employments("1002") == [("D1", "Lärare", "2020-08-01", "2026-06-13")]
    assert Employment.objects.get(user=person_of()).meets_young


def test_one_that_is_missing_ends_on_the_day() -> None:
    imported(people=people_file(person(), OTHER))

    done = imported(people=people_file(OTHER), as_of=LATER)

    assert employments() == [("D1", "Lärare", "2020-08-01", "2026-03-30")]
    assert done.changes.employments.ended == [("1001", "D1")]


def test_one_that_is_missing_and_has_ended_stays_as_it_was() -> None:
    imported(people=people_file(person(till="2025-12-31"), OTHER))

    imported(people=people_file(OTHER), as_of=LATER)

    assert employments() == [("D1", "Lärare", "2020-08-01", "2026-01-01")]


def test_one_that_was_to_begin_and_is_missing_never_was() -> None:
    imported(people=people_file(person(start="2026-08-01"), OTHER))

    imported(people=people_file(OTHER), as_of=LATER)

    assert employments() == []


def test_who_works_elsewhere_is_moved() -> None:
    imported(TWO)

    done = imported(TWO, people_file(person(unit="D2", start="2026-03-30")), as_of=LATER)

    assert employments() == [("D1", "Lärare", "2020-08-01", "2026-03-30"), ("D2", "Lärare", "2026-03-30", "")]
    assert done.changes.employments.moved == [("1001", "D1", "D2")]
    assert not done.changes.employments.ended
    assert not done.changes.employments.new


def test_another_occupation_splits_the_row_on_the_day() -> None:
    imported()

    done = imported(people=people_file(person(occupation="Rektor")), as_of=LATER)

    assert employments() == [("D1", "Lärare", "2020-08-01", "2026-03-30"), ("D1", "Rektor", "2026-03-30", "")]
    assert done.changes.employments.changed == [("1001", "D1", "Lärare, ja", "Rektor, ja")]


def test_meeting_children_no_more_splits_the_row_too() -> None:
    imported()

    imported(people=people_file(person(young="nej")), as_of=LATER)

    rows = Employment.objects.known_at(None).order_by("from_on").values_list("from_on", "meets_young")
    assert list(rows) == [(dt.date(2020, 8, 1), True), (LATER, False)]


def test_an_occupation_that_the_file_itself_dates_begins_on_its_first_day() -> None:
    imported()

    imported(people=people_file(person(till="2026-01-31"), person(occupation="Rektor", start="2026-02-01")), as_of=LATER)

    assert employments() == [("D1", "Lärare", "2020-08-01", "2026-02-01"), ("D1", "Rektor", "2026-02-01", "")]


@pytest.mark.parametrize("start", ["2019-01-01", "2021-01-01"])
def test_another_first_day_holds_backwards(start) -> None:
    imported()

    done = imported(people=people_file(person(start=start)), as_of=LATER)

    assert employments() == [("D1", "Lärare", start, "")]
    assert done.changes.employments.corrected == [("1001", "D1", "2020-08-01–", f"{start}–")]


def test_a_last_day_that_has_passed_holds_backwards() -> None:
    imported()

    done = imported(people=people_file(person(till="2026-01-31")), as_of=LATER)

    assert employments() == [("D1", "Lärare", "2020-08-01", "2026-02-01")]
    assert done.changes.employments.ended == [("1001", "D1")]


def test_a_last_day_before_a_split_takes_the_later_row_away() -> None:
    imported()
    imported(people=people_file(person(occupation="Rektor")), as_of=LATER)

    imported(people=people_file(person(occupation="Rektor", till="2026-01-31")), as_of=LATER + dt.timedelta(days=1))

    assert employments() == [("D1", "Lärare", "2020-08-01", "2026-02-01")]


def test_a_last_day_to_come_ends_the_row_where_it_stands() -> None:
    imported()

    imported(people=people_file(person(till="2026-06-12")), as_of=LATER)

    assert employments() == [("D1", "Lärare", "2020-08-01", "2026-06-13")]
    assert Employment.objects.count() == 1


def test_a_last_day_that_is_taken_back_is_taken_back() -> None:
    imported(people=people_file(person(till="2026-06-12")))

    imported(as_of=LATER)

    assert employments() == [("D1", "Lärare", "2020-08-01", "")]


def test_an_earlier_period_that_the_file_no_longer_mentions_is_kept() -> None:
    imported(people=people_file(person(till="2023-06-30"), person(start="2024-08-01")))

    imported(people=people_file(person(start="2024-08-01")), as_of=LATER)

    assert employments() == [("D1", "Lärare", "2020-08-01", "2023-07-01"), ("D1", "Lärare", "2024-08-01", "")]


def test_who_left_and_returns_is_the_same_person() -> None:
    imported(people=people_file(person(), OTHER))
    who = person_of().pk
    imported(people=people_file(OTHER), as_of=LATER)

    imported(people=people_file(person(start="2026-08-10"), OTHER), as_of=dt.date(2026, 8, 10))

    assert person_of().pk == who
    assert employments() == [("D1", "Lärare", "2020-08-01", "2026-03-30"), ("D1", "Lärare", "2026-08-10", "")]


def test_two_employments_are_one_person() -> None:
    imported(TWO, people_file(person(), person(unit="D2", occupation="Fritidsledare", address="")))

    assert employments_on(MONDAY) == {("1001", "D1"), ("1001", "D2")}
    assert person_of().email == "p1001@example.se"


def test_a_day_that_has_passed_is_the_day_from_which_it_holds() -> None:
    imported(TWO)

    imported(
        TWO, people_file(person(occupation="Rektor")), as_of=dt.date(2026, 1, 1), at=dt.datetime(2026, 4, 1, 9, tzinfo=dt.UTC)
    )

    assert employments() == [("D1", "Lärare", "2020-08-01", "2026-01-01"), ("D1", "Rektor", "2026-01-01", "")]


def test_what_was_known_before_stays() -> None:
    done = imported()

    imported(people=people_file(person(till="2025-12-31"), OTHER), as_of=LATER)

    before = Employment.objects.on(dt.date(2026, 2, 1), known_at=done.protocol.imported_at)
    assert before.count() == 1
    assert not Employment.objects.on(dt.date(2026, 2, 1)).filter(user=person_of()).exists()
