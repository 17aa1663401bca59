"""A file that would end more than 5 % of the employments is refused."""

from __future__ import annotations

import datetime as dt

import pytest

from organisation.actions.import_hr import TooManyEnd
from organisation.models import Employment, HrImport
from tests.organisation.hr.files import MONDAY, department, departments_file, people_file, person
from tests.organisation.hr.importing import imported

pytestmark = pytest.mark.django_db

LATER = MONDAY + dt.timedelta(days=28)
TWO = departments_file(department(), department("D2"))
HUNDRED = [person(str(number)) for number in range(1000, 1100)]


@pytest.fixture(autouse=True)
def first_import(db: None) -> None:
    imported(TWO, people_file(*HUNDRED), allow_large=False)


def test_it_lets_five_of_a_hundred_end() -> None:
    imported(TWO, people_file(*HUNDRED[5:]), as_of=LATER, allow_large=False)

    assert Employment.objects.on(LATER).count() == 95


def test_it_refuses_when_six_of_a_hundred_would_end() -> None:
    with pytest.raises(TooManyEnd) as refused:
        imported(TWO, people_file(*HUNDRED[6:]), as_of=LATER, allow_large=False)

    assert len(refused.value.would_be.changes.employments.ended) == 6
    assert Employment.objects.on(LATER).count() == 100
    assert HrImport.objects.count() == 1


def test_it_lets_them_end_when_that_is_meant() -> None:
    done = imported(TWO, people_file(*HUNDRED[6:]), as_of=LATER, allow_large=True)

    assert Employment.objects.on(LATER).count() == 94
    assert done.protocol.allowed_large


def test_it_counts_last_days_that_the_file_says_too() -> None:
    ended = [person(str(number), till="2026-03-15") for number in range(1000, 1006)]

    with pytest.raises(TooManyEnd):
        imported(TWO, people_file(*ended, *HUNDRED[6:]), as_of=LATER, allow_large=False)


def test_it_does_not_count_those_who_are_moved() -> None:
    moved = [person(str(number), unit="D2", start="2026-03-30") for number in range(1000, 1050)]

    done = imported(TWO, people_file(*moved, *HUNDRED[50:]), as_of=LATER, allow_large=False)

    assert len(done.changes.employments.moved) == 50
