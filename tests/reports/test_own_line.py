"""`/chef/`: the departments that somebody answers for."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from courses.models import Exemption
from organisation.history import end
from organisation.models import DepartmentManager, DepartmentPlace, Event
from tests.factories import RECORDED, START, DepartmentFactory, EmploymentFactory, ManagerFactory
from tests.reports.record import complete
from tests.taking import assign

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def page(client_of, user, address="/chef/"):
    return client_of(user).get(address)


def shares(response) -> list[tuple[int, int, int, int]]:
    """Overdue, not done, done, exempt of each module."""
    return [(part.share.overdue, part.share.not_done, part.share.done, part.share.exempt) for part in response.context["parts"]]


def test_it_shows_how_far_everybody_has_come(client_of, manager, learner, youth_centre, edition) -> None:
    complete(learner, edition, dt.date(2026, 3, 2))
    EmploymentFactory(department=youth_centre)
    exempt = EmploymentFactory(department=youth_centre).user
    Exemption.objects.create(user=exempt, module=edition.module, reason="leaving", from_on=START, recorded_at=RECORDED)

    response = page(client_of, manager)

    assert shares(response) == [(0, 1, 1, 1)]
    assert "1 av 2" in response.text or "1 of 2" in response.text


def test_it_counts_everything_below(client_of, administration, youth_centre, learner, edition) -> None:
    above = ManagerFactory(department=administration).manager

    response = page(client_of, above)

    (part,) = response.context["parts"]
    assert [(row.name, row.level, row.share.target) for row in part.departments] == [
        ("Kultur- och fritidsförvaltningen", 0, 1),
        ("Ungdomens hus", 1, 1),
    ]


def test_it_counts_a_person_in_two_own_departments_once(client_of, manager, learner, administration, edition) -> None:
    second = DepartmentFactory(parent=administration)
    ManagerFactory(manager=manager, department=second)
    EmploymentFactory(user=learner, department=second)

    response = page(client_of, manager)

    assert shares(response) == [(0, 1, 0, 0)]
    assert len(response.context["parts"][0].departments) == 2


def test_it_shows_a_department_below_another_own_one_once(client_of, manager, learner, administration, edition) -> None:
    ManagerFactory(manager=manager, department=administration)

    (part,) = page(client_of, manager).context["parts"]

    assert [row.name for row in part.departments] == ["Kultur- och fritidsförvaltningen", "Ungdomens hus"]


def test_it_names_nobody_and_logs_nothing(client_of, manager, learner, edition) -> None:
    response = page(client_of, manager)

    assert "Kråkbär" not in response.text
    assert not Event.objects.filter(verb="persons.viewed").exists()


def test_it_says_so_when_nothing_is_assigned(client_of, manager, learner) -> None:
    response = page(client_of, manager)

    assert response.status_code == 200
    assert response.context["parts"] == []


def test_it_says_so_when_the_department_is_closed(client_of, manager, learner, youth_centre, edition, today) -> None:
    end(DepartmentPlace.objects.get(department=youth_centre), until_on=today, by=None, at=RECORDED)

    response = page(client_of, manager)

    assert response.status_code == 200
    assert response.context["own"] == []


def test_it_is_not_found_for_who_has_left_the_post(client_of, manager, youth_centre, today) -> None:
    end(DepartmentManager.objects.get(manager=manager), until_on=today, by=None, at=RECORDED)

    assert page(client_of, manager).status_code == 404


def test_it_is_not_found_for_who_works_nowhere_any_more_though_no_file_has_said_so(client_of, manager, learner, today) -> None:
    EmploymentFactory(user=manager, until_on=today)

    assert page(client_of, manager).status_code == 404


def test_it_is_found_again_for_who_returns(client_of, manager, learner, today) -> None:
    EmploymentFactory(user=manager, until_on=today - dt.timedelta(days=30))
    EmploymentFactory(user=manager, from_on=today)

    assert page(client_of, manager).status_code == 200


@pytest.mark.parametrize("somebody", ["learner", "trainer", "coordinator", "outsider"])
def test_it_is_not_found_for_who_answers_for_nothing(client_of, request, somebody) -> None:
    assert page(client_of, request.getfixturevalue(somebody)).status_code == 404


def test_it_asks_strangers_to_log_in(client) -> None:
    assert client.get("/chef/")["Location"] == f"{reverse('account_login')}?next=/chef/"


def test_it_shows_what_waits_for_a_decision(client_of, manager, youth_centre, learner, edition) -> None:
    waiting = assign(edition.module, youth_centre, accepted_on=None)

    response = page(client_of, manager)

    (proposal,) = response.context["proposals"]
    assert proposal.assignment == waiting
    assert proposal.departments == ["Ungdomens hus"]


def test_it_shows_what_waits_and_begins_later(client_of, manager, youth_centre, edition) -> None:
    later = dt.date(2026, 9, 1)
    waiting = assign(edition.module, youth_centre, accepted_on=None, from_on=later, due_on=dt.date(2026, 12, 1))

    assert [one.assignment for one in page(client_of, manager).context["proposals"]] == [waiting]


def test_it_shows_no_proposal_to_others(client_of, other_manager, youth_centre, edition) -> None:
    assign(edition.module, youth_centre, accepted_on=None)

    assert page(client_of, other_manager).context["proposals"] == []


def test_it_asks_at_most_thirteen_queries_whatever_the_number(
    client_of, manager, youth_centre, edition, django_assert_max_num_queries
) -> None:
    client = client_of(manager)
    client.get("/chef/")
    with django_assert_max_num_queries(13) as few:
        client.get("/chef/")

    for _ in range(10):
        below = DepartmentFactory(parent=youth_centre)
        for _ in range(50):
            EmploymentFactory(department=below)
    with django_assert_max_num_queries(13) as many:
        response = client.get("/chef/")

    assert shares(response) == [(0, 500, 0, 0)]
    assert len(many) == len(few)
