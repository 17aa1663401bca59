"""Background work that belongs to no app."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from celery.signals import worker_ready
from django.core.cache import cache
from django.utils import timezone

HEARTBEAT = "worker-heartbeat"
HEARTBEAT_SECONDS = 120


@shared_task(name="config.heartbeat")
def heartbeat() -> None:
    """Let the health page know that a worker works."""
    cache.set(HEARTBEAT, timezone.now().isoformat(), HEARTBEAT_SECONDS)


@worker_ready.connect
def first_heartbeat(**_kwargs: Any) -> None:
    """A worker that has just started works."""
    heartbeat()
