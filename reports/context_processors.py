"""What the foot of every page knows of the reports."""

from __future__ import annotations

from collections.abc import Callable

from django.core.cache import caches
from django.http import HttpRequest

from reports.follow_up.access import Reader, is_open_to
from reports.models import Publication

KEPT_SECONDS = 60


def public_reports(request: HttpRequest) -> dict[str, Callable[[], bool]]:
    """Give templates `has_public_reports`. It is asked for visitors only, anew each minute, so pages ask no query for it."""
    return {"has_public_reports": lambda: bool(caches["rendered"].get_or_set("public-reports", _are_there, KEPT_SECONDS))}


def _are_there() -> bool:
    return is_open_to(Reader.PUBLIC) and Publication.objects.exists()
