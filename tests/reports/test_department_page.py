"""`/chef/<pk>/`: one department, down to the persons who work there."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from courses.models import Exemption, ModuleRule
from organisation.models import Event
from tests.factories import RECORDED, START, DepartmentFactory, EmploymentFactory, ManagerFactory, UserFactory
from tests.reports.record import complete, open_round
from tests.taking import assign

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def show(client_of):
    def get(user, department):
        return client_of(user).get(f"/chef/{department.pk}/")

    return get


def persons(response) -> list[tuple[str, str, str]]:
    """Name, status and days of each person and module."""
    return [(entry.name, line.status.value, line.days) for entry in response.context["roll"].entries for line in entry.lines]


def statuses(response) -> dict[str, str]:
    return {entry.name: entry.status.value for entry in response.context["roll"].entries}


def without_token(response) -> str:
    """The page without what is new each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.text)


def employ(department, last_name: str):
    return EmploymentFactory(department=department, user=UserFactory(first_name="P", last_name=last_name)).user


def test_it_lists_the_most_urgent_first(show, manager, youth_centre, edition) -> None:
    done, exempt, _waiting = (employ(youth_centre, name) for name in ("Färdig", "Undantagen", "Väntande"))
    complete(done, edition, dt.date(2026, 3, 2))
    Exemption.objects.create(user=exempt, module=edition.module, reason="leaving", from_on=START, recorded_at=RECORDED)

    assert statuses(show(manager, youth_centre)) == {
        "P Väntande": "not_done",
        "P Färdig": "done",
        "P Undantagen": "exempt",
    }
    assert list(statuses(show(manager, youth_centre))) == ["P Väntande", "P Färdig", "P Undantagen"]
    assert ">1 är undantagen</a>.</p>" in show(manager, youth_centre).text


def test_it_shows_who_is_overdue(show, manager, learner, youth_centre, edition) -> None:
    assign(edition.module, youth_centre, due_on=dt.date(2026, 3, 30))

    ((_name, status, days),) = persons(show(manager, youth_centre))

    assert status == "overdue"
    assert "30 mars 2026" in days


def test_it_knows_the_due_day_of_an_employment_elsewhere(
    show, manager, learner, youth_centre, other_department, edition
) -> None:
    EmploymentFactory(user=learner, department=other_department)
    assign(edition.module, other_department, due_on=dt.date(2026, 3, 30))

    assert statuses(show(manager, youth_centre)) == {"Lo Kråkbär": "overdue"}


def test_it_shows_whose_completion_has_run_out(show, manager, learner, youth_centre, edition) -> None:
    ModuleRule.objects.create(module=edition.module, validity_months=1, from_on=START, recorded_at=RECORDED)
    complete(learner, edition, dt.date(2026, 2, 10))

    ((_name, status, days),) = persons(show(manager, youth_centre))

    assert status == "overdue"
    assert "10 februari 2026" in days
    assert "9 mars 2026" in days


def test_it_does_not_tell_who_has_started(show, manager, learner, youth_centre, edition) -> None:
    before = without_token(show(manager, youth_centre))
    open_round(learner, edition.module, dt.date(2026, 3, 1))

    assert without_token(show(manager, youth_centre)) == before


def test_it_counts_the_protected_and_lists_them_nowhere(show, manager, learner, youth_centre, edition) -> None:
    learner.is_protected = True
    learner.save()

    response = show(manager, youth_centre)

    assert response.context["roll"].share.target == 1
    assert response.context["roll"].hidden == 1
    assert persons(response) == []
    assert "Kråkbär" not in response.text


def test_it_lists_everybody_below_with_where_they_work(show, administration, youth_centre, learner, edition) -> None:
    above = ManagerFactory(department=administration).manager

    (entry,) = show(above, administration).context["roll"].entries

    assert (entry.name, entry.units) == ("Lo Kråkbär", "Ungdomens hus")


def test_it_sorts_names_as_in_swedish(show, manager, youth_centre, edition) -> None:
    for name in ("Öberg", "Ärlig", "Åberg", "Zetter", "ʼAlī", "Łukasz"):
        employ(youth_centre, name)

    listed = list(statuses(show(manager, youth_centre)))

    assert listed[-6:].index("P Zetter") < listed.index("P Åberg") < listed.index("P Ärlig") < listed.index("P Öberg")


def test_it_logs_that_names_were_seen(show, manager, learner, youth_centre, edition) -> None:
    show(manager, youth_centre)

    event = Event.objects.get(verb="persons.viewed")
    assert (event.actor, event.subject_id, event.details) == (manager, str(youth_centre.pk), {"rows": 1})


def test_it_says_so_when_nothing_is_assigned(show, manager, learner, youth_centre) -> None:
    response = show(manager, youth_centre)

    assert response.status_code == 200
    assert "Kråkbär" not in response.text


@pytest.mark.parametrize("somebody", ["other_manager", "learner", "trainer", "coordinator", "outsider"])
def test_it_is_not_found_for_others(show, request, somebody, learner, youth_centre, edition) -> None:
    assert show(request.getfixturevalue(somebody), youth_centre).status_code == 404
    assert not Event.objects.filter(verb="persons.viewed").exists()


def test_it_is_not_found_above_the_own_department(show, manager, administration, edition) -> None:
    assert show(manager, administration).status_code == 404


def test_it_asks_strangers_to_log_in(client, youth_centre) -> None:
    assert client.get(f"/chef/{youth_centre.pk}/").status_code == 302


def test_it_asks_at_most_fifteen_queries_whatever_the_number(
    client_of, manager, youth_centre, edition, django_assert_max_num_queries
) -> None:
    client = client_of(manager)
    client.get(f"/chef/{youth_centre.pk}/")
    below = DepartmentFactory(parent=youth_centre)
    for number in range(500):
        EmploymentFactory(department=below if number % 2 else youth_centre, user__password=None)

    with django_assert_max_num_queries(15):
        response = client.get(f"/chef/{youth_centre.pk}/")

    assert len(response.context["page"].object_list) == 50
    assert response.context["roll"].share.target == 500
