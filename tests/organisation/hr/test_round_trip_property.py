"""For all organisations: the state equals the files, the same files again change nothing, and the past stays known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from organisation.models import Absence, Department, DepartmentManager, DepartmentName, DepartmentPlace, Employment, User
from tests.organisation.hr.files import AT, MONDAY
from tests.organisation.hr.importing import DATED, dated_rows, imported
from tests.organisation.hr.worlds import EARLIEST, World, worlds

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

SECOND = MONDAY + dt.timedelta(days=40)
DAYS = st.integers(0, 250).map(lambda number: EARLIEST + dt.timedelta(days=number))
HOURS_UNTIL_MIDNIGHT = 12
LATER_DAYS = st.integers(40, 250).map(lambda number: MONDAY + dt.timedelta(days=number))


@contextmanager
def forgotten() -> Iterator[None]:
    """Undo what is done inside, so that each example begins with nothing."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def carry_out(world: World, as_of: dt.date, **options: Any) -> None:
    imported(world.departments_file(), world.people_file(), as_of=as_of, **options)


def employed_on(day: dt.date) -> set[tuple[str, str, str]]:
    return set(Employment.objects.on(day).values_list("user__employee_number", "department__external_id", "occupation"))


def accounts() -> list[Any]:
    return list(User.objects.order_by("pk").values_list())


def known_at(moment: dt.datetime, day: dt.date) -> dict[str, Any]:
    """Return whatever could be known at the moment about the day, ends that were to come left out."""
    columns = {model: [field.attname for field in model._meta.concrete_fields] for model in DATED}
    hidden = {"until_on", "superseded_at"}
    return {
        model.__name__: list(
            model._default_manager.on(day, moment).order_by("pk").values_list(*[name for name in names if name not in hidden])
        )
        for model, names in columns.items()
    }


@given(worlds(), st.sampled_from(";,"), st.sampled_from(["utf-8", "utf-8-sig", "cp1252"]), DAYS)
def test_a_first_import_makes_what_the_files_say_on_every_day(
    world: World, separator: str, encoding: str, day: dt.date
) -> None:
    with forgotten():
        imported(world.departments_file(separator, encoding), world.people_file(separator, encoding))

        assert employed_on(day) == world.employed_on(day)


@given(worlds(), worlds(), LATER_DAYS)
def test_a_later_import_makes_what_the_files_say_from_its_day_on(first: World, second: World, day: dt.date) -> None:
    with forgotten():
        carry_out(first, MONDAY)
        carry_out(second, SECOND)

        assert employed_on(day) >= second.employed_on(day)
        if day >= SECOND:
            assert employed_on(day) == second.employed_on(day)
            assert tree_on(day) == second.parents
            assert names_on(day) == second.names
            assert managers_on(day) == {(unit, number) for unit, number in second.managers.items() if number}


@given(worlds(), worlds())
def test_persons_are_as_the_files_say(first: World, second: World) -> None:
    with forgotten():
        carry_out(first, MONDAY)
        carry_out(second, SECOND)

        working = {
            number for (number, _unit), rows in second.days.items() if any(not last or last >= SECOND for _f, last, _o in rows)
        }
        for user in User.objects.all():
            is_here = user.employee_number in working
            assert user.email == ((second.addresses[user.employee_number] or None) if is_here else None)
            assert user.is_active == is_here
            if any(number == user.employee_number for number, _unit in second.days):
                assert user.is_protected == (user.employee_number in second.protected)
        away = Absence.objects.on(SECOND).values_list("user__employee_number", flat=True)
        assert set(away) == {
            number for number, (start, end) in second.absences.items() if start <= SECOND and (end is None or end >= SECOND)
        }


@given(worlds(), worlds(), st.integers(0, 30))
def test_the_same_files_again_change_nothing(first: World, second: World, hours: int) -> None:
    with forgotten():
        carry_out(first, MONDAY)
        carry_out(second, SECOND)
        rows, people = dated_rows(), accounts()

        carry_out(second, SECOND, at=AT + dt.timedelta(days=40, hours=hours))

        assert dated_rows() == rows
        # On the next day whose last day it was has left, and has no account.
        assert hours > HOURS_UNTIL_MIDNIGHT or accounts() == people


@given(worlds(), worlds(), DAYS)
def test_what_was_known_of_a_past_day_never_changes(first: World, second: World, day: dt.date) -> None:
    day = min(day, SECOND - dt.timedelta(days=1))
    with forgotten():
        carry_out(first, MONDAY)
        moment = AT + dt.timedelta(days=1)
        before = known_at(moment, day)

        carry_out(second, SECOND)

        assert known_at(moment, day) == before


@given(worlds(), worlds(), st.integers(-60, 60))
def test_a_day_that_has_passed_or_is_to_come_may_be_given(first: World, second: World, days: int) -> None:
    as_of = MONDAY + dt.timedelta(days=days)
    at = AT + dt.timedelta(days=1)
    with forgotten():
        carry_out(first, MONDAY)
        carry_out(second, as_of, at=at)

        assert employed_on(as_of) == second.employed_on(as_of)
        assert tree_on(as_of) == second.parents
        rows, people = dated_rows(), accounts()
        carry_out(second, as_of, at=at + dt.timedelta(hours=1))
        assert (dated_rows(), accounts()) == (rows, people)


def tree_on(day: dt.date) -> dict[str, str]:
    ids = dict(Department.objects.values_list("pk", "external_id"))
    rows = DepartmentPlace.objects.on(day).values_list("department_id", "parent_id")
    return {ids[unit]: ids[parent] if parent else "" for unit, parent in rows}


def names_on(day: dt.date) -> dict[str, str]:
    return dict(DepartmentName.objects.on(day).values_list("department__external_id", "name"))


def managers_on(day: dt.date) -> set[tuple[str, str]]:
    return set(DepartmentManager.objects.on(day).values_list("department__external_id", "manager__employee_number"))
