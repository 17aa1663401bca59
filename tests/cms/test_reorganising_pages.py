"""The coordinator's pages of the organisation: what would change, exactly that done, and the protocol."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from lxml import html

from courses.models import Audience, AudienceChange, AudienceRule
from organisation.models import Absence, Department, DepartmentPlace, Employment, Event, Reorganisation, User
from organisation.tree import names_on
from tests.factories import DepartmentFactory, EmploymentFactory, ManagerFactory, UserFactory
from tests.organisation.reorganising import APRIL, AT, FEBRUARY, MONDAY, managers_on, staff_on
from tests.reports.record import give_out
from tests.taking import assign

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
TREE = "/admin/organisation/"


@pytest.fixture(autouse=True)
def now() -> Any:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def client(city: Any, coordinator: User, client_of: ClientOf) -> Client:
    return client_of(coordinator)


@pytest.fixture
def town(db: None) -> dict[str, Department]:
    """Kultur with Norr (two persons) and Söder (one), and a group below Norr."""
    found = {"K": DepartmentFactory(name="Kultur", external_id="K")}
    for unit, name, parent in (("N", "Norr", "K"), ("S", "Söder", "K"), ("G", "Gruppen", "N")):
        found[unit] = DepartmentFactory(name=name, external_id=unit, parent=found[parent])
    for number, unit in (("1", "N"), ("2", "N"), ("3", "S")):
        EmploymentFactory(user=UserFactory(employee_number=number, last_name=f"Person{number}"), department=found[unit])
    ManagerFactory(manager=UserFactory(employee_number="9", last_name="Chef"), department=found["N"])
    return found


def text(response: HttpResponse) -> str:
    return " ".join(html.fromstring(response.content).text_content().split())


def named_on(day: dt.date) -> list[str]:
    return list(AudienceRule.objects.on(day).get().departments.values_list("external_id", flat=True))


def confirm(client: Client, address: str, said: dict[str, Any], **more: Any) -> HttpResponse:
    """Look at what would change, and let it be done as it stands on the page."""
    form = html.fromstring(client.post(address, said).content).xpath("//form[.//input[@name='seen']]")[0]
    return client.post(address, {**dict(form.form_values()), "confirm": "1", **more})


def test_it_shows_the_tree_of_the_chosen_day(client: Client, town, django_assert_max_num_queries: Any) -> None:
    DepartmentPlace.objects.filter(department=town["S"]).update(until_on=APRIL)

    with django_assert_max_num_queries(25):
        today = client.get(TREE)

    table = html.fromstring(today.content).xpath("//table[contains(@class, 'cms-departments')]/tbody/tr")
    rows = [[" ".join(cell.text_content().split()) for cell in row] for row in table]
    assert rows == [
        ["Kultur", "enhet", "–", "0", "3"],
        ["Norr", "enhet", "Alva Chef", "2", "2"],
        ["Gruppen", "enhet", "–", "0", "0"],
        ["Söder", "enhet", "–", "1", "1"],
    ]
    assert "Söder" not in text(client.get(TREE, {"dag": "2026-04-01"}))
    assert client.get(TREE, {"dag": "2026-13-01"}).status_code == 200


def test_a_merger_is_shown_then_done_and_its_target_group_follows(client: Client, town, coordinator: User) -> None:
    module = give_out("dela").module
    assignment = assign(module, town["N"])
    address = f"{TREE}{town['N'].pk}/sla-samman/"
    said = {
        "others": ["S"],
        "into": "",
        "name": "Mitt",
        "kind": "enhet",
        "unit_id": "M",
        "parent": "K",
        "from_on": "2026-04-01",
    }

    preview = client.post(address, said)

    told = text(preview)
    assert "Mitt (enhet) läggs till under Kultur." in told
    assert "2 personer flyttas från Norr till Mitt." in told
    assert assignment.audience.name in told
    assert module.title in told
    assert not Reorganisation.objects.exists()

    done = confirm(client, address, said)

    protocol = Reorganisation.objects.get()
    assert (done["Location"], protocol.done_by) == (f"{TREE}protokoll/{protocol.pk}/", coordinator)
    assert "Norr upphör." in text(client.get(done["Location"]))
    assert staff_on(APRIL) == {"M": ["1", "2", "3"]}
    assert [named_on(day) for day in (MONDAY, APRIL)] == [["N"], ["M"]]
    page = text(client.get(f"{TREE}{town['N'].pk}/"))
    assert "Har ersatts av" in page
    assert "Mitt genom sammanslagning" in page
    change = AudienceChange.objects.get()
    assert (change.audience, change.corrects_past) == (assignment.audience, False)
    assert [(one["day"], one["came"], one["went"], one["stay"]) for one in change.days] == [(APRIL, 3, 0, 0)]
    assert list(change.rule.departments.values_list("external_id", flat=True)) == ["M"]


def test_a_manager_who_works_here_no_more_is_marked(client: Client, town) -> None:
    EmploymentFactory(user=User.objects.get(employee_number="9"), department=town["N"], until_on=MONDAY)

    assert "Alva Chef (har slutat)" in text(client.get(TREE))


def test_managers_are_changed_from_a_day_on(client: Client, town) -> None:
    UserFactory(employee_number="8", last_name="Bisittare")
    address = f"{TREE}{town['N'].pk}/chefer/"
    leaving = User.objects.get(employee_number="9")

    assert "Alva Chef" in text(client.get(address))
    assert "Ange vem som blir chef" in text(client.post(address, {"from_on": "2026-04-01"}))
    assert "Det finns ingen som får logga in" in text(client.post(address, {"joining": "finns-inte", "from_on": "2026-04-01"}))
    assert "leaving" not in client.get(f"{TREE}{town['S'].pk}/chefer/").context["form"].fields

    done = confirm(client, address, {"joining": "8", "leaving": [leaving.pk], "from_on": "2026-04-01"})

    told = text(client.get(done["Location"]))
    assert "Alva Bisittare blir chef för Norr." in told
    assert "Alva Chef är inte längre chef för Norr." in told
    assert (managers_on(MONDAY)["N"], managers_on(APRIL)["N"]) == ({"9"}, {"8"})


def test_a_target_group_that_is_not_to_follow_stays(client: Client, town) -> None:
    assign(give_out("dela").module, town["N"])
    said = {"others": [], "into": "S", "from_on": "2026-02-01"}

    confirm(client, f"{TREE}{town['N'].pk}/sla-samman/", said, follow=[])

    assert Reorganisation.objects.exists()
    assert AudienceRule.objects.get().departments.get() == town["N"]


@pytest.mark.parametrize("key", ["²", "-1", "9" * 19, "9" * 5000])
def test_a_rule_that_cannot_be_one_follows_nowhere(client: Client, town, key: str) -> None:
    said = {"others": [], "into": "S", "from_on": "2026-02-01"}

    response = confirm(client, f"{TREE}{town['N'].pk}/sla-samman/", said, follow=[key])

    assert response.status_code == 302
    assert Reorganisation.objects.exists()


def test_a_preview_that_is_no_longer_true_is_refused_and_shown_again(client: Client, town) -> None:
    address, said = f"{TREE}{town['S'].pk}/lagg-ned/", {"move_to": "N", "from_on": "2026-04-01"}
    form = html.fromstring(client.post(address, said).content).xpath("//form[.//input[@name='seen']]")[0]
    EmploymentFactory(department=town["S"])

    late = client.post(address, {**dict(form.form_values()), "confirm": "1"})

    assert "Ingenting gjordes" in text(late)
    assert "2 personer flyttas från Söder till Norr." in text(late)
    assert not Reorganisation.objects.exists()


def test_it_says_every_reason_and_does_nothing(client: Client, town) -> None:
    response = client.post(f"{TREE}{town['N'].pk}/lagg-ned/", {"move_to": "", "from_on": "2026-04-01"})

    told = text(response)
    assert "Under Norr finns enheter: Gruppen." in told
    assert "2 personer arbetar i Norr den dagen eller senare." in told
    assert not Reorganisation.objects.exists()


def test_a_split_places_people_and_lists_no_protected_identity(client: Client, town) -> None:
    hidden = UserFactory(employee_number="7", last_name="Dold", is_protected=True)
    EmploymentFactory(department=town["N"], user=hidden)
    address = f"{TREE}{town['N'].pk}/dela/"
    first = client.get(address)
    assert "Person2, Alva" in text(first)
    assert hidden.last_name not in text(first)
    second = User.objects.get(employee_number="2")
    said = {"name_1": "Ett", "unit_id_1": "N1", "name_2": "Två", "unit_id_2": "N2", "from_on": "2026-04-01"}
    said |= {"kind_1": "enhet", "kind_2": "enhet", f"person-{second.pk}": "2", "below-G": "2"}

    confirm(client, address, said)

    assert staff_on(APRIL) == {"N1": ["1", "7"], "N2": ["2"], "S": ["3"]}
    assert Event.objects.filter(verb="persons.viewed").count() == 1


@pytest.mark.parametrize(
    ("what", "said", "name"),
    [
        ("byt-namn", {"name": "Nordan", "kind": "verksamhet"}, "Nordan"),
        ("flytta", {"parent": ""}, "Norr"),
    ],
)
def test_a_name_and_a_place_change_from_the_day(client: Client, town, what: str, said: dict[str, str], name: str) -> None:
    confirm(client, f"{TREE}{town['N'].pk}/{what}/", said | {"from_on": "2026-02-01"})

    assert names_on(FEBRUARY)[town["N"].pk] == name
    assert "Känt tidigare" in text(client.get(f"{TREE}{town['N'].pk}/"))


def test_a_department_begins_with_a_manager(client: Client, town) -> None:
    said = {"name": "Nytt", "kind": "enhet", "unit_id": "X", "parent": "K", "manager": "9", "from_on": "2026-03-02"}
    assert "Det finns ingen som får logga in" in text(client.post(f"{TREE}ny/", said | {"manager": "ingen"}))

    confirm(client, f"{TREE}ny/", said)

    assert Department.objects.get(external_id="X").managers.get().manager.employee_number == "9"


def test_another_principal_is_marked_at_the_top_only(client: Client, town) -> None:
    client.post(f"{TREE}{town['N'].pk}/huvudman/", {"is_other": "1"})
    client.post(f"{TREE}{town['K'].pk}/huvudman/", {"is_other": "1"})

    assert list(Department.objects.filter(is_other_principal=True)) == [town["K"]]
    assert "Annan huvudman" in text(client.get(TREE))


def test_an_employment_is_found_by_name_and_corrected(client: Client, town) -> None:
    employment = Employment.objects.get(user__employee_number="1")
    found = client.get(f"{TREE}personer/", {"sok": "person1"})
    assert f"/personer/{employment.user_id}/" in found.content.decode()

    said = {"from_on": "2025-01-01", "last_on": "2026-01-31"}
    client.post(f"{TREE}personer/anstallning/{employment.pk}/", said)

    assert Employment.objects.known_at(None).get(user=employment.user).until_on == FEBRUARY
    page = text(client.get(f"{TREE}personer/{employment.user_id}/"))
    assert "från 1 januari 2025 till och med 31 januari 2026" in page
    assert "Känt tidigare (1)" in page


def test_an_absence_is_recorded_afterwards(client: Client, town) -> None:
    person = Employment.objects.get(user__employee_number="1").user
    address = f"{TREE}personer/{person.pk}/ny-franvaro/"
    assert address in client.get(f"{TREE}personer/{person.pk}/").content.decode()
    assert "Fel:" in text(client.post(address, {"from_on": "2026-02-10", "last_on": "2026-02-01"}))

    client.post(address, {"from_on": "2026-02-01", "last_on": "2026-02-10"})

    absence = Absence.objects.get(user=person)
    assert (absence.from_on, absence.until_on) == (FEBRUARY, dt.date(2026, 2, 11))


def test_a_protected_person_is_found_by_number_and_never_named(client: Client, town) -> None:
    hidden = UserFactory(employee_number="777", first_name="Dold", last_name="Skyddadsson", is_protected=True)
    EmploymentFactory(user=hidden, department=town["S"])

    assert "Skyddadsson" not in text(client.get(f"{TREE}personer/", {"sok": "Skyddad"}))
    by_number = client.get(f"{TREE}personer/", {"sok": "777"}, follow=True)
    assert "777" in text(by_number)
    assert "Skyddadsson" not in by_number.content.decode()


@pytest.mark.parametrize("who", ["trainer", "manager", "learner", "outsider"])
def test_it_opens_to_coordinators_only(who: str, request: Any, city: Any, town, client_of: ClientOf) -> None:
    client, key = client_of(request.getfixturevalue(who)), town["N"].pk
    person = Employment.objects.get(user__employee_number="1")
    paths = ["", "ny/", f"{key}/", f"{key}/dela/", "personer/", f"personer/{person.user_id}/"]

    for path in paths:
        assert client.get(TREE + path).status_code in (302, 403), path
    assert client.post(f"{TREE}{key}/huvudman/", {"is_other": "1"}).status_code in (302, 403)
    assert not Department.objects.filter(is_other_principal=True).exists()
    assert Audience.objects.count() == 0
