"""Which departments are asked to comment on a report, and which have."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from organisation.models import Department, DepartmentManager
from reports.follow_up.basis import Basis
from reports.models import DepartmentComment, FollowUp


@dataclass(frozen=True)
class Asked:
    """A department that is asked, by the name that it had on the cut-off day; `written_at` is of its latest comment."""

    department_id: int
    name: str
    written_at: dt.datetime | None


def asked_of(follow_up: FollowUp, basis: Basis, day: dt.date) -> list[Asked]:
    """Return the departments with a target group that somebody answers for on the day, as the tree is walked; two queries."""
    concerned = {figure.unit for figure in basis.figures if figure.target}
    managed = dict(_managed(concerned, day))
    written = dict(
        DepartmentComment.objects.filter(follow_up=follow_up).order_by("pk").values_list("department_id", "written_at")
    )
    units = [unit for unit in basis.units if unit.id in managed]
    return [Asked(managed[unit.id], unit.name, written.get(managed[unit.id])) for unit in units]


def _managed(units: Collection[str], day: dt.date) -> list[tuple[str, int]]:
    managed = Department.objects.filter(pk__in=DepartmentManager.objects.on(day).values("department"))
    return [(unit, key) for unit, key in managed.values_list("external_id", "pk") if unit in units]
