"""What this app hears: somebody completed an edition."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from certificates.tasks import queue_certificate
from courses.signals import completed


@receiver(completed)
def issue_after_completion(completion_id: int, **_kwargs: Any) -> None:
    """Queue the certificate."""
    queue_certificate(completion_id)
