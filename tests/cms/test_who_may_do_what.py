"""Each group opens its own pages of the administration, and no others; trainers see no staff."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from cms.groups import PERMISSIONS
from cms.models import HomePage
from cms.site_tree import keep_foundation
from courses.models import LegalSource
from organisation.models import Event, User
from organisation.permissions import ADMINISTRATORS, COORDINATORS, JURISTS, TRAINERS
from tests.cms.pages import whole_module
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
GROUPS = [TRAINERS, JURISTS, COORDINATORS, ADMINISTRATORS]
OPEN_TO = {
    "give_out:modules": {TRAINERS, JURISTS},
    "evaluations:list": {TRAINERS, COORDINATORS},
    "conversation_answers:list": {TRAINERS},
    "legal_sources:index": {TRAINERS, JURISTS},
    "legal_sources:add": {TRAINERS, JURISTS},
    "legal_checks:add": {TRAINERS, JURISTS},
    "signs:index": {TRAINERS, JURISTS},
    "signs:add": {TRAINERS},
    "audiences:index": {COORDINATORS},
    "audiences:add": {COORDINATORS},
    "assignments:index": {COORDINATORS},
    "assignments:add": {COORDINATORS},
    "exemptions:index": {COORDINATORS},
    "exemptions:add": {COORDINATORS},
    "module_rules:index": {COORDINATORS},
    "module_rules:add": {COORDINATORS},
    "module_goals:index": {COORDINATORS},
    "module_goals:add": {COORDINATORS},
    "find_certificate": {COORDINATORS},
    "hr:imports": {COORDINATORS},
    "organising:tree": {COORDINATORS},
    "organising:open": {COORDINATORS},
    "organising:people": {COORDINATORS},
    "issuing:jobs": {COORDINATORS},
    "reminder_runs": {COORDINATORS},
    "erasing:erasures": {COORDINATORS, ADMINISTRATORS},
    "plan_activities:index": {COORDINATORS},
    "plan_activities:add": {COORDINATORS},
    "recipients:index": {COORDINATORS},
    "recipients:add": {COORDINATORS},
    "cycle_settings": {COORDINATORS},
    "steering_settings": {COORDINATORS},
    "city_settings": {ADMINISTRATORS},
    "events:index": {ADMINISTRATORS},
    "wagtailusers_users:index": {ADMINISTRATORS},
    "wagtailusers_users:add": set(),
    "wagtailusers_groups:index": set(),
    "wagtailusers_groups:add": set(),
    "wagtailimages:index": {TRAINERS},
    "wagtaildocs:index": {TRAINERS},
    "wagtailsites:index": set(),
    "wagtailredirects:index": set(),
    "wagtailadmin_workflows:index": set(),
}


def member(group: str) -> User:
    user = UserFactory(is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("name", OPEN_TO)
def test_it_opens_to_the_right_group_only(name: str, group: str, city: Any, client_of: ClientOf) -> None:
    response = client_of(member(group)).get(reverse(name))

    assert (response.status_code == 200) == (group in OPEN_TO[name]), response.status_code


@pytest.mark.parametrize("group", [JURISTS, COORDINATORS, ADMINISTRATORS])
def test_it_lets_only_trainers_edit_pages(group: str, client_of: ClientOf) -> None:
    page = whole_module()

    assert client_of(member(group)).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 302


@pytest.mark.parametrize("who", ["learner", "manager", "outsider"])
def test_it_shuts_the_door_to_those_without_a_group(who: str, request: Any, city: Any, client_of: ClientOf) -> None:
    response = client_of(request.getfixturevalue(who)).get(reverse("wagtailadmin_home"), follow=True)

    assert response.status_code == 403


def test_it_has_one_login_door(client: Client) -> None:
    response = client.get("/admin/login/?next=/admin/utgavor/")

    assert response.url == f"{reverse('account_login')}?next=%2Fadmin%2Futgavor%2F"
    assert client.get("/admin/login/?next=https://example.com/").url.endswith("?next=%2Fadmin%2F")
    assert client.get("/admin/password_reset/").status_code == 404


def test_it_shows_trainers_no_staff(learner: User, trainer: User, city: Any, client_of: ClientOf) -> None:
    page = whole_module()
    client, home = client_of(trainer), HomePage.objects.get()
    addresses = [
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_explore", args=[home.pk]),
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        reverse("wagtailadmin_pages:history", args=[page.pk]),
        reverse("wagtailadmin_reports:site_history"),
        reverse("wagtailadmin_reports:locked_pages"),
        reverse("wagtailadmin_reports:workflow"),
        reverse("wagtailadmin_reports:aging_pages"),
        reverse("wagtailadmin_pages:search") + "?q=L",
        reverse("give_out:module", args=[page.module_id]),
        reverse("wagtailimages:index"),
    ]

    for address in addresses:
        html = client.get(address).content.decode()
        assert learner.last_name not in html, address
        assert learner.email not in html, address


def test_it_writes_down_every_look_at_the_people(learner: User, city: Any, client_of: ClientOf) -> None:
    administrator = member(ADMINISTRATORS)

    html = client_of(administrator).get(reverse("wagtailusers_users:index")).content.decode()

    assert learner.last_name in html
    assert Event.objects.get(verb="people.listed").actor == administrator


def test_it_never_lists_a_protected_identity(city: Any, client_of: ClientOf) -> None:
    hidden = UserFactory(last_name="Skyddadsson", is_protected=True)

    html = client_of(member(ADMINISTRATORS)).get(reverse("wagtailusers_users:index")).content.decode()

    assert hidden.last_name not in html


def test_it_gives_a_group_and_nothing_more(learner: User, city: Any, client_of: ClientOf) -> None:
    trainers = Group.objects.get(name=TRAINERS)
    terms = {"is_active": "on", "groups": [trainers.pk], "is_superuser": "on", "password1": PASSWORD, "email": "ny@example.se"}

    client_of(member(ADMINISTRATORS)).post(reverse("wagtailusers_users:edit", args=[learner.pk]), terms)

    before, learner_now = learner.email, User.objects.get(pk=learner.pk)
    assert list(learner_now.groups.all()) == [trainers]
    assert (learner_now.is_staff, learner_now.is_superuser, learner_now.email) == (True, False, before)


def test_it_takes_back_rights_that_a_group_should_not_have() -> None:
    group = Group.objects.get(name=JURISTS)
    group.permissions.add(*Group.objects.get(name=ADMINISTRATORS).permissions.all())

    keep_foundation()

    held = {f"{one.content_type.app_label}.{one.codename}" for one in group.permissions.select_related("content_type")}
    assert held == set(PERMISSIONS[JURISTS])


def test_it_keeps_a_working_tree_however_often_it_is_asked() -> None:
    keep_foundation()
    call_command("migrate", verbosity=0)

    assert [page.specific_class.__name__ for page in Page.objects.order_by("path")] == ["Page", "HomePage", "ModuleIndexPage"]


def test_it_lets_nobody_run_inline_script(trainer: User, client_of: ClientOf) -> None:
    policy = client_of(trainer).get(reverse("wagtailadmin_home"))["Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))

    assert rules["script-src"] == "'self'"
    assert "'unsafe-inline'" not in client_of(trainer).get("/")["Content-Security-Policy"]


def test_it_lets_inline_script_run_only_where_a_page_is_asked_for(trainer: User, client_of: ClientOf) -> None:
    page, client = whole_module(), client_of(trainer)

    asked = client.get(reverse("wagtailadmin_pages:copy", args=[page.pk]))["Content-Security-Policy"]
    edited = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))["Content-Security-Policy"]

    assert "script-src 'self' 'unsafe-inline'" in asked
    assert "script-src 'self' 'unsafe-inline'" not in edited


def test_it_lists_many_legal_sources_with_few_queries(
    trainer: User, client_of: ClientOf, django_assert_max_num_queries: Any
) -> None:
    client = client_of(trainer)
    for number in range(40):
        LegalSource.objects.create(key=f"k-{number}", law="Lag", designation=f"{number} §", summary="Säger något.")

    with django_assert_max_num_queries(25):
        client.get(reverse("legal_sources:index"))


@pytest.mark.parametrize("action", ["assign_role", "set_active_state", "delete"])
def test_it_changes_people_one_at_a_time_only(action: str, learner: User, city: Any, client_of: ClientOf) -> None:
    address = f"/admin/bulk/organisation/user/{action}/?id={learner.pk}&next=/admin/"

    assert client_of(member(ADMINISTRATORS)).post(address, {"mark_as_active": "False"}).status_code == 404
    learner.refresh_from_db()
    assert (learner.is_active, learner.groups.count()) == (True, 0)
