"""Freezes and publishes the demonstration's follow-up: three cycles in their time, with what departments say of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Max

from courses.models import Edition
from reports.demo.people import Organisation, morning_of
from reports.follow_up.approving import approve
from reports.follow_up.comments import write_comment
from reports.follow_up.cycles import OPENED_BEFORE, open_cycle
from reports.follow_up.freezing import freeze
from reports.follow_up.publishing import publish
from reports.models import Cycle, FollowUp, cycle_settings

COORDINATOR = 58


@dataclass(frozen=True)
class Comment:
    """What the manager of a department said of its figures."""

    department: str
    manager: int
    reason: str
    action: str
    responsible: str


@dataclass(frozen=True)
class Round:
    """A cycle, and when it was frozen, commented on and published."""

    year: int
    period: str
    case_number: str
    frozen_on: dt.date
    commented_on: dt.date
    published_on: dt.date
    comments: tuple[Comment, ...] = ()


SPRING = (
    Comment(
        "KFF",
        14,
        "Utbildningen började i februari. Biblioteken har gått den gemensamt, fritidsgårdarna tar den i omgångar.",
        "Fritidsgårdarna får tid på planeringsdagen i maj.",
        "Verksamhetschef ung fritid",
    ),
    Comment(
        "ASF",
        30,
        "Mottagningen har gått utbildningen två och två, så att någon alltid kan ta emot anmälningar.",
        "Resten går den före sommaren.",
        "Verksamhetschef barn och familj",
    ),
)
AUTUMN = (
    Comment(
        "KFF",
        14,
        "Fritidsgårdarna prioriterade informationsdelning under våren. De som återstår har haft svårt att lämna verksamheten. "
        "Tidiga tecken började i juni, efter informationsdelning.",
        "Tid för båda modulerna avsätts på höstens två planeringsdagar.",
        "Verksamhetschef ung fritid",
    ),
    Comment(
        "UBF",
        53,
        "Tidiga tecken gick skolorna i juni och på studiedagarna i augusti. Informationsdelning har de hela året på sig, så "
        "många går den efter brytdagen.",
        "Båda modulerna läggs på studiedagarna i oktober.",
        "Verksamhetschef grundskola",
    ),
)
ROUNDS = (
    Round(2025, "helar", "KS 2026/14", dt.date(2026, 1, 12), dt.date(2026, 1, 20), dt.date(2026, 2, 5)),
    Round(2026, "april", "KS 2026/131", dt.date(2026, 5, 11), dt.date(2026, 5, 20), dt.date(2026, 6, 4), SPRING),
    Round(2026, "augusti", "KS 2026/274", dt.date(2026, 9, 10), dt.date(2026, 9, 18), dt.date(2026, 10, 6), AUTUMN),
)


def follow_up(organisation: Organisation, at: dt.datetime) -> list[FollowUp]:
    """Freeze and publish, in order, every cycle whose day of publication has passed by then."""
    return [_published(organisation, one, at) for one in ROUNDS if morning_of(one.published_on) <= at]


def _published(organisation: Organisation, one: Round, at: dt.datetime) -> FollowUp:
    by = organisation.people[COORDINATOR]
    cut_off_on = cycle_settings().cut_off_on(one.year, one.period)
    cycle = open_cycle(year=one.year, period=one.period, by=by, at=morning_of(cut_off_on - OPENED_BEFORE))
    known_from = _known_from(cycle, at)
    days = (one.frozen_on, one.commented_on, one.published_on)
    frozen_at, commented_at, published_at = (max(morning_of(day), known_from) for day in days)
    report = freeze(cycle, by=by, at=frozen_at)
    for comment in one.comments:
        _write(organisation, report, comment, commented_at)
    approve(report, by=by, at=published_at)
    publish(report, case_number=one.case_number, by=by, at=published_at)
    return report


def _known_from(cycle: Cycle, at: dt.datetime) -> dt.datetime:
    """Return since when the content of that day was known here. A report can say nothing of an edition given out after it."""
    given_out = Edition.objects.known_at(at).in_force_on(cycle.cut_off_on)
    return given_out.aggregate(newest=Max("sealed_at"))["newest"] or cycle.opened_at


def _write(organisation: Organisation, report: FollowUp, comment: Comment, at: dt.datetime) -> None:
    write_comment(
        follow_up=report,
        department=organisation.departments[comment.department],
        by=organisation.people[comment.manager],
        at=at,
        reason=comment.reason,
        action=comment.action,
        responsible=comment.responsible,
    )
