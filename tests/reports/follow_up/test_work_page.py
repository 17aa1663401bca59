"""The coordinator's pages of a cycle: how it stands, and what is done with it, each once."""

from __future__ import annotations

import datetime as dt

import pytest
from lxml import html

from organisation.models import HrImport
from reports.follow_up.states import State
from reports.models import (
    Approval,
    Cycle,
    CycleSettings,
    DepartmentComment,
    Erratum,
    FollowUp,
    Output,
    Publication,
    RecipientList,
)
from reports.tasks import send_publication_letters
from tests.factories import DepartmentFactory, ManagerFactory
from tests.reports.follow_up.cycles import FROZEN_AT, cycle_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
WORK = "/uppfoljning/2026/april/arbeta/"


@pytest.fixture
def client(client_of, coordinator):
    return client_of(coordinator)


def words(response) -> str:
    return " ".join(html.fromstring(response.text).xpath("//main")[0].text_content().split())


def buttons(response) -> list[str]:
    return [link.get("href") for link in html.fromstring(response.text).xpath("//div[@class='actions']/a")]


@pytest.mark.parametrize(
    ("state", "slugs"),
    [(State.DRAFT, ["godkann"]), (State.APPROVED, ["publicera"]), (State.PUBLISHED, ["ratta"])],
)
def test_it_leads_to_what_can_be_done(client, coordinator, state, slugs) -> None:
    cycle_in(state, coordinator)

    found = [address.removeprefix(WORK).strip("/") for address in buttons(client.get(WORK))]

    assert [slug for slug in found if slug != "paminn"] == slugs


def test_it_shows_who_has_commented(client, coordinator) -> None:
    report = cycle_in(State.DRAFT, coordinator).follow_up
    for unit in ("101", "102"):
        ManagerFactory(department=DepartmentFactory(external_id=unit))
    department = DepartmentComment._meta.get_field("department").related_model.objects.get(external_id="102")
    DepartmentComment.objects.create(follow_up=report, department=department, reason="Så.", written_at=FROZEN_AT)

    said = words(client.get(WORK))

    assert "1 av 2 har kommenterat" in said
    assert "Enhet 101 Inte än Enhet 102 10 maj 2026" in said


def test_it_approves_after_a_page_that_says_what_it_means(client, coordinator) -> None:
    report = cycle_in(State.DRAFT, coordinator).follow_up

    assert "Du intygar" in words(client.get(f"{WORK}godkann/"))
    assert not Approval.objects.exists()
    assert client.post(f"{WORK}godkann/")["Location"] == WORK
    assert Approval.objects.get().follow_up == report


def test_it_shows_the_recipients_before_publishing(client, coordinator) -> None:
    cycle_in(State.APPROVED, coordinator)
    RecipientList.objects.create(name="Ledningsgruppen", addresses=["ledning@example.se"])
    RecipientList.objects.create(name="Gamla nämnden", addresses=["gammal@example.se"], is_active=False)

    said = words(client.get(f"{WORK}publicera/"))

    assert "Ledningsgruppen: ledning@example.se" in said
    assert "Gamla nämnden" not in said


def test_it_publishes_once_with_the_case_number(client, coordinator) -> None:
    cycle_in(State.APPROVED, coordinator)

    answers = [client.post(f"{WORK}publicera/", {"case_number": "KS 2026/17"})["Location"] for _time in range(2)]

    assert answers == [WORK, WORK]
    assert Publication.objects.get().case_number == "KS 2026/17"
    assert "KS 2026/17" in words(client.get(WORK))
    assert client.get("/uppfoljning/2026/april.csv").content == bytes(Output.objects.get(ending="csv").content)


def test_it_asks_for_the_case_number(client, coordinator) -> None:
    cycle_in(State.APPROVED, coordinator)

    response = client.post(f"{WORK}publicera/", {"case_number": " "})

    assert response.status_code == 422
    assert "Skriv diarienumret" in words(response)
    assert not Publication.objects.exists()


def test_it_does_nothing_before_its_turn(client, coordinator) -> None:
    cycle_in(State.DRAFT, coordinator)

    response = client.post(f"{WORK}publicera/", {"case_number": "KS 2026/17"}, follow=True)

    assert "Det är redan gjort eller kan inte göras än." in response.text
    assert not Publication.objects.exists()


