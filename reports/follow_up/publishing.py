"""Publishing a report: what is said is locked, what is small is hidden, every format is made, and the recipients are told.

What takes time is prepared before anything is locked. All that is stored is stored in one transaction, or nothing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

import msgspec
import rfc8785
from django.db import transaction
from django.utils.translation import gettext as _

from organisation.models import User, log_event
from reports.follow_up.composing import compose, draft_parts, envelope_of, statements_of
from reports.follow_up.letters import tell_recipients
from reports.follow_up.outputs import make_all
from reports.follow_up.refusing import Refused
from reports.models import Approval, FollowUp, Output, Publication, cycle_settings


@dataclass(frozen=True)
class _Prepared:
    """All that will be stored."""

    statements: bytes
    hidden: bytes
    earlier: tuple[int, ...]
    files: dict[str, bytes]


def publish(follow_up: FollowUp, *, case_number: str, by: User | None, at: dt.datetime) -> Publication:
    """Publish an approved report. Raises `Refused`; then nothing is stored."""
    case_number = case_number.strip()
    if not case_number:
        raise Refused(_("Write the case number that the report is registered under."))
    _check(follow_up)
    prepared = _prepare(follow_up, case_number, at)
    with transaction.atomic():
        FollowUp.objects.select_for_update().defer("basis").get(pk=follow_up.pk)
        _check(follow_up)
        if not _holds(follow_up, prepared):
            prepared = _prepare(follow_up, case_number, at)
        return _store(follow_up, prepared, case_number, by, at)


def _check(follow_up: FollowUp) -> None:
    if Publication.objects.filter(follow_up=follow_up).exists():
        raise Refused(_("The report is published already."))
    if not Approval.objects.filter(follow_up=follow_up).exists():
        raise Refused(_("The report must be approved before it is published."))
    earlier = FollowUp.objects.filter(publication=None, cycle__cut_off_on__lt=follow_up.cycle.cut_off_on)
    if waiting := earlier.order_by("cycle__cut_off_on").select_related("cycle").defer("basis").first():
        said = {"cycle": str(waiting.cycle)}
        raise Refused(_("Publish the report of %(cycle)s first: this one is compared with it.") % said)


def _prepare(follow_up: FollowUp, case_number: str, at: dt.datetime) -> _Prepared:
    basis, hidden, earlier = draft_parts(follow_up)
    statements = statements_of(follow_up, basis)
    written = canonical(statements)
    envelope = envelope_of(follow_up, case_number=case_number, published_at=at, statements_sha256=sha256(written))
    report = compose(basis, hidden, statements, envelope, (), earlier)
    return _Prepared(written, canonical(hidden), tuple(sorted(earlier)), make_all(report, cycle_settings().steering))


def _holds(follow_up: FollowUp, prepared: _Prepared) -> bool:
    """Whether nobody has written or published anything meanwhile."""
    basis, _hidden, earlier = draft_parts(follow_up)
    return tuple(sorted(earlier)) == prepared.earlier and canonical(statements_of(follow_up, basis)) == prepared.statements


def _store(follow_up: FollowUp, prepared: _Prepared, case_number: str, by: User | None, at: dt.datetime) -> Publication:
    publication = Publication.objects.create(
        follow_up=follow_up,
        statements=prepared.statements,
        statements_sha256=sha256(prepared.statements),
        hidden=prepared.hidden,
        case_number=case_number,
        published_at=at,
        published_by=by,
    )
    store_files(publication, prepared.files, errata=0, at=at)
    log_event("follow_up.published", follow_up, by=by, at=at, number=follow_up.number, case_number=case_number)
    tell_recipients(publication)
    return publication


def store_files(publication: Publication, files: dict[str, bytes], *, errata: int, at: dt.datetime) -> None:
    """Keep every format as it was made; `errata` is how many corrections they show."""
    Output.objects.bulk_create(
        Output(publication=publication, errata=errata, ending=ending, content=content, sha256=sha256(content), made_at=at)
        for ending, content in files.items()
    )


def canonical(struct: msgspec.Struct) -> bytes:
    """Return the struct as canonical JSON (RFC 8785)."""
    return bytes(rfc8785.dumps(msgspec.to_builtins(struct)))


def sha256(content: bytes) -> str:
    """Return the SHA-256 in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()
