"""The coordinator's pages of exemptions: nothing is written freely, nobody protected is named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from courses.models import Exemption, Module
from organisation.models import Department, Event, User
from tests.factories import RECORDED, START, EmploymentFactory, ModuleFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
TODAY = dt.date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _a_day_in_march() -> Any:
    with time_machine.travel(dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def desk(coordinator: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(coordinator)


@pytest.fixture
def hidden(youth_centre: Department) -> User:
    user = UserFactory(first_name="Siv", last_name="Skyddadsson", employee_number="H7", is_protected=True)
    return EmploymentFactory(user=user, department=youth_centre).user


def exempted(user: User, module: Module, until_on: dt.date | None = None, from_on: dt.date = START) -> Exemption:
    terms = {"reason": "leaving", "from_on": from_on, "until_on": until_on, "recorded_at": RECORDED}
    return Exemption.objects.create(user=user, module=module, **terms)


def test_it_finds_by_name_and_grants(desk: Client, learner: User, coordinator: User) -> None:
    module = ModuleFactory()
    found = desk.get(reverse("exemptions:add"), {"sok": "lo kråk"}).content.decode()
    address = reverse("grant_exemption", args=[learner.pk])
    assert address in found

    terms = {"module": module.pk, "reason": "short_post", "from_on": "2026-03-02", "last_day": "2026-05-31"}
    desk.post(address, terms)

    granted = Exemption.objects.get()
    assert (granted.user, granted.reason, granted.recorded_by) == (learner, "short_post", coordinator)
    assert (granted.from_on, granted.until_on) == (TODAY, dt.date(2026, 6, 1))


@pytest.mark.postgres
@pytest.mark.parametrize("words", ["kråk " * 2000, "lo\0kråk"])
def test_it_finds_by_whatever_an_address_can_hold(desk: Client, learner: User, words: str) -> None:
    found = desk.get(reverse("exemptions:add"), {"sok": words})

    assert reverse("grant_exemption", args=[learner.pk]) in found.text


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_last_day_beyond_the_calendar_is_refused(desk: Client, learner: User, day: str) -> None:
    terms = {"module": ModuleFactory().pk, "reason": "leaving", "from_on": "2026-03-02", "last_day": day}

    response = desk.post(reverse("grant_exemption", args=[learner.pk]), terms)

    assert response.context["form"].errors["last_day"]
    assert not Exemption.objects.exists()


def test_it_says_why_one_is_refused(desk: Client, learner: User) -> None:
    held = exempted(learner, ModuleFactory(), dt.date(2026, 6, 1))
    terms = {"module": held.module_id, "reason": "leaving", "from_on": "2026-03-02", "last_day": "2026-04-30"}

    html = desk.post(reverse("grant_exemption", args=[learner.pk]), terms).content.decode()

    assert "exempt from the module from 1 January 2025 to 31 May 2026 already" in html
    assert Exemption.objects.count() == 1


@pytest.mark.parametrize(("words", "is_found"), [("Skyddadsson", False), ("Siv", False), ("H", False), ("H7", True)])
def test_it_finds_a_protected_identity_by_number_only_and_names_nobody(
    desk: Client, hidden: User, words: str, is_found: bool
) -> None:
    html = desk.get(reverse("exemptions:add"), {"sok": words}).content.decode()

    assert (reverse("grant_exemption", args=[hidden.pk]) in html) == is_found
    page = desk.get(reverse("grant_exemption", args=[hidden.pk])).content.decode()
    assert hidden.last_name not in page
    assert "Ungdomens hus" not in page


def test_it_lists_all_but_protected_identities_and_writes_it_down(
    desk: Client, learner: User, hidden: User, coordinator: User, django_assert_max_num_queries: Any
) -> None:
    for _number in range(15):
        exempted(learner, ModuleFactory())
    exempted(hidden, ModuleFactory())

    with django_assert_max_num_queries(22):
        html = desk.get(reverse("exemptions:index")).content.decode()

    assert html.count("Kråkbär") >= 15
    assert "Skyddadsson" not in html
    assert "1 exemption concerns a person with protected identity" in html
    assert Event.objects.get(verb="exemptions.listed").actor == coordinator


@pytest.mark.parametrize(("state", "found"), [("now", 2), ("soon", 1), ("to_come", 1), ("ended", 1), ("", 4)])
def test_it_filters_by_where_in_the_period_it_is(desk: Client, learner: User, state: str, found: int) -> None:
    exempted(learner, ModuleFactory())
    exempted(learner, ModuleFactory(), dt.date(2026, 3, 20))
    exempted(learner, ModuleFactory(), dt.date(2026, 3, 1))
    exempted(learner, ModuleFactory(), from_on=dt.date(2026, 4, 1))

    response = desk.get(reverse("exemptions:index"), {"state": state})

    assert len(response.context["object_list"]) == found


def test_it_corrects_with_leave_and_ends(desk: Client, learner: User) -> None:
    held = exempted(learner, ModuleFactory(), dt.date(2026, 6, 1))
    address = reverse("exemptions:edit", args=[held.pk])
    terms = {"reason": "leaving", "from_on": "2025-02-01", "last_day": "2026-05-31"}

    assert "The day has been." in desk.post(address, terms).content.decode()
    desk.post(address, terms | {"may_correct_past": "on"})
    corrected = Exemption.objects.known_at(None).get()
    assert corrected.from_on == dt.date(2025, 2, 1)

    desk.post(reverse("exemptions:edit", args=[corrected.pk]), {"end": "1"})
    assert Exemption.objects.known_at(None).get().until_on == TODAY + dt.timedelta(days=1)
