"""What monitoring asks: database, cache, broker and worker."""

from __future__ import annotations

from collections.abc import Callable

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from kombu.exceptions import OperationalError

from config.celery import app
from config.tasks import HEARTBEAT


class Unwell(Exception):
    """A part does not answer."""


def database_answers() -> None:
    """Raise `DatabaseError` if it does not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def cache_answers() -> None:
    """Raise if what was written cannot be read."""
    cache.set("health", "1", 10)
    if cache.get("health") != "1":
        raise Unwell("cache")


def broker_answers() -> None:
    """Raise `OperationalError` if it does not."""
    with app.connection_for_write() as broker:
        broker.ensure_connection(max_retries=1, timeout=2)


def worker_answers() -> None:
    """Raise if no worker has been heard of for a while."""
    if cache.get(HEARTBEAT) is None:
        raise Unwell("worker")


PARTS: dict[str, Callable[[], None]] = {
    "database": database_answers,
    "cache": cache_answers,
    "broker": broker_answers,
    "worker": worker_answers,
}


def state_of(part: Callable[[], None]) -> str:
    """Return ok or failed; why goes to no stranger."""
    try:
        part()
    except (DatabaseError, OperationalError, OSError, Unwell):
        return "failed"
    return "ok"


@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """Answer 200 when everything works, otherwise 503 and which part does not."""
    states = {name: state_of(part) for name, part in PARTS.items()}
    return JsonResponse(states, status=200 if set(states.values()) == {"ok"} else 503)
