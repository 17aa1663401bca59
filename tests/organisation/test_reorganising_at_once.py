"""Two reorganisations at the same moment."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from organisation.actions.reorganise import ReorganisationRefused
from organisation.models import DepartmentName, Reorganisation
from organisation.reorganising.calling_off import CallingOff
from organisation.reorganising.requests import Merging, Renaming, Request
from tests.factories import DepartmentFactory, EmploymentFactory
from tests.organisation.reorganising import APRIL, done, staff_on

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def outcomes_of(*requests: Request) -> list[str]:
    """Ask for all of them at the same moment."""
    begin = threading.Barrier(len(requests))

    def work(request: Request) -> str:
        begin.wait()
        try:
            done(request)
        except ReorganisationRefused:
            return "refused"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(requests)) as pool:
        return sorted(pool.map(work, requests))


@pytest.fixture(autouse=True)
def _two_real_connections() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("two real connections need PostgreSQL; its run tries it")


def test_the_second_sees_what_the_first_has_done() -> None:
    for unit in ("A", "B", "C"):
        EmploymentFactory(department=DepartmentFactory(external_id=unit), user__employee_number=unit)

    outcomes = outcomes_of(Merging(("A", "B"), into="C"), Merging(("B", "C"), into="A"))

    assert outcomes == ["done", "refused"]
    assert Reorganisation.objects.count() == 1
    assert sum(len(people) for people in staff_on(APRIL).values()) == 3


def test_it_is_called_off_by_one_of_two() -> None:
    DepartmentFactory(external_id="A", name="Norr")
    protocol = done(Renaming("A", "Syd", "enhet"))

    assert outcomes_of(CallingOff(protocol), CallingOff(protocol)) == ["done", "refused"]
    assert Reorganisation.objects.filter(takes_back=protocol).count() == 1


def test_what_is_changed_at_the_moment_when_it_is_called_off_is_seen() -> None:
    DepartmentFactory(external_id="A", name="Norr")
    protocol = done(Renaming("A", "Syd", "enhet"))

    outcomes = outcomes_of(CallingOff(protocol), Renaming("A", "Ost", "enhet"))

    names = DepartmentName.objects.on(APRIL).values_list("name", flat=True)
    # Whichever came first: a later name holds, and calling off is refused if it is there already.
    assert (outcomes, list(names)) in [(["done", "done"], ["Ost"]), (["done", "refused"], ["Ost"])]
