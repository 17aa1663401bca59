"""The list of reports: what each may read, and what each has to do now."""

from __future__ import annotations

import pytest
from lxml import html

from reports.follow_up.states import State
from reports.models import CycleSettings
from tests.reports.follow_up.cycles import cycle_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
PAGE = "/uppfoljning/"


def links(response) -> list[tuple[str, str]]:
    found = html.fromstring(response.text).xpath("//main//li//a")
    return [(link.get("href"), " ".join(link.text_content().split())) for link in found]


def addresses(response) -> list[str]:
    return [address for address, _words in links(response)]


def test_it_lists_the_published_reports_for_all_staff_the_latest_year_first(client_of, learner, coordinator) -> None:
    for year in (2024, 2025):
        cycle_in(State.PUBLISHED, coordinator, year=year)
    cycle_in(State.DRAFT, coordinator)

    response = client_of(learner).get(PAGE)

    assert links(response) == [
        ("/uppfoljning/2025/april/", "April 2025"),
        ("/uppfoljning/2024/april/", "April 2024"),
    ]


def test_it_tells_coordinators_the_next_step_of_each_cycle(client_of, coordinator) -> None:
    cycle_in(State.DRAFT, coordinator, year=2025)

    response = client_of(coordinator).get(PAGE)

    assert links(response) == [
        ("/uppfoljning/2025/april/arbeta/", "Samla kommentarer till april 2025 och godkänn rapporten"),
        ("/uppfoljning/2025/helar/arbeta/", "Öppna helår 2025"),
        ("/uppfoljning/2026/april/arbeta/", "Öppna april 2026"),
        ("/uppfoljning/2025/april/", "April 2025"),
    ]


@pytest.mark.parametrize("state", [State.DRAFT, State.APPROVED])
def test_it_asks_managers_for_their_comment(client_of, manager, coordinator, youth_centre, state) -> None:
    cycle_in(state, coordinator)

    response = client_of(manager).get(PAGE)

    assert addresses(response) == [f"/chef/{youth_centre.pk}/kommentar/"]


def test_it_asks_the_public_to_log_in_unless_the_city_lets_them_read(client, coordinator) -> None:
    cycle_in(State.PUBLISHED, coordinator)

    shut = client.get(PAGE)
    CycleSettings(is_public=True).save()

    assert shut["Location"] == f"/konto/logga-in/?next={PAGE}"
    assert addresses(client.get(PAGE)) == ["/uppfoljning/2026/april/"]


def test_it_offers_free_questions_to_those_who_may_ask(client_of, learner, manager) -> None:
    assert "/uppfoljning/fraga/" in client_of(manager).get(PAGE).text
    assert "/uppfoljning/fraga/" not in client_of(learner).get(PAGE).text


def test_it_reads_the_list_in_few_queries(client_of, coordinator, django_assert_max_num_queries) -> None:
    for year in range(2016, 2026):
        cycle_in(State.PUBLISHED, coordinator, year=year)
    client = client_of(coordinator)

    with django_assert_max_num_queries(7):
        client.get(PAGE)
