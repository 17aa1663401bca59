"""Where everybody stands is read as it is asked for, and joined and sorted in the memory that is set aside for it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import psycopg
import pytest
from django.db import connection

from courses.assignments import targets_on
from reports.counting import SETTINGS, standings_on
from reports.record import terms_on
from tests.factories import EmploymentFactory
from tests.reports.record import give_out
from tests.taking import assign

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
DAY = dt.date(2026, 3, 3)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no such settings; PostgreSQL's run tries it")
def test_the_first_rows_are_fetched_in_the_memory_that_is_set_aside(monkeypatch, administration, youth_centre) -> None:
    assign(give_out("informationsdelning").module, administration)
    EmploymentFactory(department=youth_centre)
    fetch, memory = psycopg.ServerCursor.fetchmany, []

    def fetch_and_ask(cursor: Any, size: int) -> Any:
        with connection.cursor() as another:
            another.execute("SHOW work_mem")
            memory.append(another.fetchone()[0])
        return fetch(cursor, size)

    monkeypatch.setattr(psycopg.ServerCursor, "fetchmany", fetch_and_ask)
    people = list(standings_on(DAY, None, targets_on(DAY), terms_on(DAY, None)))

    assert len(people) == 1
    assert memory[0] == SETTINGS["work_mem"]
    assert memory[-1] != SETTINGS["work_mem"]
