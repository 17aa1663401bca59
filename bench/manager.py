"""`/chef/` with 500 persons below, beside a floor: a plain view with the same middleware, session and base template."""

from __future__ import annotations

import datetime as dt
import os
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager

import django
from django.test import Client

DEPARTMENTS, EACH = 10, 50
MODULES = 3
ROUNDS = 30
# 500 people are made; nobody logs in by password.
QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def main() -> None:
    """Print milliseconds and queries of both pages."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext

    with temporary_database(), transaction.atomic():
        client = client_of_manager()
        size = f"{DEPARTMENTS * EACH} persons in {DEPARTMENTS} departments, {MODULES} modules"
        print(f"{size}; {ROUNDS} requests each; {connection.vendor}\n")
        print("| page | ms (median) | queries |")
        print("|---|---|---|")
        for name, address in (("floor: base template, logged in", "/golv/"), ("/chef/", "/chef/")):
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(address)
            asked = len(queries)  # the next request forgets them
            if answer.status_code != 200:
                raise SystemExit(f"{address} answered {answer.status_code}")
            print(f"| {name} | {milliseconds(client, address):.1f} | {asked} |")
        transaction.set_rollback(True)


def milliseconds(client: Client, address: str) -> float:
    """Return the median time of a request, the client's own work included."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        client.get(address)
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


@contextmanager
def temporary_database() -> Iterator[None]:
    """Use an empty database that goes away afterwards, and one more address: the floor."""
    from django.conf import settings
    from django.test.utils import get_runner, override_settings

    runner = get_runner(settings)(verbosity=0, interactive=False)
    runner.setup_test_environment()
    databases = runner.setup_databases()
    try:
        with override_settings(ROOT_URLCONF="bench._floor", PASSWORD_HASHERS=QUICK):
            yield
    finally:
        runner.teardown_databases(databases)
        runner.teardown_test_environment()


def client_of_manager() -> Client:
    """Make the organisation, and return a client logged in as its manager."""
    from django.utils import timezone

    from tests.factories import CityFactory, DepartmentFactory, EmploymentFactory, ManagerFactory
    from tests.reports.record import complete, give_out
    from tests.taking import assign

    CityFactory()
    top = DepartmentFactory()
    manager = ManagerFactory(department=top).manager
    day = timezone.localdate()
    editions = [give_out(f"modul-{number}") for number in range(MODULES)]
    for edition in editions:
        assign(edition.module, top, due_on=day)
    for _ in range(DEPARTMENTS):
        below = DepartmentFactory(parent=top)
        for number in range(EACH):
            person = EmploymentFactory(department=below).user
            for edition in editions[: number % (MODULES + 1)]:
                complete(person, edition, day - dt.timedelta(days=1))
    client = Client()
    client.force_login(manager)
    return client
