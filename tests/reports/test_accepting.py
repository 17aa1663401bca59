"""`/chef/tilldelning/<pk>/`: a manager accepts a proposed assignment, having seen what it means."""

from __future__ import annotations

import datetime as dt

import pytest

from courses.models import Acceptance
from organisation.history import end
from organisation.models import Event
from tests.factories import RECORDED, EmploymentFactory, ManagerFactory, UserFactory
from tests.taking import assign

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def proposal(edition, administration, youth_centre, other_department):
    """Waits for the youth centre and for the other department."""
    assignment = assign(edition.module, youth_centre, accepted_on=None)
    assignment.audience.rules.get().departments.add(other_department)
    return assignment


def address(proposal) -> str:
    return f"/chef/tilldelning/{proposal.pk}/"


def accept(client, proposal, departments, seen=None):
    seen = client.get(address(proposal)).context["decision"].seen if seen is None else seen
    return client.post(address(proposal), {"departments": [one.pk for one in departments], "seen": seen})


def test_it_shows_persons_and_working_hours_of_own_departments(client_of, manager, learner, youth_centre, proposal) -> None:
    for _ in range(19):
        EmploymentFactory(department=youth_centre)

    (choice,) = client_of(manager).get(address(proposal)).context["decision"].choices

    # Two steps of four and five minutes: 20 × 9 minutes are three hours.
    assert (choice.name, choice.reach.persons, choice.reach.minutes, choice.reach.hours) == ("Ungdomens hus", 20, 9, 3)


def test_it_names_the_persons_but_those_with_protected_identity_and_those_to_come(
    client_of, manager, learner, youth_centre, other_department, edition, today
) -> None:
    proposal = assign(edition.module, youth_centre, from_on=today + dt.timedelta(days=20), accepted_on=None)
    EmploymentFactory(department=youth_centre, user=UserFactory(first_name="Hemlig", last_name="Vän", is_protected=True))
    EmploymentFactory(department=other_department, user=UserFactory(first_name="Annan", last_name="Bort"))
    EmploymentFactory(
        department=youth_centre,
        user=UserFactory(first_name="Ny", last_name="Sedan"),
        from_on=today + dt.timedelta(days=10),
    )

    page = client_of(manager).get(address(proposal))

    (choice,) = page.context["decision"].choices
    assert (choice.people, choice.reach.persons, choice.unnamed) == (["Lo Kråkbär"], 3, 2)
    words = page.content.decode()
    assert "Lo Kråkbär" in words
    assert not [name for name in ("Hemlig", "Annan", "Ny Sedan") if name in words]


def test_it_seals_what_was_seen(client_of, manager, learner, youth_centre, proposal, today) -> None:
    response = accept(client_of(manager), proposal, [youth_centre])

    acceptance = Acceptance.objects.get(assignment=proposal)
    assert response["Location"] == "/chef/"
    assert (acceptance.department, acceptance.accepted_by, acceptance.accepted_on) == (youth_centre, manager, today)
    assert (acceptance.persons, acceptance.minutes) == (1, 9)
    assert Event.objects.filter(verb="assignment.accepted", actor=manager).count() == 1


def test_it_accepts_a_double_click_once(client_of, manager, learner, youth_centre, proposal) -> None:
    client = client_of(manager)
    seen = client.get(address(proposal)).context["decision"].seen

    answers = [accept(client, proposal, [youth_centre], seen) for _ in range(2)]

    assert [answer["Location"] for answer in answers] == ["/chef/", "/chef/"]
    assert Acceptance.objects.filter(assignment=proposal).count() == 1
    assert Event.objects.filter(verb="assignment.accepted").count() == 1


def test_it_asks_again_when_the_numbers_have_changed(client_of, manager, learner, youth_centre, proposal) -> None:
    client = client_of(manager)
    seen = client.get(address(proposal)).context["decision"].seen
    EmploymentFactory(department=youth_centre)

    response = accept(client, proposal, [youth_centre], seen)

    assert response["Location"] == address(proposal)
    assert not Acceptance.objects.filter(assignment=proposal).exists()


def test_it_lets_a_manager_above_accept(client_of, administration, learner, youth_centre, proposal) -> None:
    above = ManagerFactory(department=administration).manager

    accept(client_of(above), proposal, [youth_centre])

    assert Acceptance.objects.get(assignment=proposal).accepted_by == above


def test_it_asks_for_which_of_several(client_of, manager, learner, youth_centre, other_department, proposal) -> None:
    ManagerFactory(manager=manager, department=other_department)
    client = client_of(manager)

    refused = accept(client, proposal, [])
    accept(client, proposal, [other_department])

    assert refused.status_code == 200
    assert refused.context["form"].errors
    assert [one.department for one in Acceptance.objects.filter(assignment=proposal)] == [other_department]


def test_it_refuses_a_department_of_somebody_else(client_of, manager, learner, other_department, proposal) -> None:
    response = accept(client_of(manager), proposal, [other_department])

    assert response.status_code == 200
    assert not Acceptance.objects.filter(assignment=proposal).exists()


@pytest.mark.parametrize("somebody", ["learner", "trainer", "coordinator", "outsider"])
def test_it_is_not_found_for_others(client_of, request, somebody, learner, youth_centre, proposal) -> None:
    client = client_of(request.getfixturevalue(somebody))

    assert client.get(address(proposal)).status_code == 404
    assert accept(client, proposal, [youth_centre], seen="").status_code == 404
    assert not Acceptance.objects.filter(assignment=proposal).exists()


def test_it_is_not_found_for_a_manager_whom_it_does_not_concern(client_of, other_manager, edition, youth_centre) -> None:
    proposal = assign(edition.module, youth_centre, accepted_on=None)

    assert client_of(other_manager).get(address(proposal)).status_code == 404


def test_it_asks_strangers_to_log_in(client, proposal) -> None:
    assert client.get(address(proposal)).status_code == 302


def test_it_offers_nothing_once_the_assignment_has_ended(client_of, manager, learner, youth_centre, proposal, today) -> None:
    end(proposal, until_on=today, by=None, at=RECORDED)

    response = client_of(manager).get(address(proposal))

    assert response.status_code == 200
    assert response.context["decision"].waiting == []


def test_it_shows_what_is_accepted_already(client_of, manager, learner, youth_centre, proposal) -> None:
    client = client_of(manager)
    accept(client, proposal, [youth_centre])

    (choice,) = client.get(address(proposal)).context["decision"].choices

    assert choice.accepted_on == dt.date(2026, 3, 31)


def test_it_says_when_the_days_are_counted_after_joining(client_of, manager, youth_centre, edition) -> None:
    proposal = assign(edition.module, youth_centre, accepted_on=None, due_days=30)
    client = client_of(manager)

    assert "senast 30 dagar efter att personen kom in i målgruppen" in client.get("/chef/").content.decode()
    assert "senast 30 dagar efter att ha kommit in i den" in client.get(address(proposal)).content.decode()
