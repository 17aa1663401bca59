"""Two imports at the same moment."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from organisation.actions.import_hr import ImportRunning
from organisation.models import Employment, HrImport, User
from tests.organisation.hr.files import people_file, person
from tests.organisation.hr.importing import imported

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_the_second_waits_for_the_first() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("two real connections need PostgreSQL; its run tries it")
    begin = threading.Barrier(2)
    file = people_file(*(person(str(number)) for number in range(1000, 1200)))

    def work(_number: int) -> int:
        begin.wait()
        try:
            return len(imported(people=file).changes.employments.new)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(work, range(2)))

    assert outcomes == [0, 200]
    assert User.objects.count() == Employment.objects.count() == 200
    assert HrImport.objects.count() == 2


def test_it_refuses_when_something_else_holds_the_database(monkeypatch) -> None:
    from django.db import OperationalError

    from organisation.actions import import_hr

    def locked(*_arguments: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(import_hr, "take_turns", locked)

    with pytest.raises(ImportRunning):
        imported()
