"""Is this certificate genuine? Answered from what is stored, to whoever holds the paper, the code or the file."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, replace
from enum import StrEnum

import msgspec
from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.crypto import salted_hmac

from certificates.codes import grouped, normalise
from certificates.drawing import CertificateSheet
from certificates.models import Certificate, CertificateQuerySet
from courses.models import Edition, ModuleRule, Withdrawal
from courses.validity import valid_until


class Verdict(StrEnum):
    """What can be said of a document."""

    GENUINE = "genuine"
    EXPIRED = "expired"
    REPLACED = "replaced"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Finding:
    """The verdict, and no more than stands on the paper. A protected or erased person's certificate has no `sheet`.

    `code` is for the paper's own address; `valid_through` the last day of validity by the rules in force, which may have
    changed since the paper was printed (`is_changed`); `erased_by` the number of the decision by which the personal data
    was taken away; `is_file` says that the file itself was compared, not only a code; `sealed_by` whose seal the file
    carries, or empty.
    """

    verdict: Verdict
    sheet: CertificateSheet | None = None
    code: str = ""
    number: str = ""
    valid_through: dt.date | None = None
    revoked_on: dt.date | None = None
    replaced_by: str = ""
    renewed_by: str = ""
    erased_by: str = ""
    is_changed: bool = False
    is_file: bool = False
    sealed_by: str = ""

    @property
    def is_good(self) -> bool:
        """Whether the document can be relied on today."""
        return self.verdict is Verdict.GENUINE


UNKNOWN = Finding(Verdict.UNKNOWN)


def verify_code(text: str, day: dt.date) -> Finding:
    """Return what is known of the code; one query. A malformed code is looked up like any other, and unknown."""
    return _finding(_stored(day).filter(code=normalise(text) or "").first(), day)


def verify_document(content: bytes, day: dt.date) -> Finding:
    """Return what is known of a file, by its hash alone; nothing in it is read. One query."""
    digest = hashlib.sha256(content).hexdigest()
    by_hash = Q(document__sha256=digest) | Q(erased__document_mac=mac_of(digest))
    return replace(_finding(_stored(day).filter(by_hash).first(), day), is_file=True)


def mac_of(sha256: str) -> str:
    """Return the keyed hash by which a file is known whose own hash is gone. Another key is another answer for ever."""
    return salted_hmac("certificates.erased", sha256, secret=settings.ERASURE_KEY, algorithm="sha256").hexdigest()


def _stored(day: dt.date) -> CertificateQuerySet:
    return with_rules_of(day).exclude(document=None)


def with_rules_of(day: dt.date) -> CertificateQuerySet:
    """Return certificates with what holds for them on the day: the same rules by which figures say valid."""
    rule = ModuleRule.objects.on(day).filter(module=OuterRef("completion__module"))
    refresher = material_editions(OuterRef("completion__module"), day)
    # A later one that nobody holds yet, because its document is not stored, takes nothing from this one.
    stored = Certificate.objects.exclude(document=None)
    successor = stored.filter(completion=OuterRef("completion"), pk__gt=OuterRef("pk")).order_by("pk")
    renewal = stored.filter(renews=OuterRef("pk"), revocation=None).order_by("-pk")
    related = ("document", "revocation", "erased__erasure", "completion__user", "completion__edition")
    return (
        Certificate.objects.select_related(*related)
        .defer("completion__edition__payload", "completion__edition__outline")
        .annotate(
            validity_months=Subquery(rule.values("validity_months")[:1]),
            refresher_days=Subquery(rule.values("refresher_days")[:1]),
            refresher_major=Subquery(refresher.values("major")[:1]),
            refresher_from=Subquery(refresher.values("in_force_from")[:1]),
            successor=Subquery(successor.values("number")[:1]),
            renewed_by=Subquery(renewal.values("number")[:1]),
        )
    )


def material_editions(module: OuterRef, day: dt.date) -> QuerySet[Edition]:
    """Return a queryset whose first row is the material edition that earlier completions are measured by on a day."""
    stopped = Withdrawal.objects.filter(edition=OuterRef("pk"), step_key="", lifted_at=None)
    material = Edition.objects.filter(~Exists(stopped), module=module, minor=0, major__gt=1, in_force_from__lte=day)
    return material.order_by("-in_force_from", "-major")


def _finding(certificate: Certificate | None, day: dt.date) -> Finding:
    if certificate is None:
        return UNKNOWN
    revocation = getattr(certificate, "revocation", None)
    erased = getattr(certificate, "erased", None)
    is_protected = certificate.completion.user.is_protected
    is_shown = not is_protected and not certificate.is_erased
    through = last_day(certificate)
    return Finding(
        verdict_of(certificate, day),
        sheet=msgspec.convert(certificate.sheet, CertificateSheet) if is_shown else None,
        code=grouped(certificate.code),
        number=certificate.number,
        valid_through=through if is_shown else None,
        is_changed=is_shown and through != certificate.valid_through,
        revoked_on=revocation.revoked_on if revocation else None,
        replaced_by=certificate.successor or "",  # type: ignore[attr-defined]  # annotated, as what follows
        renewed_by=(certificate.renewed_by or "") if is_shown else "",  # type: ignore[attr-defined]  # annotated
        erased_by=erased.erasure.decision if erased else "",
        sealed_by=certificate.document.sealed_by,
    )


def verdict_of(certificate: Certificate, day: dt.date) -> Verdict:
    """Return what is to be said of a certificate that was read with the rules of the day."""
    if getattr(certificate, "revocation", None):
        return Verdict.REVOKED
    if certificate.successor:  # type: ignore[attr-defined]  # annotated
        return Verdict.REPLACED
    through = last_day(certificate)
    return Verdict.EXPIRED if through and through < day else Verdict.GENUINE


def last_day(certificate: Certificate) -> dt.date | None:
    """Return the last day on which the certificate holds, by the rules that it was read with; `None` without an end."""
    until = valid_until(certificate.completion.completed_on, certificate.validity_months)  # type: ignore[attr-defined]  # annotated
    ends = [until - dt.timedelta(days=1) if until else None, _refresh_by(certificate)]
    return min((end for end in ends if end is not None), default=None)


def _refresh_by(certificate: Certificate) -> dt.date | None:
    """The last day for the refresher, when a material edition came after the one that was completed."""
    major: int | None = certificate.refresher_major  # type: ignore[attr-defined]  # annotated, as what follows
    if major is None or major <= certificate.completion.edition.major:
        return None
    days: int | None = certificate.refresher_days  # type: ignore[attr-defined]
    wait = ModuleRule.DEFAULT_REFRESHER_DAYS if days is None else days
    come: dt.date = certificate.refresher_from  # type: ignore[attr-defined]
    return come + dt.timedelta(days=wait)
