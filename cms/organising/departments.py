"""The tree as of a day, one department with its history, and the protocols of what was done."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Count, Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cms.giving_out.views import only_with
from organisation.actions.mark_principal import CannotBePrincipal, mark_principal
from organisation.models import (
    DatedRow,
    Department,
    DepartmentManager,
    DepartmentName,
    DepartmentSuccession,
    Employment,
    Reorganisation,
)
from organisation.reorganising.wording import person_words, texts_of
from organisation.tree import Tree, names_on

CHANGE = "organisation.change_department"
SHOWN = 20


@dataclass(frozen=True)
class Line:
    """A department of the day; `here` and `in_all` are employments in it, and with everything below."""

    key: int
    depth: int
    name: str
    kind: str
    managers: list[str]
    here: int
    in_all: int
    is_other_principal: bool


@only_with(CHANGE)
def tree(request: HttpRequest) -> HttpResponse:
    """The organisation as of a day."""
    day = day_of(request)
    recent = Reorganisation.objects.select_related("done_by", "taken_back_by")[:SHOWN]
    return render(request, "cms/organising/tree.html", {"day": day, "lines": lines_on(day), "recent": recent})


def day_of(request: HttpRequest) -> dt.date:
    """Return the day that the address asks for; today if it asks for none."""
    try:
        return parse_date(request.GET.get("dag", "")) or timezone.localdate()
    except ValueError:
        return timezone.localdate()


def lines_on(day: dt.date) -> list[Line]:
    """Return every department of the day in the order of the tree; five queries."""
    departments = Tree.on(day)
    names = {name.department_id: name for name in DepartmentName.objects.on(day)}
    managers = managers_on(day)
    counted = Employment.objects.on(day).order_by().values("department").annotate(count=Count("pk"))
    employments = dict(counted.values_list("department", "count"))
    others = set(Department.objects.filter(is_other_principal=True).values_list("pk", flat=True))

    def below(parent: int | None, depth: int) -> list[Line]:
        found: list[Line] = []
        for key in sorted(departments.children.get(parent, ()), key=lambda one: names[one].name if one in names else ""):
            lower = below(key, depth + 1)
            here = employments.get(key, 0)
            in_all = here + sum(line.in_all for line in lower if line.depth == depth + 1)
            name = names.get(key)
            kind = name.get_kind_display() if name else ""
            told = name.name if name else str(key)
            found += [Line(key, depth, told, kind, managers.get(key, []), here, in_all, key in others), *lower]
        return found

    return below(None, 0)


def managers_on(day: dt.date) -> dict[int, list[str]]:
    """Return the managers' names by department, those who have left marked; one query."""
    found: dict[int, list[str]] = defaultdict(list)
    serving = DepartmentManager.objects.serving(day).filter(pk=OuterRef("pk"))
    rows = DepartmentManager.objects.on(day).annotate(serves=Exists(serving)).select_related("manager")
    for row in rows.order_by("manager__last_name", "pk"):
        name = person_words(row.manager)
        found[row.department_id].append(name if row.serves else _("%(name)s (has left)") % {"name": name})
    return found


@dataclass(frozen=True)
class Told:
    """A dated row in words."""

    text: str
    row: DatedRow


@dataclass(frozen=True)
class History:
    """The rows of one kind: those in force, and those that were known before."""

    title: str
    now: list[Told]
    before: list[Told]


@only_with(CHANGE)
def department(request: HttpRequest, pk: int) -> HttpResponse:
    """A department: what it is today, everything that was, and what can be done with it."""
    shown, today = get_object_or_404(Department, pk=pk), timezone.localdate()
    places = list(shown.places.select_related("parent"))
    now = next((place for place in places if place.superseded_at is None and place.holds(today)), None)
    names = names_on(today)
    successions = DepartmentSuccession.objects.known_at(None).select_related("predecessor", "successor").order_by("from_on")
    context = {
        "department": shown,
        "name": _name(shown),
        "now": now,
        "above": names.get(now.parent_id or 0, "") if now else "",
        "below": [(key, names.get(key, str(key))) for key in Tree.on(today).children.get(pk, ())],
        "employed": Employment.objects.on(today).filter(department=pk).count(),
        "histories": _histories(shown, places),
        "predecessors": successions.filter(successor=pk),
        "successors": successions.filter(predecessor=pk),
        "protocols": shown.reorganisations.select_related("done_by", "taken_back_by")[:SHOWN],
    }
    return render(request, "cms/organising/department.html", context)


def _name(shown: Department) -> str:
    """Return what it is called, or was to be called if it was called off before it began."""
    planned = shown.names.order_by("-recorded_at").values_list("name", flat=True)
    return shown.name_on(None) or planned.first() or str(shown)


def _histories(shown: Department, places: Iterable[Any]) -> list[History]:
    managers = shown.managers.select_related("manager")
    return [
        _history(_("Names"), shown.names.all(), lambda row: f"{row.name} ({row.get_kind_display()})"),
        _history(_("Places"), places, lambda row: str(row.parent) if row.parent else _("At the top")),
        _history(_("Managers"), managers, lambda row: person_words(row.manager)),
    ]


def _history(title: str, rows: Iterable[Any], text: Callable[[Any], str]) -> History:
    told = [Told(text(row), row) for row in sorted(rows, key=lambda row: (row.from_on, row.recorded_at), reverse=True)]
    return History(
        title, [one for one in told if one.row.superseded_at is None], [one for one in told if one.row.superseded_at]
    )


@require_POST
@only_with(CHANGE)
def principal(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark another principal, or take the mark away."""
    marked = get_object_or_404(Department, pk=pk)
    is_other = request.POST.get("is_other") == "1"
    try:
        mark_principal(department=marked, is_other=is_other, by=request.user, at=timezone.now())
    except CannotBePrincipal as refused:
        messages.error(request, str(refused))
    else:
        told = _("It is another principal now, beside the city.") if is_other else _("It belongs to the city now.")
        messages.success(request, told)
    return redirect("organising:department", pk)


@only_with(CHANGE)
def protocol(request: HttpRequest, pk: int) -> HttpResponse:
    """What was done, by whom and when; it stays."""
    protocols = Reorganisation.objects.select_related("done_by", "takes_back", "taken_back_by__done_by")
    done = get_object_or_404(protocols, pk=pk)
    is_planned = done.from_on > timezone.localdate() and not done.takes_back and not _taken_back(done)
    context = {
        "done": done,
        "texts": texts_of(done.changes),
        "departments": [(one.pk, _name(one)) for one in done.departments.order_by("pk")],
        "taken_back_by": _taken_back(done),
        "is_planned": is_planned,
    }
    return render(request, "cms/organising/protocol.html", context)


def _taken_back(done: Reorganisation) -> Reorganisation | None:
    """Return the protocol that calls it off."""
    return getattr(done, "taken_back_by", None)
