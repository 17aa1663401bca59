"""Coordinators: target groups that hold from a day, and assignments that are proposed after seeing what they mean."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from courses.models import Assignment, Audience, AudienceChange, AudienceRule, ModuleRule
from organisation.history import end
from organisation.models import Department, DepartmentName, DepartmentPlace, Employment, Event, User
from reports.models import ModuleGoal
from tests.drafts import given_out
from tests.factories import RECORDED, START, AudienceRuleFactory, EmploymentFactory, ModuleFactory, UserFactory

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
TODAY = dt.date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _a_day_in_march() -> Any:
    with time_machine.travel(dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def desk(coordinator: User, client_of: ClientOf) -> Client:
    return client_of(coordinator)


def seen_and_saved(desk: Client, address: str, terms: dict[str, Any]) -> HttpResponse:
    """Fill in the form, look at what it means, save; return the page that showed what it means."""
    shown = desk.post(address, terms)
    desk.post(address, terms | {"seen": shown.context["form"]["seen"].value(), "save": "1"})
    return shown


def test_it_makes_a_target_group_with_a_rule(desk: Client, youth_centre: Department, coordinator: User) -> None:
    terms = {"name": "Fritidsgårdar", "departments": [youth_centre.pk], "only_meets_young": "on", "from_on": "2026-03-02"}

    seen_and_saved(desk, reverse("audiences:add"), terms)

    rule = AudienceRule.objects.get(audience__name="Fritidsgårdar")
    assert list(rule.departments.all()) == [youth_centre]
    assert (rule.from_on, rule.only_meets_young, rule.recorded_by) == (TODAY, True, coordinator)


@pytest.mark.parametrize("key", ["²", "9" * 19, "9" * 5000])
def test_a_department_that_cannot_be_is_no_choice_and_has_no_names(desk: Client, youth_centre: Department, key: str) -> None:
    terms = {"name": "Fritidsledare", "departments": [youth_centre.pk], "from_on": "2026-04-01"}

    assert desk.post(reverse("audiences:add"), terms | {"departments": [key]}).context["form"].errors["departments"]
    assert not desk.post(reverse("audiences:add"), terms | {"names_of": key}).context["form"].errors


def test_it_lists_target_groups_with_what_they_mean_today(
    desk: Client, youth_centre: Department, django_assert_max_num_queries: Any
) -> None:
    for _turn in range(10):
        AudienceRuleFactory(departments=[youth_centre])

    with django_assert_max_num_queries(20):
        html = desk.get(reverse("audiences:index")).content.decode()

    assert html.count("Ungdomens hus") == 10


def test_it_says_that_a_rule_names_only_what_is_no_more(desk: Client, youth_centre: Department) -> None:
    AudienceRuleFactory(departments=[youth_centre])
    end(DepartmentPlace.objects.get(department=youth_centre), until_on=TODAY, by=None, at=RECORDED)
    end(DepartmentName.objects.get(department=youth_centre), until_on=TODAY, by=None, at=RECORDED)

    assert "Enheter som inte finns längre" in desk.get(reverse("audiences:index")).content.decode()


def test_it_keeps_the_old_rule_on_record(desk: Client, youth_centre: Department, other_department: Department) -> None:
    old = AudienceRuleFactory(departments=[youth_centre])
    terms = {"name": old.audience.name, "departments": [other_department.pk], "from_on": "2026-04-01"}

    seen_and_saved(desk, reverse("audiences:edit", args=[old.audience_id]), terms)

    assert list(AudienceRule.objects.on(TODAY).get().departments.all()) == [youth_centre]
    assert list(AudienceRule.objects.on(dt.date(2026, 4, 1)).get().departments.all()) == [other_department]


def test_it_writes_no_rule_when_only_the_name_changes(desk: Client, youth_centre: Department) -> None:
    old = AudienceRuleFactory(departments=[youth_centre])

    desk.post(
        reverse("audiences:edit", args=[old.audience_id]),
        {"name": "Annat namn", "departments": [youth_centre.pk], "from_on": "2026-03-02", "save": "1"},
    )

    assert Audience.objects.get().name == "Annat namn"
    assert list(AudienceRule.objects.all()) == [old]


def test_it_shows_whom_a_rule_means_before_it_is_saved(
    desk: Client, learner: User, youth_centre: Department, other_department: Department
) -> None:
    EmploymentFactory(department=youth_centre, user=UserFactory(last_name="Skyddadsson", is_protected=True))
    gone = EmploymentFactory(department=other_department).user
    rule = AudienceRuleFactory(departments=[other_department])
    terms = {"name": "Gården", "departments": [youth_centre.pk], "from_on": "2026-03-02"}
    address = reverse("audiences:edit", args=[rule.audience_id])

    shown = seen_and_saved(desk, address, terms)

    html = shown.content.decode()
    assert learner.last_name in html
    assert "Skyddadsson" not in html
    assert gone.last_name not in html
    total = shown.context["preview"].first.total
    assert (total.came, total.went, total.stay) == (2, 1, 0)
    assert Event.objects.get(verb="audience.members_viewed").details == {"rows": 1}
    change = AudienceChange.objects.get()
    assert change.counted == [shown.context["preview"].first.as_data()]
    assert "2" in desk.get(address).content.decode()


def test_it_saves_only_what_was_seen(desk: Client, youth_centre: Department, other_department: Department) -> None:
    rule = AudienceRuleFactory(departments=[youth_centre])
    address, terms = reverse("audiences:edit", args=[rule.audience_id]), {"name": "Gården", "from_on": "2026-03-02"}
    shown = desk.post(address, terms | {"departments": [other_department.pk]})
    seen = {"seen": shown.context["form"]["seen"].value(), "save": "1"}

    desk.post(address, terms | seen | {"departments": [other_department.pk, youth_centre.pk]})
    assert not AudienceChange.objects.exists()
    EmploymentFactory(department=other_department)
    desk.post(address, terms | seen | {"departments": [other_department.pk]})

    assert not AudienceChange.objects.exists()


def test_it_corrects_days_that_have_been_with_leave_and_says_so(desk: Client, learner: User, youth_centre: Department) -> None:
    rule = AudienceRuleFactory(departments=[youth_centre], from_on=dt.date(2026, 2, 1))
    address = reverse("audiences:edit", args=[rule.audience_id])
    terms = {"name": "Gården", "departments": [youth_centre.pk], "occupations": [], "from_on": "2026-01-15"}

    seen_and_saved(desk, address, terms)
    assert not AudienceChange.objects.exists()
    seen_and_saved(desk, address, terms | {"may_correct_past": "on"})

    change = AudienceChange.objects.get()
    assert change.corrects_past
    assert [(one["day"], one["came"], one["stay"]) for one in change.counted] == [("2026-01-15", 1, 0), ("2026-03-02", 0, 1)]
    assert AudienceRule.objects.on(dt.date(2026, 1, 20)).exists()


def test_it_shows_names_a_department_at_a_time_when_they_are_many(
    desk: Client, youth_centre: Department, django_assert_max_num_queries: Any
) -> None:
    people = User.objects.bulk_create(User(first_name="Alva", last_name=f"Namn{number}") for number in range(250))
    terms = {"department": youth_centre, "occupation": "Fritidsledare", "from_on": START, "recorded_at": RECORDED}
    Employment.objects.bulk_create(Employment(user=person, **terms) for person in people)
    said = {"name": "Alla", "departments": [youth_centre.pk], "from_on": "2026-03-02"}

    assert "Namn1" not in desk.post(reverse("audiences:add"), said).content.decode()
    with django_assert_max_num_queries(45):
        shown = desk.post(reverse("audiences:add"), said | {"names_of": youth_centre.pk})

    assert (len(shown.context["preview"].names.rows), shown.context["preview"].names.left) == (200, 50)


def proposal(rule: AudienceRule, **changes: Any) -> dict[str, Any]:
    edition = given_out()
    terms = {
        "module": edition.module_id,
        "audience": rule.audience_id,
        "from_on": "2026-03-02",
        "due": "fixed",
        "due_on": "2026-06-30",
    }
    return terms | changes


def test_it_shows_what_an_assignment_means_before_it_is_saved(desk: Client, learner: User, youth_centre: Department) -> None:
    rule = AudienceRuleFactory(departments=[youth_centre])

    html = desk.post(reverse("assignments:add"), proposal(rule)).content.decode()

    assert "Ungdomens hus" in html
    assert "<td>1</td>" in html
    assert not Assignment.objects.exists()


def test_it_proposes_when_that_has_been_seen(desk: Client, youth_centre: Department, coordinator: User) -> None:
    rule = AudienceRuleFactory(departments=[youth_centre])

    desk.post(reverse("assignments:add"), proposal(rule, propose="1", decided_by="Kommunstyrelsen"))

    assignment = Assignment.objects.get()
    assert (assignment.recorded_by, assignment.decided_by) == (coordinator, "Kommunstyrelsen")


def test_it_says_why_a_proposal_is_refused(desk: Client, youth_centre: Department) -> None:
    rule = AudienceRuleFactory(departments=[youth_centre])

    response = desk.post(reverse("assignments:add"), proposal(rule, propose="1", due_on="2026-01-01"))

    assert response.status_code == 200
    assert not Assignment.objects.exists()


def test_it_ends_an_assignment_only_on_a_day_to_come(desk: Client, youth_centre: Department) -> None:
    rule = AudienceRuleFactory(departments=[youth_centre])
    desk.post(reverse("assignments:add"), proposal(rule, propose="1"))
    address = reverse("assignments:edit", args=[Assignment.objects.get().pk])

    desk.post(address, {"until_on": "2026-03-02"})
    assert Assignment.objects.get().until_on is None

    desk.post(address, {"until_on": "2026-05-01"})
    assert Assignment.objects.get().until_on == dt.date(2026, 5, 1)


def test_it_lets_a_new_validity_take_over(desk: Client) -> None:
    module = ModuleFactory()
    terms = {"module": module.pk, "validity_months": 24, "refresher_days": 90}
    desk.post(reverse("module_rules:add"), terms | {"from_on": START.isoformat()})

    desk.post(reverse("module_rules:add"), terms | {"validity_months": 12, "from_on": "2026-04-01"})

    assert ModuleRule.objects.on(TODAY).get().validity_months == 24
    assert ModuleRule.objects.on(dt.date(2026, 4, 1)).get().validity_months == 12


def test_it_lets_a_new_goal_take_over_and_refuses_what_is_no_percentage(desk: Client) -> None:
    module = ModuleFactory()
    desk.post(reverse("module_goals:add"), {"module": module.pk, "percent": 80, "from_on": START.isoformat()})
    desk.post(reverse("module_goals:add"), {"module": module.pk, "percent": "", "from_on": "2026-04-01"})

    refused = [desk.post(reverse("module_goals:add"), {"module": module.pk, "percent": wrong}) for wrong in (0, 101, "åttio")]

    assert ModuleGoal.objects.on(TODAY).get().percent == 80
    assert ModuleGoal.objects.on(dt.date(2026, 4, 1)).get().percent is None
    assert [answer.status_code for answer in refused] == [200] * 3
    assert Event.objects.filter(verb="module_goal.changed").count() == 2
    assert "80\u00a0%" in desk.get(reverse("module_goals:index")).text


@pytest.mark.parametrize("who", ["learner", "manager", "trainer", "outsider"])
@pytest.mark.parametrize(
    "name", ["module_goals:add", "audiences:index", "audiences:add", "assignments:index", "assignments:add", "module_rules:add"]
)
def test_it_lets_in_no_other_role(who: str, name: str, request: Any, city: Any, client_of: ClientOf) -> None:
    client = client_of(request.getfixturevalue(who))

    assert client.get(reverse(name)).status_code == 302
    assert client.post(reverse(name), {}).status_code == 302
