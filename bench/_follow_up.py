"""Freezes and publishes where `bench._figures` has filled a database, and prints JSON; a process of its own, for its memory."""

from __future__ import annotations

import datetime as dt
import json
import os
import resource
import time
from collections.abc import Callable
from typing import Any

CYCLES = (("april", 100), ("augusti", 1))
"""A period, and how many days ago it was cut off; the second is frozen with its bridges from the first."""


def timed(found: dict[str, Any], name: str, job: Callable[[], Any]) -> Any:
    started = time.perf_counter()
    answer = job()
    found[name] = time.perf_counter() - started
    return answer


def measure() -> dict[str, Any]:
    """Freeze and publish both; what is told is of the second."""
    from organisation.models import User

    by, found = User.objects.order_by("pk").first(), dict[str, Any]()
    for period, days in CYCLES:
        report = one_cycle(period, days, by, found)
    return found | outputs(report, by, found)


def one_cycle(period: str, days: int, by: Any, found: dict[str, Any]) -> Any:
    from django.utils import timezone

    from courses.assignments import targets_on
    from reports.counting import counts_on
    from reports.follow_up.approving import approve
    from reports.follow_up.composing import draft_parts
    from reports.follow_up.freezing import freeze
    from reports.follow_up.publishing import publish
    from reports.models import Cycle
    from reports.record import terms_on

    now = timezone.now()
    day = timezone.localdate(now) - dt.timedelta(days=days)
    cycle = Cycle.objects.create(year=day.year, period=period, cut_off_on=day, opened_at=now)
    report = timed(found, "freeze", lambda: freeze(cycle, by=by, at=now))
    found["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    timed(found, "floor", lambda: counts_on(day, now, targets_on(day, known_at=now), terms_on(day, now)))
    timed(found, "suppression", lambda: draft_parts(report))
    approve(report, by=by, at=now)
    publish(report, case_number="KS 1", by=by, at=now)
    return report


def outputs(report: Any, by: Any, found: dict[str, Any]) -> dict[str, Any]:
    """Make every file once more, and open the page."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from reports.follow_up.composing import report_of
    from reports.follow_up.outputs import make_all

    settings.ALLOWED_HOSTS = ["*"]
    drawn = report_of(type(report).objects.select_related("publication", "cycle").get(pk=report.pk))
    timed(found, "outputs", lambda: make_all(drawn))
    client = Client()
    client.force_login(by)
    address = f"/uppfoljning/{report.cycle.year}/{report.cycle.period}/"
    # What holds for the whole site is asked for once a minute, whatever is opened.
    client.get(address, secure=True)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(address, secure=True)
    if page.status_code != 200:
        raise SystemExit(f"{address} answered {page.status_code}")
    return {"queries": len(queries), "kilobytes": len(page.content) / 1000}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    print(json.dumps(measure()))
