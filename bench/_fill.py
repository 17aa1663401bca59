"""Fills an empty database for `bench.steps` and prints what it needs to know: the session, the address, the queries."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable
from typing import Any

STEPS = 50
ADDRESS = "/moduler/informationsdelning/l25/"
# What the browser sends when the lesson's question is answered.
ANSWER = {"do": "answer", "revision": "1", "question": "l25-q", "answer": "l25-q-a"}


def main() -> None:
    """Make a module of many steps and a learner in the middle of it; print JSON."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client
    from django.utils import timezone

    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    from tests.drafts import check, draft, given_out, lesson
    from tests.factories import CityFactory, EmploymentFactory
    from tests.taking import take_lesson

    CityFactory()
    settings.ALLOWED_HOSTS = ["*"]
    now = timezone.now()
    steps = [lesson(f"l{number}") for number in range(1, STEPS)]
    edition = given_out(
        draft(*steps, check()), in_force_from=timezone.localdate(now) - dt.timedelta(days=1), at=now - dt.timedelta(hours=1)
    )
    learner = EmploymentFactory().user
    for number in range(1, 25):
        take_lesson(learner, edition, f"l{number}", at=now)
    client = Client()
    client.force_login(learner)
    queries = {"page": count(lambda: client.get(ADDRESS))}
    queries["answer"] = count(lambda: client.post(ADDRESS, ANSWER))
    print(json.dumps({"session": client.cookies["session"].value, "address": ADDRESS, "queries": queries}))


def count(job: Callable[[], Any]) -> int:
    """Return how many queries a job asks, transaction statements not counted."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    job()
    with CaptureQueriesContext(connection) as captured:
        answer = job()
    if answer.status_code not in {200, 302}:
        raise SystemExit(f"answered {answer.status_code}")
    own = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT", "ROLLBACK")
    return len([query for query in captured.captured_queries if not query["sql"].startswith(own)])


if __name__ == "__main__":
    main()
