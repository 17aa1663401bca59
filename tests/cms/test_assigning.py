"""The coordinator follows an assignment: due so many days after joining, accepted where and by whom, ended or taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from courses.actions.accept_assignment import accept_assignment
from courses.models import Assignment
from organisation.history import end
from organisation.models import Department, Event, User
from tests.completions import completed
from tests.drafts import given_out
from tests.factories import AudienceRuleFactory, EmploymentFactory
from tests.taking import accept, assign

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _a_day_in_march() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def desk(coordinator: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(coordinator)


@pytest.mark.parametrize(
    ("due", "stored"),
    [
        ({"due": "after_joining", "due_days": "30", "due_on": "2026-06-30"}, (None, 30)),
        ({"due": "fixed", "due_days": "mycket", "due_on": "2026-06-30"}, (dt.date(2026, 6, 30), None)),
        ({"due": "after_joining", "due_days": "", "due_on": "2026-06-30"}, None),
        ({"due": "after_joining", "due_days": "0"}, None),
        ({"due": "fixed", "due_days": "30"}, None),
    ],
)
def test_it_is_due_in_the_way_that_is_chosen(desk: Client, youth_centre: Department, due: dict[str, str], stored: Any) -> None:
    terms = {"module": given_out().module_id, "audience": AudienceRuleFactory(departments=[youth_centre]).audience_id}

    response = desk.post(reverse("assignments:add"), terms | {"from_on": "2026-03-02", "propose": "1"} | due)

    assert list(Assignment.objects.values_list("due_on", "due_days")) == ([stored] if stored else [])
    assert response.status_code == (302 if stored else 200)


def test_it_shows_who_has_accepted_and_who_waits(
    desk: Client, administration: Department, youth_centre: Department, other_department: Department, manager: User
) -> None:
    edition = given_out()
    learner = EmploymentFactory(department=youth_centre).user
    assignment = assign(edition.module, youth_centre, accepted_on=None)
    assignment.audience.rules.get().departments.add(other_department)
    accept_assignment(assignment=assignment, department=youth_centre, by=manager, at=NOW, on=NOW.date())
    EmploymentFactory(department=youth_centre)
    completed(learner, edition)

    response = desk.get(reverse("assignments:edit", args=[assignment.pk]))

    accepted, waits = response.context["answers"]
    assert (accepted.name, accepted.function, accepted.acceptance.persons) == ("Ungdomens hus", "Ungdomens hus", 1)
    assert (accepted.reach.persons, accepted.reach.completed) == (2, 1)
    assert (waits.name, waits.acceptance, waits.waits_since) == ("Utbildningsförvaltningen", None, dt.date(2025, 1, 1))
    html = response.content.decode()
    assert "by the manager of Ungdomens hus" in html
    assert manager.last_name not in html
    assert "1 of 2" in desk.get(reverse("assignments:index")).content.decode()


def test_it_says_what_a_department_was_called_that_is_no_more(desk: Client, youth_centre: Department) -> None:
    assignment = assign(given_out().module, youth_centre)
    for rows in (youth_centre.places, youth_centre.names):
        end(rows.get(), until_on=NOW.date(), by=None, at=NOW)

    response = desk.get(reverse("assignments:edit", args=[assignment.pk]))

    assert [answer.name for answer in response.context["answers"]] == ["Ungdomens hus, is no more"]


@pytest.mark.parametrize(("is_accepted", "is_known"), [(False, False), (True, True)])
def test_it_takes_back_only_what_has_never_held(
    desk: Client, youth_centre: Department, is_accepted: bool, is_known: bool
) -> None:
    assignment = assign(given_out().module, youth_centre, accepted_on=None)
    if is_accepted:
        accept(assignment, youth_centre)

    desk.post(reverse("assignments:edit", args=[assignment.pk]), {"take_back": "1"})

    assert Assignment.objects.known_at(None).exists() == is_known
    assert Event.objects.filter(verb="assignment.taken_back").exists() != is_known


def test_it_does_not_end_before_it_begins(desk: Client, youth_centre: Department) -> None:
    assignment = assign(given_out().module, youth_centre, from_on=dt.date(2026, 4, 1))

    response = desk.post(reverse("assignments:edit", args=[assignment.pk]), {"until_on": "2026-04-01"})

    assert "Choose a day after the start." in response.content.decode()
    assert Assignment.objects.get().until_on is None
