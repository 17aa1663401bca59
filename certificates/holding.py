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
    if not certificates:
        return [Held(completion)]
    return [
        Held(
            completion,
            certificate,
            verdict_of(certificate, day) if hasattr(certificate, "document") else None,
            last_day(certificate),
            certificate.renewed_by or "",  # type: ignore[attr-defined]  # annotated
        )
        for certificate in certificates
    ]
