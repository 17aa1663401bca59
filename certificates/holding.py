"""What a person holds: the certificates that count today, and the earlier ones, each with what became of it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from certificates.models import Certificate
from certificates.verification import Verdict, last_day, verdict_of, with_rules_of
from courses.models import Completion
from organisation.models import User


@dataclass(frozen=True)
class Held:
    """A completion with one of its certificates; there is none yet when it is on its way."""

    completion: Completion
    certificate: Certificate | None = None
    verdict: Verdict | None = None
    valid_through: dt.date | None = None
    replaced_by: str = ""
    renewed_by: str = ""

    @property
    def counts(self) -> bool:
        """Whether it is the one to show: in force, or on its way, and no later round has given another."""
        return self.verdict in {None, Verdict.GENUINE} and not self.renewed_by


def holding(user: User, day: dt.date) -> list[Held]:
    """Return all that the person holds or has held, newest first; two queries."""
    completions = Completion.objects.filter(user=user).select_related("edition__module").order_by("-completed_on", "-pk")
    certificates: dict[int, list[Certificate]] = defaultdict(list)
    for certificate in with_rules_of(day).filter(completion__user=user).order_by("-number"):
        certificates[certificate.completion_id].append(certificate)
    return [held for completion in completions for held in _of(completion, certificates[completion.pk], day)]


def _of(completion: Completion, certificates: list[Certificate], day: dt.date) -> list[Held]:
    # What was replaced before it was ever stored is nothing that anybody holds.
    shown = [one for one in certificates if hasattr(one, "document") or not hasattr(one, "replaced_by")]
    if not shown:
        return [Held(completion)]
    return [
        Held(
            completion,
            certificate,
            _verdict(certificate, day),
            last_day(certificate),
            certificate.successor or "",  # type: ignore[attr-defined]  # annotated, as the next
            certificate.renewed_by or "",  # type: ignore[attr-defined]
        )
        for certificate in shown
    ]


def _verdict(certificate: Certificate, day: dt.date) -> Verdict | None:
    """`None` for one that is on its way; a revoked one no longer is, stored or not."""
    is_on_its_way = not hasattr(certificate, "document") and not hasattr(certificate, "revocation")
    return None if is_on_its_way else verdict_of(certificate, day)
