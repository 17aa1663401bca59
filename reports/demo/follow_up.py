"""Freezes and publishes the demonstration's follow-up: three cycles, each with what departments say of their figures."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from reports.demo.people import Organisation
from reports.follow_up.approving import approve
from reports.follow_up.comments import write_comment
from reports.follow_up.cycles import open_cycle
from reports.follow_up.freezing import freeze
from reports.follow_up.publishing import publish
from reports.models import FollowUp

CYCLES = ((2025, "helar", "KS 2026/14"), (2026, "april", "KS 2026/131"), (2026, "augusti", "KS 2026/274"))
COORDINATOR = 58
COMMENTS = (
    (
        "KFF",
        14,
        "Fritidsgårdarna prioriterade utbildningen under våren. De som återstår är nya sedan sommaren.",
        "Tid avsätts på höstens två planeringsdagar.",
        "Verksamhetschef ung fritid",
    ),
    (
        "UBF",
        53,
        "Skolornas studiedagar ligger sent på året, så de flesta går utbildningen efter brytdagen.",
        "Modulen läggs på studiedagen i oktober.",
        "Verksamhetschef grundskola",
    ),
)


def follow_up(organisation: Organisation, at: dt.datetime) -> list[FollowUp]:
    """Freeze and publish, in order, every cycle whose cut-off day is over at that moment."""
    return [
        _published(organisation, year, period, case_number, at)
        for year, period, case_number in CYCLES
        if _is_over(year, period, at)
    ]


def _is_over(year: int, period: str, at: dt.datetime) -> bool:
    months = {"helar": (12, 31), "april": (4, 30), "augusti": (8, 31)}
    return dt.date(year, *months[period]) < timezone.localdate(at)


def _published(organisation: Organisation, year: int, period: str, case_number: str, at: dt.datetime) -> FollowUp:
    by = organisation.people[COORDINATOR]
    report = freeze(open_cycle(year=year, period=period, by=by, at=at), by=by, at=at)
    if period == "augusti":
        for department, manager, reason, action, responsible in COMMENTS:
            write_comment(
                follow_up=report,
                department=organisation.departments[department],
                by=organisation.people[manager],
                at=at,
                reason=reason,
                action=action,
                responsible=responsible,
            )
    approve(report, by=by, at=at)
    publish(report, case_number=case_number, by=by, at=at)
    return report
