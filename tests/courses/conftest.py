"""Learners' pages are read on a day of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.taking import NOON


@pytest.fixture
def today() -> Iterator[None]:
    """The clock of views stands at noon on 2 March 2026."""
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def count_queries() -> Callable[[Callable[[], object]], int]:
    """Count the queries of a job, transaction statements not counted."""

    def count(job: Callable[[], object]) -> int:
        with CaptureQueriesContext(connection) as captured:
            job()
        own = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT", "BEGIN", "COMMIT")
        return len([one for one in captured.captured_queries if not one["sql"].startswith(own)])

    return count
