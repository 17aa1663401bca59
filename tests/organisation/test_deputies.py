"""Somebody who stands in for a manager."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from organisation.actions.deputies import DeputyRefused, employee_known_as, end_deputy, name_deputy
from organisation.history import end
from organisation.models import Department, DepartmentManager, DeputyManager, Employment, Event, User
from organisation.permissions import answered_for, line_of, managed_departments, own_departments
from tests.factories import RECORDED, DepartmentFactory, EmploymentFactory, ManagerFactory, UserFactory

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 3, 31)
NOON = dt.datetime(2026, 3, 31, 10, tzinfo=dt.UTC)
NEXT_WEEK = TODAY + dt.timedelta(days=7)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def deputy(other_department) -> User:
    return EmploymentFactory(
        user=UserFactory(employee_number="88001", email="vik@example.se"), department=other_department
    ).user


def named(deputy: User, manager: User, department: Department, from_on: dt.date = TODAY, until_on: dt.date = NEXT_WEEK):
    (row,) = name_deputy(deputy=deputy, departments=[department.pk], from_on=from_on, until_on=until_on, by=manager, at=NOON)
    return row


def test_a_deputy_answers_for_everything_below_during_the_period(deputy, manager, youth_centre) -> None:
    below = DepartmentFactory(parent=youth_centre)

    named(deputy, manager, youth_centre, TODAY + dt.timedelta(days=1))

    days = [TODAY, TODAY + dt.timedelta(days=1), NEXT_WEEK - dt.timedelta(days=1), NEXT_WEEK]
    line = frozenset({youth_centre.pk, below.pk})
    assert [line_of(deputy, day) for day in days] == [frozenset(), line, line, frozenset()]


def test_it_costs_the_one_query_that_it_cost_before(deputy, manager, youth_centre, django_assert_num_queries) -> None:
    named(deputy, manager, youth_centre)

    with django_assert_num_queries(1):
        assert own_departments(deputy, TODAY) == [youth_centre.pk]


def test_who_manages_one_and_stands_in_for_others_is_both_and_no_more(deputy, manager, youth_centre, other_department) -> None:
    ManagerFactory(department=other_department, manager=deputy)
    named(deputy, manager, youth_centre)

    assert answered_for(deputy, TODAY) == {youth_centre.pk: False, other_department.pk: True}

    ManagerFactory(department=youth_centre, manager=deputy)

    assert answered_for(deputy, TODAY) == {youth_centre.pk: True, other_department.pk: True}


def test_it_ends_when_the_manager_leaves_the_post(deputy, manager, youth_centre) -> None:
    named(deputy, manager, youth_centre)
    ManagerFactory(department=youth_centre)
    end(DepartmentManager.objects.get(manager=manager), until_on=TODAY, by=None, at=NOON)

    assert own_departments(deputy, TODAY) == []


def test_it_ends_with_the_manager_s_last_employment(deputy, manager, youth_centre) -> None:
    EmploymentFactory(user=manager, department=youth_centre, until_on=NEXT_WEEK)
    named(deputy, manager, youth_centre, until_on=NEXT_WEEK + dt.timedelta(days=7))

    days = [NEXT_WEEK - dt.timedelta(days=1), NEXT_WEEK]
    assert [own_departments(deputy, day) for day in days] == [[youth_centre.pk], []]


def test_it_ends_when_the_deputy_leaves_the_city(deputy, manager, youth_centre) -> None:
    named(deputy, manager, youth_centre)
    end(Employment.objects.get(user=deputy), until_on=TODAY, by=None, at=NOON)

    assert own_departments(deputy, TODAY) == []


def test_a_deputy_names_no_deputy(deputy, manager, learner, youth_centre) -> None:
    named(deputy, manager, youth_centre)

    assert managed_departments(deputy, TODAY) == []
    with pytest.raises(DeputyRefused):
        named(learner, deputy, youth_centre)


@pytest.mark.parametrize("somebody", ["other_manager", "learner", "coordinator", "outsider"])
def test_nobody_names_one_for_another_s_department(request, deputy, youth_centre, somebody) -> None:
    with pytest.raises(DeputyRefused):
        named(deputy, request.getfixturevalue(somebody), youth_centre)


@pytest.mark.parametrize(
    ("from_on", "until_on"),
    [
        (TODAY, TODAY),
        (NEXT_WEEK, TODAY),
        (TODAY - dt.timedelta(days=1), NEXT_WEEK),
        (TODAY, TODAY + dt.timedelta(days=367)),
    ],
)
def test_it_refuses_a_period_that_will_not_do(deputy, manager, youth_centre, from_on, until_on) -> None:
    with pytest.raises(DeputyRefused):
        named(deputy, manager, youth_centre, from_on, until_on)

    assert not DeputyManager.objects.exists()


def test_it_refuses_the_manager_and_whoever_is_not_employed(manager, outsider, youth_centre) -> None:
    for nobody in (manager, outsider):
        with pytest.raises(DeputyRefused):
            named(nobody, manager, youth_centre)


def test_it_names_for_all_of_the_departments_or_none(deputy, manager, youth_centre, administration) -> None:
    ManagerFactory(manager=manager, department=administration)
    named(deputy, manager, youth_centre)
    both = [administration.pk, youth_centre.pk]

    with pytest.raises(DeputyRefused):
        name_deputy(deputy=deputy, departments=both, from_on=TODAY, until_on=NEXT_WEEK, by=manager, at=NOON)

    assert own_departments(deputy, TODAY) == [youth_centre.pk]


@pytest.mark.parametrize("begins", [TODAY - dt.timedelta(days=3), TODAY, TODAY + dt.timedelta(days=3)])
def test_it_is_taken_back_at_once(deputy, manager, youth_centre, begins) -> None:
    row = DeputyManager.objects.create(
        department=youth_centre, deputy=deputy, named_by=manager, from_on=begins, until_on=NEXT_WEEK, recorded_at=RECORDED
    )

    end_deputy(row=row, by=manager, at=NOON)
    end_deputy(row=row, by=manager, at=NOON)

    days = [TODAY, TODAY + dt.timedelta(days=3)]
    assert [own_departments(deputy, day) for day in days] == [[], []]
    assert Event.objects.filter(verb="deputy.ended").count() == 1


def test_only_the_manager_takes_it_back(deputy, manager, other_manager, youth_centre) -> None:
    row = named(deputy, manager, youth_centre)

    for somebody in (other_manager, deputy):
        with pytest.raises(DeputyRefused):
            end_deputy(row=row, by=somebody, at=NOON)


def test_it_is_logged(deputy, manager, youth_centre) -> None:
    named(deputy, manager, youth_centre)

    event = Event.objects.get(verb="deputy.named")
    assert (event.actor, event.subject_id, event.details["deputy"]) == (manager, str(youth_centre.pk), deputy.pk)


@pytest.mark.parametrize("text", ["88001", " 88001 ", "Vik@Example.se"])
def test_an_employee_is_found_by_number_or_address(deputy, text) -> None:
    assert employee_known_as(text, TODAY) == deputy


@pytest.mark.parametrize("text", ["", " ", "8800", "vik", "Alva", "%"])
def test_staff_cannot_be_browsed(deputy, text) -> None:
    assert employee_known_as(text, TODAY) is None
