"""What happened in a period: who completed, which certificates were issued, what was recorded afterwards."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import Count, QuerySet

from certificates.models import Certificate
from courses.models import Completion
from organisation.models import Employment
from reports.counting import FETCHED
from reports.follow_up.gathering.crossing import aligned
from reports.follow_up.gathering.territory import Lasting
from reports.record import completions_until

Counts = Counter[tuple[int, int]]
"""By module and unit."""
Departments = tuple[int, ...]
"""One may stand more than once."""


def trained_in(from_on: dt.date, until_on: dt.date, known_at: dt.datetime, places: Lasting) -> tuple[Counts, Counts]:
    """Count who completed in the period (both days included) while working in the unit, and who of them left it since.

    Everybody is read in the order of persons, and nobody is kept: persons are counted by where they worked then and work now.
    """
    completed = completions_until(until_on, known_at).filter(completed_on__gte=from_on)
    people = completed.values("user_id")
    employments = Employment.objects.known_at(known_at).filter(user__in=people, from_on__lte=until_on)
    done = completed.order_by("user_id", "module_id").values_list("user_id", "module_id", "completed_on")
    worked = employments.order_by("user_id", "pk").values_list("user_id", "department_id", "from_on", "until_on")
    moves: Counter[tuple[int, Departments, Departments]] = Counter()
    for completions, periods in aligned((done.iterator(chunk_size=FETCHED), worked.iterator(chunk_size=FETCHED))):
        now = _departments(periods, [until_on])
        for module, rows in groupby(completions, key=itemgetter(1)):
            then = _departments(periods, [row[2] for row in rows])
            moves[module, then, now] += 1
    trained: Counts = Counter()
    left: Counts = Counter()
    for (module, then, now), count in moves.items():
        units = places.above(then)
        trained.update(dict.fromkeys(((module, unit) for unit in units), count))
        left.update(dict.fromkeys(((module, unit) for unit in units - places.above(now)), count))
    return trained, left


def _departments(periods: Sequence[Any], days: Sequence[dt.date]) -> Departments:
    """Where somebody with these employments worked on one of the days."""
    return tuple(
        [
            one
            for _user, one, from_on, until_on in periods
            for day in days
            if from_on <= day and (until_on is None or day < until_on)
        ]
    )


def certificates_in(from_on: dt.date, until_on: dt.date, known_at: dt.datetime, places: Lasting) -> Counts:
    """Count the certificates that were issued in the period, where their completions are stamped; replacements do not count."""
    issued = Certificate.objects.filter(issued_on__range=(from_on, until_on), replaces=None)
    issued = issued.filter(completion__recorded_at__lte=known_at)
    return _where_stamped(issued.values_list("completion__module_id", "completion__department_id"), places)


def late_completions(cut_off_on: dt.date, frozen_at: dt.datetime, known_at: dt.datetime, places: Lasting) -> Counts:
    """Count the completions of that day or before that were recorded after that moment, where they are stamped."""
    late = Completion.objects.filter(completed_on__lte=cut_off_on, recorded_at__gt=frozen_at, recorded_at__lte=known_at)
    return _where_stamped(late.values_list("module_id", "department_id"), places)


def _where_stamped(rows: QuerySet[Any, tuple[Any, ...]], places: Lasting) -> Counts:
    found: Counts = Counter()
    for module, department, count in rows.order_by().annotate(count=Count("pk")):
        for unit in places.uppers.get(department, ()):
            found[module, unit] += count
    return found
