"""Two reorganisations at the same moment."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from organisation.actions.reorganise import ReorganisationRefused
from organisation.models import Reorganisation
from organisation.reorganising.requests import Merging, Request
from tests.factories import DepartmentFactory, EmploymentFactory
from tests.organisation.reorganising import APRIL, done, staff_on

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_the_second_sees_what_the_first_has_done() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("two real connections need PostgreSQL; its run tries it")
    for unit in ("A", "B", "C"):
        EmploymentFactory(department=DepartmentFactory(external_id=unit), user__employee_number=unit)
    begin = threading.Barrier(2)

    def work(request: Request) -> str:
        begin.wait()
        try:
            done(request)
        except ReorganisationRefused:
            return "refused"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(work, [Merging(("A", "B"), into="C"), Merging(("B", "C"), into="A")]))

    assert outcomes == ["done", "refused"]
    assert Reorganisation.objects.count() == 1
    assert sum(len(people) for people in staff_on(APRIL).values()) == 3
