"""What employments say, for questions about thousands of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import QuerySet

from organisation.models import Employment


class Work(NamedTuple):
    """What an employment says, without its key and its history."""

    user_id: int
    department_id: int
    occupation: str
    meets_young: bool
    from_on: dt.date
    until_on: dt.date | None

    def holds(self, day: dt.date) -> bool:
        """Whether `day` lies in the period."""
        return self.from_on <= day and (self.until_on is None or day < self.until_on)


def works_of(employments: QuerySet[Employment]) -> Iterator[Work]:
    """Yield what they say, each in a fraction of the time that the model's instance takes; one query."""
    return map(Work._make, employments.values_list(*Work._fields))
