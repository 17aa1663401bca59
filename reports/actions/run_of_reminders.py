"""Writes down a run of reminders while it goes on, so that an interrupted one shows how far it came."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.utils import timezone

from reports.models import ReminderRun


@dataclass(frozen=True)
class Running:
    """A run under way, and how many mails of what kind so far."""

    row: ReminderRun
    tally: Counter[str] = field(default_factory=Counter)

    def keep(self) -> None:
        """Write down how many there are until now."""
        self.row.counts = dict(self.tally)
        self.row.save(update_fields=["counts"])


@contextmanager
def written_down(day: dt.date, whom: ReminderRun.Whom) -> Iterator[Running]:
    """Write that a run began, what it had sent when it ended or broke off, and when it ended if it did."""
    run = Running(ReminderRun.objects.create(on=day, whom=whom, started_at=timezone.now()))
    try:
        yield run
    finally:
        run.keep()
    run.row.ended_at = timezone.now()
    run.row.save(update_fields=["ended_at"])
