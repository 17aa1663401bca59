"""What the managers' pages show, put together from the statuses of their line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from courses.models import Acceptance, Assignment
from organisation.tree import Tree
from reports.standing import Terms
from reports.statuses import LineStatuses, PersonStatus, Share, Status

NOBODY = Share(0, 0, 0, 0)


@dataclass(frozen=True)
class DepartmentRow:
    """A department in a table. `level` counts from 0 at the department that the page is about."""

    department_id: int
    name: str
    level: int
    share: Share


@dataclass(frozen=True)
class ModulePart:
    """What a page says of one module."""

    title: str
    slug: str
    share: Share
    departments: list[DepartmentRow]


def part_of(statuses: LineStatuses, terms: Terms, tops: list[int], names: Mapping[int, str]) -> ModulePart:
    """Return what a page about the departments `tops` says of a module."""
    shares = statuses.shares(terms.module_id)
    rows = [row for top in tops for row in department_rows(statuses.tree, top, names, shares)]
    return ModulePart(terms.title, terms.slug, statuses.share(terms.module_id, tops), rows)


def department_rows(tree: Tree, top: int, names: Mapping[int, str], shares: Mapping[int, Share]) -> list[DepartmentRow]:
    """Return a row for the department and for everything below it."""
    return [
        DepartmentRow(department, names.get(department, ""), level, shares.get(department, NOBODY))
        for department, level in _levels(tree, top)
    ]


def _levels(tree: Tree, top: int) -> list[tuple[int, int]]:
    """Every department from `top` downwards, each with how far below it is."""
    height = len(tree.above(top))
    return [(department, len(tree.above(department)) - height) for department in tree.walk_from(top)]


def days_of(status: PersonStatus) -> str:
    """Return the days that a manager sees, as a sentence."""
    day = {"done": _day(status.completed_on), "due": _day(status.due_on)}
    if status.status is Status.EXEMPT:
        return ""
    if status.completed_on is None:
        return _days_before_completion(status, day)
    if status.status is Status.OVERDUE:
        return _("Done on %(done)s. That held until %(due)s.") % day
    if status.waits_for_refresher:
        return _("Done on %(done)s. Refresher by %(due)s.") % day
    return (_("Done on %(done)s. Holds until %(due)s.") if status.due_on else _("Done on %(done)s.")) % day


def _days_before_completion(status: PersonStatus, day: Mapping[str, str]) -> str:
    if status.due_on is None:
        return _("Has no due day at present.")
    return (_("Was due on %(due)s.") if status.status is Status.OVERDUE else _("Due on %(due)s.")) % day


def _day(day: dt.date | None) -> str:
    return date_format(day, "j F Y") if day else ""


@dataclass(frozen=True)
class Crumb:
    """A place above this page; the last one, the page itself, has no address."""

    label: str
    url: str = ""


def crumbs_to(department: int, line: frozenset[int], tree: Tree, names: Mapping[int, str]) -> list[Crumb]:
    """Return the way down to a department, as far as the viewer's own line goes."""
    above = [one for one in reversed(tree.above(department)[1:]) if one in line]
    return [
        Crumb(_("My departments"), reverse("manager_line")),
        *(Crumb(names.get(one, ""), reverse("manager_department", args=[one])) for one in above),
        Crumb(names.get(department, "")),
    ]


def own_tops(own: list[int], tree: Tree) -> list[int]:
    """Return the person's departments that exist, without those that lie below another of them."""
    return [one for one in own if one in tree.parents and not set(tree.above(one)[1:]) & set(own)]


@dataclass(frozen=True)
class Proposal:
    """An assignment that waits to be accepted for these departments."""

    assignment: Assignment
    departments: list[str]


def proposals_for(departments: frozenset[int], day: dt.date, names: Mapping[int, str]) -> list[Proposal]:
    """Return what waits for these departments to accept, the earliest due first; one query."""
    rule = "audience__rules__"
    in_force = Q(**{f"{rule}from_on__lte": day}) & (Q(**{f"{rule}until_on": None}) | Q(**{f"{rule}until_on__gt": day}))
    at_start = Q(**{f"{rule}from_on__lte": F("from_on")}) & (
        Q(**{f"{rule}until_on": None}) | Q(**{f"{rule}until_on__gt": F("from_on")})
    )
    accepted = Acceptance.objects.filter(assignment=OuterRef("pk"), department=OuterRef("named"))
    waiting = (
        Assignment.objects.known_at(None)
        .filter(Q(until_on=None) | Q(until_on__gt=day))
        .filter(
            Q(from_on__lte=day) & in_force | Q(from_on__gt=day) & at_start,
            audience__rules__superseded_at=None,
            audience__rules__departments__in=departments,
        )
        .annotate(named=F("audience__rules__departments"))
        .filter(~Exists(accepted))
    )
    rows = waiting.select_related("module", "audience").order_by(F("due_on").asc(nulls_last=True), "pk")
    found: dict[int, Proposal] = {}
    for row in rows:
        found.setdefault(row.pk, Proposal(row, [])).departments.append(names.get(row.named, ""))
    return list(found.values())
