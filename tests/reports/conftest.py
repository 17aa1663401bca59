"""A module that the youth centre's administration has accepted."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from courses.models import Edition
from tests.drafts import given_out
from tests.taking import assign

TODAY = dt.date(2026, 3, 31)
NOON = dt.datetime(2026, 3, 31, 10, tzinfo=dt.UTC)


@pytest.fixture
def today(city):
    with time_machine.travel(NOON, tick=False):
        yield TODAY


@pytest.fixture
def edition(administration) -> Edition:
    """Given out, nine minutes long, and assigned to the administration by the end of April."""
    edition = given_out()
    assign(edition.module, administration)
    return edition
