"""The list of reports, and what there is to do with them now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import groupby
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from organisation.models import User
from organisation.permissions import own_departments
from organisation.tree import names_on
from reports.follow_up.access import Reader, is_open_to, may_read, reader_of, refused
from reports.follow_up.calendar import turns_to_open
from reports.follow_up.duties import Duty, coordinators_duties, managers_duties
from reports.follow_up.states import State, cycles, frozen_of, state_of
from reports.models import Cycle, DepartmentComment, cycle_settings


@never_cache
@require_safe
def follow_up(request: HttpRequest) -> HttpResponse:
    """The reports that the viewer may read, by year, and what she has to do with them."""
    viewer, day = cast(User, request.user), timezone.localdate()
    reader = reader_of(viewer)
    if not is_open_to(reader):
        return refused(request, reader)
    every = list(cycles())
    own = own_departments(viewer, day) if reader is not Reader.PUBLIC else []
    context = {
        "years": _years([cycle for cycle in every if may_read(reader, state_of(cycle), is_public=True)]),
        "duties": _duties(reader, every, own, day),
        "may_ask": bool(own) or reader is Reader.COORDINATOR,
        "asks_of_all": reader is Reader.COORDINATOR,
        "is_anonymous": reader is Reader.PUBLIC,
    }
    return render(request, "reports/follow_up/list.html", context)


def _years(readable: Sequence[Cycle]) -> list[tuple[int, list[tuple[Cycle, State]]]]:
    by_year = sorted(readable, key=lambda cycle: cycle.year, reverse=True)
    return [(year, [(cycle, state_of(cycle)) for cycle in found]) for year, found in groupby(by_year, lambda cycle: cycle.year)]


def _duties(reader: Reader, every: Sequence[Cycle], own: Sequence[int], day: dt.date) -> list[Duty]:
    duties: list[Duty] = []
    if reader is Reader.COORDINATOR:
        settings = cycle_settings()
        turns = turns_to_open(settings, day, {(cycle.year, cycle.period) for cycle in every})
        duties += coordinators_duties(every, turns, settings, day)
    return duties + (_comments(every, own, day) if own else [])


def _comments(every: Sequence[Cycle], own: Sequence[int], day: dt.date) -> list[Duty]:
    """The latest report that can still be commented on."""
    commented_now = next((cycle for cycle in every if state_of(cycle) in (State.DRAFT, State.APPROVED)), None)
    if commented_now is None:
        return []
    written = DepartmentComment.objects.filter(follow_up=frozen_of(commented_now), department__in=own)
    names = names_on(day)
    named = [(department, names.get(department, "")) for department in own]
    return managers_duties(commented_now, named, set(written.values_list("department_id", flat=True)))
