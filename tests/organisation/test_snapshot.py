"""Several queries see one moment, also while an import is carried out."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from organisation.models import Department, Employment
from organisation.snapshot import snapshot
from tests.organisation.hr.files import department, departments_file, people_file, person
from tests.organisation.hr.importing import imported

pytestmark = pytest.mark.django_db(transaction=True)


def import_another() -> None:
    try:
        imported(departments_file(department("D1"), department("D2")), people_file(person(), person("1002", unit="D2")))
    finally:
        connection.close()


@pytest.mark.postgres
def test_an_import_between_two_queries_is_seen_by_neither() -> None:
    imported()
    with ThreadPoolExecutor(1) as pool, snapshot():
        before = Department.objects.count()
        # Where reading shut writers out, this would wait for ever; the pool's result would not come.
        pool.submit(import_another).result(timeout=20)
        inside = before, Employment.objects.count()

    assert inside == (1, 1)
    assert (Department.objects.count(), Employment.objects.count()) == (2, 2)


def read_first() -> int:
    """Read in a thread whose connection is not made yet."""
    try:
        with snapshot():
            return Department.objects.count()
    finally:
        connection.close()


def test_it_may_be_the_first_that_a_connection_does() -> None:
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(read_first).result(timeout=20) == 0


def test_it_ends_with_the_block() -> None:
    with snapshot():
        assert connection.in_atomic_block

    assert not connection.in_atomic_block
    Department.objects.create(external_id="D9")


def test_inside_a_transaction_that_one_holds() -> None:
    with transaction.atomic(), snapshot():
        Department.objects.create(external_id="D9")

    assert Department.objects.filter(external_id="D9").exists()
