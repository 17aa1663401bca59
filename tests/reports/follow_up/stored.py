"""Reports in the database, made of the samples."""

from __future__ import annotations

import datetime as dt

from organisation.models import User
from reports.follow_up.approving import approve
from reports.follow_up.basis import Basis, CycleAt
from reports.follow_up.publishing import canonical, publish, sha256
from reports.models import Cycle, FollowUp, Publication
from tests.reports.follow_up.samples import CUT_OFF, FROZEN, PUBLISHED, a_basis

CASE = "KS 2026/123"


def a_frozen(basis: Basis | None = None, number: int = 2) -> FollowUp:
    """A report that was frozen, of August 2026 without another basis."""
    basis = basis or a_basis(previous=None, last_year=None, bridges=())
    content = canonical(basis)
    cycle = Cycle.objects.create(
        year=basis.cycle.year, period=basis.cycle.period, cut_off_on=basis.cycle.cut_off_on, opened_at=FROZEN
    )
    return FollowUp.objects.create(
        cycle=cycle,
        number=number,
        basis=content,
        sha256=sha256(content),
        known_at=basis.known_at,
        software="1.0",
        frozen_at=FROZEN,
    )


def a_former_basis() -> Basis:
    """The basis of April, before that of the samples."""
    cycle = CycleAt(year=2026, period="april", from_on=dt.date(2026, 1, 1), cut_off_on=dt.date(2026, 4, 30))
    return a_basis(cycle=cycle, previous=None, last_year=None, bridges=(), late=())


def a_published(by: User, basis: Basis | None = None, number: int = 2) -> Publication:
    """The same, approved and published."""
    follow_up = a_frozen(basis, number)
    approve(follow_up, by=by, at=PUBLISHED)
    return publish(follow_up, case_number=CASE, by=by, at=PUBLISHED)


__all__ = ["CASE", "CUT_OFF", "a_former_basis", "a_frozen", "a_published"]