def test_it_adds_an_erratum_that_the_report_then_shows(client, coordinator) -> None:
    cycle_in(State.PUBLISHED, coordinator)

    client.post(f"{WORK}ratta/", {"text": "33 ska vara 35.", "reason": "Ett prov räknades fel."})

    assert Erratum.objects.get().number == 1
    assert "33 ska vara 35." in words(client.get("/uppfoljning/2026/april/"))
    assert "33 ska vara 35." in words(client.get(WORK))


@pytest.mark.parametrize("address", ["/uppfoljning/2026/maj/arbeta/", "/uppfoljning/1999/april/arbeta/", f"{WORK}finns-inte/"])
def test_it_finds_no_other_cycles_and_steps(client, address) -> None:
    assert client.get(address).status_code == 404


def test_it_reads_a_cycle_in_few_queries(client, coordinator, django_assert_max_num_queries) -> None:
    cycle_in(State.PUBLISHED, coordinator)
    client.get("/")

    with django_assert_max_num_queries(10):
        client.get(WORK)


def test_it_opens_the_cycle_once(client) -> None:
    answers = [client.post(f"{WORK}oppna/")["Location"] for _time in range(2)]

    assert answers == [WORK, WORK]
    assert Cycle.objects.get().cut_off_on == dt.date(2026, 4, 30)


def test_it_says_why_figures_cannot_be_frozen_yet(client, coordinator) -> None:
    cycle_in(State.OPEN, coordinator)

    response = client.post(f"{WORK}frys/")

    assert response.status_code == 422
    assert "30 april 2026" in words(response)
    assert not FollowUp.objects.exists()


@pytest.mark.parametrize(("year", "offered"), [(2026, []), (2025, ["frys"])])
def test_it_offers_the_freezing_when_the_cut_off_day_is_over(client, coordinator, year, offered) -> None:
    cycle_in(State.OPEN, coordinator, year=year)
    work = f"/uppfoljning/{year}/april/arbeta/"

    assert [address.removeprefix(work).strip("/") for address in buttons(client.get(work))] == offered


@pytest.mark.parametrize("is_public", [True, False])
def test_it_says_before_publishing_whether_anybody_can_read_it(client, coordinator, is_public) -> None:
    CycleSettings.objects.create(is_public=is_public)
    cycle_in(State.APPROVED, coordinator)

    assert ("Vem som helst kan läsa rapporten" in words(client.get(f"{WORK}publicera/"))) is is_public


def test_it_freezes_the_figures_once(client, coordinator) -> None:
    cycle_in(State.OPEN, coordinator, year=2025)
    work = "/uppfoljning/2025/april/arbeta/"

    answers = [client.post(f"{work}frys/")["Location"] for _time in range(2)]

    assert answers == [work, work]
    assert FollowUp.objects.get().frozen_by == coordinator
    assert client.get("/uppfoljning/2025/april/").status_code == 200


def test_it_warns_that_the_newest_hr_file_is_too_old(client, coordinator) -> None:
    cycle_in(State.OPEN, coordinator)
    files = {"departments_file": "e.csv", "departments_sha256": "0" * 64, "people_file": "p.csv", "people_sha256": "0" * 64}
    HrImport.objects.create(imported_at=FROZEN_AT, as_of=dt.date(2026, 3, 1), counts={}, **files)

    assert "1 mars 2026" in words(client.get(WORK))


def test_it_reminds_those_who_have_not_commented_once_a_day(client, coordinator, mailoutbox) -> None:
    report = cycle_in(State.DRAFT, coordinator).follow_up
    silent, said = (ManagerFactory(department=DepartmentFactory(external_id=unit)) for unit in ("101", "102"))
    DepartmentComment.objects.create(follow_up=report, department=said.department, reason="Så.", written_at=FROZEN_AT)

    assert "Enhet 101" in words(client.get(f"{WORK}paminn/"))
    answers = [client.post(f"{WORK}paminn/") for _time in range(2)]
    send_publication_letters()

    assert [answer.status_code for answer in answers] == [302, 422]
    assert "eller så har alla blivit påminda i dag" in words(answers[1])
    assert [mail.to for mail in mailoutbox] == [[silent.manager.email]]
