"""When the product writes to people: in office hours on Swedish working days."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import holidays
from django.utils import timezone

OPENS, CLOSES = dt.time(8), dt.time(17)
SATURDAY = 5


@lru_cache(maxsize=16)
def _days_off(year: int) -> holidays.HolidayBase:
    """The red days of a year, and those when nobody works though the law does not say so: Midsummer's Eve and the like."""
    return holidays.country_holidays(
        "SE", years=year, language="sv", include_sundays=False, categories=(holidays.PUBLIC, holidays.DE_FACTO)
    )


def name_of_day_off(day: dt.date) -> str:
    """Return what the day is called if people are free; an ordinary Saturday or Sunday has no name."""
    return str(_days_off(day.year).get(day, ""))


def is_working_day(day: dt.date) -> bool:
    """Whether people work."""
    return day.weekday() < SATURDAY and not name_of_day_off(day)


def is_office_hour(moment: dt.datetime) -> bool:
    """Whether people are at work, in Swedish time."""
    here = timezone.localtime(moment)
    return is_working_day(here.date()) and OPENS <= here.time() < CLOSES


def first_working_day_of_week(day: dt.date) -> dt.date | None:
    """Return when the week's gathered mails go out; `None` in a week without a working day."""
    monday = day - dt.timedelta(days=day.weekday())
    return next((one for one in (monday + dt.timedelta(days=n) for n in range(SATURDAY)) if is_working_day(one)), None)
