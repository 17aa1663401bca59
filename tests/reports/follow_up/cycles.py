"""Cycles in each of their states, with a report of the samples' basis."""

from __future__ import annotations

import datetime as dt
import hashlib

import msgspec

from organisation.models import User
from reports.follow_up.basis import Basis
from reports.follow_up.states import State
from reports.models import Approval, Cycle, Erratum, FollowUp, Output, Publication
from reports.suppression import Hidden, protect
from tests.reports.follow_up.samples import a_basis, statements

FROZEN_AT = dt.datetime(2026, 5, 10, 6, tzinfo=dt.UTC)
ENDINGS = ("pdf", "xlsx", "csv", "json", "tsv")


def cycle_in(
    state: State, by: User, *, year: int = 2026, period: str = "april", basis: Basis | None = None, hidden: Hidden | None = None
) -> Cycle:
    """A cycle that has come so far; its files say which they are."""
    cycle = Cycle.objects.create(year=year, period=period, cut_off_on=dt.date(year, 4, 30), opened_at=FROZEN_AT)
    if state is State.OPEN:
        return cycle
    basis = basis or a_basis(previous=None, last_year=None)
    frozen = msgspec.json.encode(basis, order="sorted")
    envelope = {"number": FollowUp.objects.count() + 1, "basis": frozen, "sha256": hashlib.sha256(frozen).hexdigest()}
    report = FollowUp.objects.create(cycle=cycle, known_at=FROZEN_AT, frozen_at=FROZEN_AT, software="test", **envelope)
    if state is State.DRAFT:
        return cycle
    Approval.objects.create(follow_up=report, approved_at=FROZEN_AT, approved_by=by)
    if state is State.PUBLISHED:
        said = {"statements": msgspec.json.encode(statements()), "statements_sha256": "1" * 64, "case_number": "KS 2026/17"}
        said["hidden"] = msgspec.json.encode(hidden or protect(basis))
        store_outputs(Publication.objects.create(follow_up=report, published_at=FROZEN_AT, **said))
    return cycle


def store_outputs(publication: Publication, errata: int = 0) -> None:
    """A file in each format, as it would have been made with so many errata."""
    for ending in ENDINGS:
        content = f"{publication.pk} {ending} {errata}".encode()
        found = {"content": content, "sha256": hashlib.sha256(content).hexdigest(), "made_at": FROZEN_AT}
        Output.objects.create(publication=publication, ending=ending, errata=errata, **found)


def corrected(publication: Publication) -> Erratum:
    """An erratum, and the files that show it."""
    number = publication.errata.count() + 1
    store_outputs(publication, number)
    said = {"text": "33 ska vara 35.", "reason": "Ett prov räknades fel.", "corrected_at": FROZEN_AT}
    return Erratum.objects.create(publication=publication, number=number, **said)
