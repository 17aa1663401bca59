"""Puts a report together from what is stored: as it was published, or as it would be published now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import msgspec

from reports.follow_up.basis import Basis
from reports.follow_up.report import Envelope, ErratumOf, Report
from reports.follow_up.statements import ActivityOf, CommentOf, Statements
from reports.models import DepartmentComment, Erratum, FollowUp, PlanActivity, Publication
from reports.models.plan import Standing
from reports.suppression import Hidden, Shown, protect


def read_basis(follow_up: FollowUp) -> Basis:
    """Return what was frozen."""
    return msgspec.json.decode(bytes(follow_up.basis), type=Basis)


def report_of(follow_up: FollowUp) -> Report:
    """Return the report as it was published, with its errata; a draft as it would be published now."""
    publication: Publication | None = getattr(follow_up, "publication", None)
    if publication is None:
        return draft_of(follow_up)
    basis = read_basis(follow_up)
    hidden = msgspec.json.decode(bytes(publication.hidden), type=Hidden)
    statements = msgspec.json.decode(bytes(publication.statements), type=Statements)
    earlier = {one.number: shown for one, shown in _shown(_named(basis))}
    return compose(basis, hidden, statements, envelope_of(follow_up, publication), corrections_of(publication), earlier)


def draft_of(follow_up: FollowUp) -> Report:
    """Return a report that is not published, with the comments written so far."""
    basis = read_basis(follow_up)
    published = list(_shown(None))
    hidden = protect(basis, [shown for _one, shown in published])
    earlier = {one.number: shown for one, shown in published}
    return compose(basis, hidden, statements_of(follow_up, basis), envelope_of(follow_up), (), earlier)


def compose(
    basis: Basis,
    hidden: Hidden,
    statements: Statements,
    envelope: Envelope,
    corrections: tuple[ErratumOf, ...],
    earlier: dict[int, Shown],
) -> Report:
    """Return the report. `earlier` are published reports by their number; those that the basis names are compared with."""
    previous, last_year = (earlier.get(one.number) if one else None for one in (basis.previous, basis.last_year))
    return Report.of(basis, hidden, statements, envelope, corrections, previous, last_year)


def envelope_of(follow_up: FollowUp, publication: Publication | None = None) -> Envelope:
    """Return what is written on the outside."""
    draft = Envelope(follow_up.number, follow_up.sha256, follow_up.software, follow_up.frozen_at)
    if publication is None:
        return draft
    return replace(
        draft,
        statements_sha256=publication.statements_sha256,
        case_number=publication.case_number,
        published_at=publication.published_at,
    )


def corrections_of(publication: Publication) -> tuple[ErratumOf, ...]:
    """Return the errata by number; one query."""
    found: Iterable[Erratum] = publication.errata.order_by("number")
    return tuple(ErratumOf(one.number, one.text, one.reason, one.corrected_at) for one in found)


def statements_of(follow_up: FollowUp, basis: Basis) -> Statements:
    """Return what is said so far: the latest comment of each department in the tree's order, and the plan's activities."""
    written = DepartmentComment.objects.filter(follow_up=follow_up).order_by("pk").select_related("department")
    latest = {comment.department.external_id: comment for comment in written}
    comments = tuple(_comment(unit.id, latest[unit.id]) for unit in basis.units if unit.id in latest)
    return Statements(comments=comments, activities=tuple(ActivityOf(**row) for row in _activities()))


def _activities() -> Iterator[dict[str, Any]]:
    names = ("key", "section", "title", "responsible", "timetable", "standing", "stood_on", "comment")
    for row in PlanActivity.objects.with_standing().order_by("position", "pk").values(*names):
        yield {**row, "standing": row["standing"] or Standing.UNKNOWN.value, "comment": row["comment"] or ""}


def _comment(unit: str, comment: DepartmentComment) -> CommentOf:
    said = {"reason": comment.reason, "action": comment.action, "responsible": comment.responsible}
    return CommentOf(unit=unit, **said, by_when=comment.by_when)


def _named(basis: Basis) -> list[int]:
    return [one.number for one in (basis.previous, basis.last_year) if one]


def _shown(numbers: Sequence[int] | None) -> Iterable[tuple[FollowUp, Shown]]:
    """Published reports with what they show; all of them without numbers; one query."""
    published = FollowUp.objects.filter(publication__isnull=False).select_related("publication")
    for one in published.filter(number__in=numbers) if numbers is not None else published:
        hidden = msgspec.json.decode(bytes(one.publication.hidden), type=Hidden)
        yield one, Shown(basis=read_basis(one), hidden=hidden)
