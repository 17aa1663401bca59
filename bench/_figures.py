"""Fills a database for `bench.figures`, or measures in it, and prints JSON. Each in a process of its own, for its memory."""

from __future__ import annotations

import datetime as dt
import json
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

MODULES, YEARS = 3, 3
LINE = 500
REQUESTS = 20


def fill(staff: int) -> dict[str, Any]:
    """Make the tables and the people."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    started = time.perf_counter()
    call_command("seed_scale", staff=staff, modules=MODULES, years=YEARS, stdout=sys.stderr)
    return {"seconds": time.perf_counter() - started}


def measure(rounds: int) -> dict[str, Any]:
    """Ask the figures and the floor in turn, as of today and of a day last year; refuse if they differ."""
    from django.utils import timezone

    from bench._figures_floor import Floor
    from courses.validity import valid_since
    from organisation.models import Department
    from reports.counting import COUNTED
    from reports.figures import figures
    from reports.record import terms_on

    today = timezone.localdate()
    numbers = dict(Department.objects.values_list("external_id", "pk"))
    found: dict[str, list[float]] = {"figures": [], "floor": []}
    for day in (today, today - dt.timedelta(days=200)):
        terms = terms_on(day)
        rows = [
            (
                one.module_id,
                valid_since(day, one.validity_months) or dt.date.min,
                one.refresher_major or 0,
                one.refresh_by is not None and one.refresh_by < day,
            )
            for one in terms.values()
        ]
        keys = {one.slug: one.module_id for one in terms.values()}
        floor = Floor(day, rows)
        for _ in range(rounds):
            answer = timed(lambda day=day: figures(day), found["figures"])
            below = timed(floor.ask, found["floor"])
        for row in answer:
            counts = tuple(getattr(row, name) for name in COUNTED)
            if counts != below.get((keys[row.module], numbers[row.department]), (0,) * len(COUNTED)):
                raise SystemExit(f"figures and floor differ: {row}")
    return {name: statistics.median(times) for name, times in found.items()}


def timed(job: Callable[[], Any], times: list[float]) -> Any:
    started = time.perf_counter()
    answer = job()
    times.append(time.perf_counter() - started)
    return answer


def memory() -> dict[str, Any]:
    """Ask the figures once, and nothing else."""
    from django.utils import timezone

    from reports.figures import figures

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    figures(timezone.localdate())
    return {"before": before / 1024, "after": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def line() -> dict[str, Any]:
    """Open `/chef/` as the manager of the department with nearest to `LINE` persons below.

    Milliseconds from the client's request to the whole answer, the median of `REQUESTS`, and how many of them Python works.
    """
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from organisation.models import DepartmentManager
    from reports.figures import figures

    # What a web process does before its first visitor.
    import_module("config.wsgi")
    settings.ALLOWED_HOSTS = ["*"]
    # As in production, where no query is written down.
    settings.DEBUG = False
    today = timezone.localdate()
    whole = list(figures(today, modules=["skala-0"]))
    nearest = min(whole, key=lambda one: abs(one.target + one.exempt - LINE))
    manager = DepartmentManager.objects.get(department__external_id=nearest.department).manager
    client = Client()
    client.force_login(manager)
    times: list[float] = []
    own: list[float] = []
    client.get("/chef/")
    with CaptureQueriesContext(connection) as queries:
        answer = client.get("/chef/")
    if answer.status_code != 200:
        raise SystemExit(f"/chef/ answered {answer.status_code}")
    asked = len(queries)
    for _ in range(REQUESTS):
        used = time.process_time()
        timed(lambda: client.get("/chef/"), times)
        own.append(time.process_time() - used)
    return {
        "persons": nearest.target + nearest.exempt,
        "ms": statistics.median(times) * 1000,
        "own_ms": statistics.median(own) * 1000,
        "queries": asked,
    }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    job, *numbers = sys.argv[1:]
    print(json.dumps({"fill": fill, "measure": measure, "memory": memory, "line": line}[job](*map(int, numbers))))
