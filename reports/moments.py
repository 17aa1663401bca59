"""Days and moments as they are written on the command line."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

# Beyond these somebody has mistyped.
FIRST_DAY, LAST_DAY = dt.date(2000, 1, 1), dt.date(2999, 12, 31)


def day_of(text: str) -> dt.date | None:
    """Return the day; `None` if it is none."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None


def moment_of(text: str) -> dt.datetime | None:
    """Return the moment, without a zone in Swedish time; `None` if it is none."""
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    if not FIRST_DAY <= moment.date() <= LAST_DAY:
        return None
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
