"""Synthetic people: where they worked, were away, and what they were offered, began and completed."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from random import Random
from typing import TypeVar

from django.db import models

from courses.models import Completion, Exemption, Offer, Round
from organisation.demonstration import NUMBER_PREFIX
from organisation.models import Absence, Employment, User
from reports.scale.pouring import Row, next_key
from reports.scale.town import OCCUPATIONS, Plan, Town

NUMBERS = f"{NUMBER_PREFIX}S"
"""How the employee number of every synthetic person begins."""

# Persons at a time: what is held in memory.
BATCH = 5000

LEAVERS_A_YEAR = 0.06
NEWCOMERS = 0.3
MOVERS = 0.12
TWO_EMPLOYMENTS = 0.05
AWAY = 0.08
AWAY_STILL = 0.1
EXEMPT = 0.01
OFFERED, OFFERED_TWICE = 0.9, 0.2
STARTED, COMPLETED, RENEWED = 0.75, 0.85, 0.2

_DATED = ("from_on", "until_on", "recorded_at")
COLUMNS: dict[type[models.Model], tuple[str, ...]] = {
    User: (
        *("id", "employee_number", "first_name", "last_name", "password"),
        *("is_protected", "is_active", "is_staff", "is_superuser", "joined_at"),
    ),
    Employment: ("user_id", "department_id", "occupation", "meets_young", *_DATED),
    Absence: ("user_id", *_DATED),
    Exemption: ("user_id", "module_id", "reason", *_DATED),
    Offer: ("user_id", "module_id", "channel", "offered_on", "recorded_at"),
    Round: ("id", "user_id", "module_id", "number", "reason", "opened_on", "opened_at"),
    Completion: (
        *("round_id", "user_id", "module_id", "edition_id"),
        *("completed_on", "recorded_at", "department_id", "department_name"),
    ),
}

Value = TypeVar("Value")
Batch = dict[type[models.Model], list[Row]]


class Crowd:
    """Draws the people of a plan, always the same ones. Days are counted from the first one of the history."""

    def __init__(self, plan: Plan, town: Town) -> None:
        self.plan = plan
        self.random = Random(20160428)  # noqa: S311  nothing secret
        self.seats = town.seats
        self.editions = [(first.module_id, first.pk, second.pk) for first, second in town.editions]
        self.days = [(plan.first_on + dt.timedelta(days=number)).isoformat() for number in range(plan.days + 1)]
        self.moments = [f"{day} 06:00:00" for day in self.days]
        self.next_user = next_key(User)
        self.next_round = next_key(Round)
        self.rows: Batch = defaultdict(list)

    def batches(self) -> Iterator[Batch]:
        """Yield rows, in the order in which they can be poured; those who left come last."""
        leavers = int(self.plan.staff * self.plan.years * LEAVERS_A_YEAR)
        for number in range(self.plan.staff + leavers):
            self.live(number, has_left=number >= self.plan.staff)
            if number % BATCH == BATCH - 1:
                yield self.rows
                self.rows = defaultdict(list)
        yield self.rows

    def chance(self, of_one: float) -> bool:
        return self.random.random() < of_one

    def between(self, first: int, last: int) -> int:
        return first + int(self.random.random() * (max(last - first, 0) + 1))

    def one_of(self, values: Sequence[Value]) -> Value:
        return values[int(self.random.random() * len(values))]

    def live(self, number: int, *, has_left: bool) -> None:
        """Make one person with everything."""
        user, last = self.next_user + number, self.plan.days
        name = f"{number:07}"
        joined = self.between(1, last - 60) if self.chance(NEWCOMERS) else 0
        left = self.between(joined + 30, last - 1) if has_left else None
        self.rows[User].append((user, f"{NUMBERS}{name}", "Person", name, "!", False, True, False, False, self.moments[joined]))
        self.work(user, joined, left)
        self.be_away(user, joined)
        for module, first, second in self.editions:
            self.learn(user, module, (first, second), joined, left or last)

    def work(self, user: int, joined: int, left: int | None) -> None:
        moves = left is None and self.chance(MOVERS)
        moved = self.between(joined + 1, self.plan.days) if moves else left
        first = self.employ(user, joined, moved)
        if moves and moved is not None:
            self.employ(user, moved, None, beside=first)
        elif left is None and self.chance(TWO_EMPLOYMENTS):
            self.employ(user, joined, None, beside=first)

    def employ(self, user: int, begins: int, ends: int | None, beside: int | None = None) -> int:
        """Give the person a seat, with `beside` in another department than that; there are at least two units."""
        department = self.one_of(self.seats)
        while department == beside:
            department = self.one_of(self.seats)
        occupation = self.one_of(OCCUPATIONS)
        until_on = None if ends is None else self.days[ends]
        dated = (self.days[begins], until_on, self.moments[begins])
        self.rows[Employment].append((user, department, occupation, self.chance(0.7), *dated))
        return department

    def be_away(self, user: int, joined: int) -> None:
        if self.chance(AWAY):
            begins = self.between(joined, self.plan.days - 10)
            ends = min(begins + self.between(10, 200), self.plan.days)
            until_on = None if self.chance(AWAY_STILL) else self.days[ends]
            self.rows[Absence].append((user, self.days[begins], until_on, self.moments[begins]))

    def learn(self, user: int, module: int, editions: tuple[int, int], joined: int, last: int) -> None:
        if self.chance(EXEMPT):
            self.rows[Exemption].append((user, module, "other_training", self.days[joined], None, self.moments[joined]))
        day = self.between(joined, last)
        if self.chance(OFFERED):
            self.rows[Offer].append((user, module, "site", self.days[day], self.moments[day]))
            if self.chance(OFFERED_TWICE):
                self.rows[Offer].append((user, module, "meeting", self.days[day], self.moments[day]))
        if self.chance(STARTED):
            done = self.go(user, module, 1, editions, day, last)
            if done is not None and self.chance(RENEWED):
                self.go(user, module, 2, editions, done, last)

    def go(self, user: int, module: int, number: int, editions: tuple[int, int], day: int, last: int) -> int | None:
        """Open a round, perhaps complete it, and return the day of that."""
        opened = self.between(day, last)
        key, self.next_round = self.next_round, self.next_round + 1
        reason = "start" if number == 1 else "material"
        self.rows[Round].append((key, user, module, number, reason, self.days[opened], self.moments[opened]))
        if not self.chance(COMPLETED):
            return None
        done = self.between(opened, min(opened + 30, last))
        edition = editions[done >= self.plan.days - 180]
        self.rows[Completion].append((key, user, module, edition, self.days[done], self.moments[done], None, ""))
        return done
