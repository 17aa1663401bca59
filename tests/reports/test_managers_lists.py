"""What a manager chooses, takes home, prints and hands over; and that nobody outside the own line comes along."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest
from lxml import html

from courses.models import Exemption, Offer
from organisation.history import end
from organisation.models import DepartmentManager, DeputyManager, Event, LoginSlip
from tests.drafts import draft, given_out
from tests.factories import RECORDED, START, DepartmentFactory, EmploymentFactory, ManagerFactory, UserFactory
from tests.reports.record import complete
from tests.taking import assign

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

MODULE = "informationsdelning"


def employ(department, last_name: str, **fields):
    return EmploymentFactory(department=department, user=UserFactory(first_name="P", last_name=last_name, **fields)).user


@pytest.fixture
def centre(youth_centre, edition):
    """One overdue, one done, one with protected identity; nobody at the department below."""
    assign(edition.module, youth_centre, due_on=dt.date(2026, 3, 30))
    employ(youth_centre, "Sen")
    complete(employ(youth_centre, "Färdig"), edition, dt.date(2026, 3, 2))
    employ(youth_centre, "Hemlig", is_protected=True, employee_number="90001", email=None)
    return youth_centre


def names(response) -> list[str]:
    return [entry.person.last_name for entry in response.context["roll"].entries]


@pytest.mark.parametrize(
    ("query", "listed", "hidden"),
    [
        ("", ["Sen", "Färdig"], 1),
        ("?status=forsenade", ["Sen"], 1),
        ("?status=klara", ["Färdig"], 0),
        ("?status=inte-klara", [], 0),
        (f"?modul={MODULE}&status=klara", ["Färdig"], 0),
    ],
)
def test_the_address_says_whom_to_show(client_of, manager, centre, query, listed, hidden) -> None:
    response = client_of(manager).get(f"/chef/{centre.pk}/{query}")

    assert (names(response), response.context["roll"].hidden) == (listed, hidden)
    numbers = [int(one) for one in html.fromstring(response.text).xpath("//*[@class='three__count']/text()")]
    assert numbers == [2, 0, 1]


def test_it_says_how_many_are_not_shown_and_when_nobody_fits(client_of, manager, centre) -> None:
    client = client_of(manager)

    assert "och 1 person till som inte visas" in client.get(f"/chef/{centre.pk}/?status=forsenade").text
    assert "Ingen passar in" in client.get(f"/chef/{centre.pk}/?status=inte-klara").text


def test_a_person_with_several_modules_stands_once_as_the_most_urgent(client_of, manager, centre, edition) -> None:
    second = given_out(draft(slug="andra", title="Andra"))
    assign(second.module, centre, due_on=dt.date(2026, 9, 1))

    response = client_of(manager).get(f"/chef/{centre.pk}/")

    assert [(entry.person.last_name, entry.status.value, len(entry.lines)) for entry in response.context["roll"].entries] == [
        ("Sen", "overdue", 2),
        ("Färdig", "not_done", 2),
    ]
    assert names(client_of(manager).get(f"/chef/{centre.pk}/?modul=andra&status=klara")) == []


def test_a_unit_that_is_not_the_manager_s_is_wrong_and_shows_nobody_more(client_of, manager, centre, other_department) -> None:
    employ(other_department, "Främmande")

    response = client_of(manager).get(f"/chef/{centre.pk}/?enhet={other_department.pk}")

    assert response.context["form"].errors
    assert "Främmande" not in response.text


def sheet(response) -> str:
    if response["Content-Type"].startswith("text/csv"):
        return response.content.decode("utf-8-sig")
    rows = openpyxl.load_workbook(io.BytesIO(response.content)).worksheets[0].iter_rows(values_only=True)
    return "\n".join(";".join(str(cell) for cell in row) for row in rows)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_is_seen_is_taken_home(client_of, manager, centre, ending) -> None:
    response = client_of(manager).get(f"/chef/{centre.pk}/lista.{ending}?status=forsenade")

    written = sheet(response)
    assert "Sen" in written
    assert "Färdig" not in written
    assert "Hemlig" not in written
    event = Event.objects.get(verb="persons.exported")
    assert (event.actor, event.details) == (manager, {"rows": 1, "format": ending})


def test_a_name_is_never_calculated(client_of, manager, centre) -> None:
    employ(centre, "=1+1")

    assert "'=1+1" in sheet(client_of(manager).get(f"/chef/{centre.pk}/lista.csv"))


def test_the_list_for_a_meeting_says_nothing_of_anybody(client_of, manager, centre, edition) -> None:
    address = f"/chef/{centre.pk}/traff/{MODULE}/"
    before = client_of(manager).get(address)
    for person in (one for unit in before.context["listed"].units for _place, one in unit.persons):
        complete(person, edition, dt.date(2026, 3, 20))
    exempt = employ(centre, "Undantagen")
    Exemption.objects.create(user=exempt, module=edition.module, reason="leaving", from_on=START, recorded_at=RECORDED)

    after = client_of(manager).get(address)

    listed = html.fromstring(after.text).xpath("//*[@class='meeting__names']//label/text()")
    assert listed == ["P Färdig", "P Sen", "P Undantagen"]
    assert not html.fromstring(after.text).xpath("//*[@data-status]")


def test_those_ticked_were_offered_the_module_at_the_meeting(client_of, manager, centre, other_department) -> None:
    sen = next(one.user for one in centre.employments.all() if one.user.last_name == "Sen")
    outside = employ(other_department, "Främmande")
    client, address = client_of(manager), f"/chef/{centre.pk}/traff/{MODULE}/"

    refused = client.post(address, {"person": [outside.pk], "on": "2026-03-27"})
    too_late = client.post(address, {"person": [sen.pk], "on": "2026-04-01"})
    assert refused.context["form"].errors
    assert too_late.context["form"].errors
    assert not Offer.objects.exists()
    client.post(address, {"person": [sen.pk], "on": "2026-03-27"})

    offer = Offer.objects.get()
    assert (offer.user, offer.channel, offer.offered_on) == (sen, Offer.Channel.MEETING, dt.date(2026, 3, 27))


def test_an_invitation_names_nobody_and_leads_to_the_module(client_of, manager, centre, settings) -> None:
    settings.SITE_URL = "https://exempel.se"

    page = client_of(manager).get(f"/chef/{centre.pk}/inbjudan/{MODULE}/")

    assert f"exempel.se/moduler/{MODULE}/" in page.text
    assert "Senast 30 april 2026" in page.text
    assert html.fromstring(page.text).xpath("//*[@class='poster__code']//*[local-name()='path']")
    assert not any(name in page.text for name in ("Sen<", "Färdig", "Hemlig"))


def test_slips_are_printed_once_and_the_protected_by_number_alone(client_of, manager, centre) -> None:
    paper = employ(centre, "Papper", email=None)
    client, address = client_of(manager), f"/chef/{centre.pk}/inloggning/"
    listed = client.get(address).text
    assert "Papper" in listed
    assert "Hemlig" not in listed

    sheet_ = client.post(address, {"person": [paper.pk], "number": "90001"})

    codes = html.fromstring(sheet_.text).xpath("//*[contains(@class, 'slip__code')]/text()")
    assert len(codes) == LoginSlip.objects.count() == 2
    assert "Papper" in sheet_.text
    assert "Hemlig" not in sheet_.text
    assert "no-store" in sheet_["Cache-Control"]
    assert not any(code in client.get(address).text for code in codes)


def test_a_slip_that_is_refused_stops_the_others(client_of, manager, centre) -> None:
    paper, boss = employ(centre, "Papper", email=None), employ(centre, "Chef", email=None)
    ManagerFactory(manager=boss)

    answer = client_of(manager).post(f"/chef/{centre.pk}/inloggning/", {"person": [paper.pk, boss.pk]})

    assert answer.context["form"].errors
    assert not LoginSlip.objects.exists()


def test_a_deputy_sees_the_pages_and_names_nobody(client_of, manager, centre, other_department) -> None:
    deputy = employ(other_department, "Vikarie")
    said = {"known_as": deputy.email, "departments": [centre.pk], "from_on": "2026-03-31", "last_on": "2026-04-10"}
    client_of(manager).post("/chef/stallforetradare/", said)
    client = client_of(deputy)

    assert names(client.get(f"/chef/{centre.pk}/")) == ["Sen", "Färdig"]
    assert client.get("/chef/stallforetradare/").status_code == 404
    assert "Vikarie" in client_of(manager).get("/chef/stallforetradare/").text

    client_of(manager).post(f"/chef/stallforetradare/{DeputyManager.objects.get().pk}/avsluta/")
    assert client.get(f"/chef/{centre.pk}/").status_code == 404


def test_several_managers_see_the_same(client_of, manager, centre) -> None:
    second = ManagerFactory(department=centre).manager

    pages = [client_of(one).get(f"/chef/{centre.pk}/") for one in (manager, second)]

    assert names(pages[0]) == names(pages[1]) != []


def test_a_manager_in_the_target_group_is_counted_with_the_others(client_of, manager, centre) -> None:
    EmploymentFactory(user=manager, department=centre)

    assert "Chef" in names(client_of(manager).get(f"/chef/{centre.pk}/"))


def test_a_manager_of_two_branches_has_the_numbers_of_each(client_of, manager, centre, other_department, edition) -> None:
    assign(edition.module, other_department)
    employ(other_department, "Andra")
    ManagerFactory(manager=manager, department=other_department)

    response = client_of(manager).get("/chef/")

    assert [[number.count for number in one["numbers"]] for one in response.context["own"]] == [[2, 0, 1], [0, 1, 0]]


# Every address with an id in it, and every one that shows or takes home persons.
ADDRESSES = [
    "/chef/{pk}/",
    "/chef/{pk}/?status=forsenade",
    "/chef/{pk}/lista.csv",
    "/chef/{pk}/lista.xlsx",
    f"/chef/{{pk}}/traff/{MODULE}/",
    f"/chef/{{pk}}/inbjudan/{MODULE}/",
    "/chef/{pk}/inloggning/",
]


@pytest.fixture
def who(request, manager, other_manager, learner, trainer, coordinator, outsider, centre, today):
    """Everybody but the managers of the centre and of what is above it."""
    left = ManagerFactory(department=centre).manager
    end(DepartmentManager.objects.get(manager=left), until_on=today, by=None, at=RECORDED)
    below = ManagerFactory(department=DepartmentFactory(parent=centre)).manager
    another_city = DepartmentFactory(is_other_principal=True)
    principal = ManagerFactory(department=another_city).manager
    late = employ(another_city, "Vikarie")
    DeputyManager.objects.create(
        department=centre, deputy=late, named_by=manager, from_on=START, until_on=today, recorded_at=RECORDED
    )
    return [other_manager, learner, trainer, coordinator, outsider, left, below, principal, late]


@pytest.mark.parametrize("address", ADDRESSES)
def test_nobody_else_finds_it(client_of, who, centre, address) -> None:
    for somebody in who:
        client = client_of(somebody)
        assert client.get(address.format(pk=centre.pk)).status_code == 404, somebody
        assert client.post(address.format(pk=centre.pk)).status_code in {404, 405}, somebody

    assert not Event.objects.filter(verb__in=["persons.viewed", "persons.exported"]).exists()


@pytest.mark.parametrize("address", ADDRESSES)
def test_strangers_are_asked_to_log_in(client, centre, address) -> None:
    assert client.get(address.format(pk=centre.pk)).status_code == 302
