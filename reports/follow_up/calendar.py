"""Which cycles there are to open: the last whose cut-off has passed, and the next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from reports.models import CycleSettings, Period

# The plan was decided then.
FIRST_YEAR = 2016


@dataclass(frozen=True, order=True)
class Turn:
    """A place in the yearly round, opened or not."""

    cut_off_on: dt.date
    year: int
    period: str

    @property
    def label(self) -> str:
        """The period with its year, as reports are named."""
        return f"{Period(self.period).label} {self.year}"


def turns_to_open(settings: CycleSettings, day: dt.date, opened: Collection[tuple[int, str]]) -> list[Turn]:
    """Return the turns around the day that nobody has opened: the one whose cut-off passed last, and the one that comes."""
    years = (day.year - 1, day.year, day.year + 1)
    turns = sorted(Turn(settings.cut_off_on(year, period), year, period) for year in years for period in Period.values)
    passed = [turn for turn in turns if turn.cut_off_on < day][-1:]
    coming = [turn for turn in turns if turn.cut_off_on >= day][:1]
    return [turn for turn in (*passed, *coming) if (turn.year, turn.period) not in opened]


def turn_of(settings: CycleSettings, year: int, period: str, day: dt.date) -> Turn | None:
    """Return the turn of an address, or `None` for one that is no period or lies beyond next year."""
    if period not in Period.values or not FIRST_YEAR <= year <= day.year + 1:
        return None
    return Turn(settings.cut_off_on(year, period), year, period)
