"""What is written on the outside of a report: number, moments, hashes, corrections. None of it is part of the hashed basis."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Envelope:
    """A report's envelope. Without `published_at` it is a draft. No person's name stands on it."""

    number: int
    sha256: str
    software: str
    frozen_at: dt.datetime
    statements_sha256: str = ""
    case_number: str = ""
    published_at: dt.datetime | None = None

    @property
    def is_draft(self) -> bool:
        """Whether it is not published."""
        return self.published_at is None


@dataclass(frozen=True)
class ErratumOf:
    """A numbered correction."""

    number: int
    text: str
    reason: str
    corrected_at: dt.datetime
