"""Puts a report together from what is stored: as it was published, or as it would be published now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from courses.evaluations import report_of as evaluations_of
from courses.hard_questions import hard_questions
from courses.models import Edition, Module
from reports.follow_up.basis import Basis
from reports.follow_up.report import Envelope, ErratumOf, Report
from reports.follow_up.statements import ActivityOf, CommentOf, EvaluationAt, HardQuestion, Statements
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
    return compose(basis, hidden, statements, _published_envelope(follow_up, publication), corrections_of(publication), earlier)


def draft_of(follow_up: FollowUp) -> Report:
    """Return a report that is not published, with the comments written so far."""
    basis, hidden, earlier = draft_parts(follow_up)
    return compose(basis, hidden, statements_of(follow_up, basis), envelope_of(follow_up), (), earlier)


def draft_parts(follow_up: FollowUp) -> tuple[Basis, Hidden, dict[int, Shown]]:
    """Return what was frozen, what of it would be hidden if it were published now, and the published reports by number."""
    basis = read_basis(follow_up)
    earlier = {one.number: shown for one, shown in _shown(None)}
    return basis, protect(basis, list(earlier.values())), earlier


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


def envelope_of(
    follow_up: FollowUp,
    *,
    case_number: str = "",
    published_at: dt.datetime | None = None,
    statements_sha256: str = "",
) -> Envelope:
    """Return what is written on the outside; a draft's without the last three."""
    return Envelope(
        number=follow_up.number,
        sha256=follow_up.sha256,
        software=follow_up.software,
        frozen_at=follow_up.frozen_at,
        statements_sha256=statements_sha256,
        case_number=case_number,
        published_at=published_at,
    )


def _published_envelope(follow_up: FollowUp, publication: Publication) -> Envelope:
    return envelope_of(
        follow_up,
        case_number=publication.case_number,
        published_at=publication.published_at,
        statements_sha256=publication.statements_sha256,
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
    return Statements(
        comments=comments,
        activities=tuple(ActivityOf(**row) for row in _activities()),
        hard=_hard(basis),
        evaluations=tuple(_evaluations(basis)),
    )


def _hard(basis: Basis) -> tuple[HardQuestion, ...]:
    hashes = [module.edition_sha256 for module in basis.modules]
    editions = Edition.objects.filter(sha256__in=hashes).select_related("module").order_by("module__slug")
    return tuple(
        HardQuestion(
            module=one.module,
            objective=one.objective,
            question=one.question,
            answers=one.answers,
            wrong_at_first=one.wrong,
        )
        for one in hard_questions(editions)
    )


def _evaluations(basis: Basis) -> Iterator[EvaluationAt]:
    for module in Module.objects.filter(slug__in=[module.slug for module in basis.modules]).order_by("slug"):
        if found := evaluations_of(module):
            asked = {"worth_time": found.worth_time, "knows_what_to_do": found.knows_what_to_do}
            degrees = {key: {one.degree: one.count for one in counted if one.degree} for key, counted in asked.items()}
            yield EvaluationAt(module=module.slug, answers=found.answers, degrees=degrees)


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
