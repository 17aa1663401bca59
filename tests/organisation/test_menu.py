"""Managers find their pages in the menu."""

import datetime as dt

import pytest
import time_machine

from organisation.context_processors import menu
from tests.factories import ManagerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]


def menu_of(client, rf) -> dict[str, bool]:
    request = rf.get("/")
    request.session = client.session
    return menu(request)


@time_machine.travel(dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC))
def test_it_knows_a_manager(client_of, manager, rf) -> None:
    assert menu_of(client_of(manager), rf) == {"is_manager": True, "is_coordinator": False}


@time_machine.travel(dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC))
def test_it_knows_who_answers_for_nothing(client_of, learner, rf) -> None:
    assert menu_of(client_of(learner), rf) == {"is_manager": False, "is_coordinator": False}


def test_it_knows_a_coordinator(client_of, coordinator, rf) -> None:
    assert menu_of(client_of(coordinator), rf) == {"is_manager": False, "is_coordinator": True}


@time_machine.travel(dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC))
def test_it_forgets_who_has_left_the_post(client_of, youth_centre, rf) -> None:
    former = ManagerFactory(department=youth_centre, until_on=dt.date(2026, 3, 2)).manager

    assert menu_of(client_of(former), rf)["is_manager"] is False
