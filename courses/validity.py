"""How long a completion is valid."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from dateutil.relativedelta import relativedelta


# Pages with many persons ask again and again for the days of some years.
@lru_cache(maxsize=10_000)
def valid_until(completed_on: dt.date, months: int | None) -> dt.date | None:
    """Return the first day when the completion is no longer valid; `None` for ever.

    Calendar months; a day that the last month lacks becomes its last day.
    """
    return None if months is None else completed_on + relativedelta(months=months)


def valid_since(day: dt.date, months: int | None) -> dt.date | None:
    """Return the first day of completion that is still valid on `day`; `None` if all are."""
    if months is None:
        return None
    completed_on = day - relativedelta(months=months)
    while completed_on + relativedelta(months=months) <= day:
        completed_on += dt.timedelta(days=1)
    return completed_on
