"""How somebody who is not logged in finds the published reports."""

from __future__ import annotations

import pytest
from django.core.cache import caches
from lxml import html

from reports.follow_up.states import State
from reports.models import CycleSettings
from tests.reports.follow_up.cycles import cycle_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city", "today")]
PAGE = "/konto/logga-in/"


def leads_to_reports(response) -> bool:
    return "/uppfoljning/" in html.fromstring(response.text).xpath("//footer//a/@href")


@pytest.mark.parametrize(
    ("is_public", "state", "leads"),
    [(True, State.PUBLISHED, True), (False, State.PUBLISHED, False), (True, State.APPROVED, False)],
)
def test_the_foot_leads_a_visitor_to_what_she_may_read(client, coordinator, is_public, state, leads) -> None:
    CycleSettings.objects.create(is_public=is_public)
    cycle_in(state, coordinator)

    assert leads_to_reports(client.get(PAGE)) is leads


def test_it_leads_nobody_who_is_logged_in_since_the_menu_does(client_of, learner, coordinator) -> None:
    CycleSettings.objects.create(is_public=True)
    cycle_in(State.PUBLISHED, coordinator)

    assert not leads_to_reports(client_of(learner).get("/mina-intyg/"))


@pytest.mark.parametrize("is_public", [True, False])
def test_it_asks_the_database_at_most_once_a_minute(client, coordinator, is_public, django_assert_num_queries) -> None:
    CycleSettings.objects.create(is_public=is_public)
    cycle_in(State.PUBLISHED, coordinator)
    client.get(PAGE)
    assert caches["rendered"].get("public-reports") is is_public

    with django_assert_num_queries(0):
        client.get(PAGE)
