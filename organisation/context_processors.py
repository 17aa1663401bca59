"""What every page knows."""

from __future__ import annotations

from django.core.cache import caches
from django.http import HttpRequest

from organisation.models import City, the_city

CITY_SECONDS = 60


def city(request: HttpRequest) -> dict[str, City]:
    """Give templates the city; read anew each minute, so that a changed name shows soon and pages ask no query for it."""
    return {"city": caches["rendered"].get_or_set("city", the_city, CITY_SECONDS)}  # type: ignore[dict-item]  # the stubs return Any | None


def menu(request: HttpRequest) -> dict[str, bool]:
    """Give templates `is_manager` and `is_coordinator`, as it was at login; costs no query of its own."""
    session = getattr(request, "session", {})
    return {role: bool(session.get(role)) for role in ("is_manager", "is_coordinator")}
