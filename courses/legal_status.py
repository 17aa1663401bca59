"""How the legal sources of an edition stand at present. An edition is sealed; the checks of its sources go on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from django.core.cache import caches

from courses.models import LegalSource

SECONDS = 30
"""A check, or a day that passes, shows within a minute."""


@dataclass(frozen=True)
class SourceStatus:
    """The latest check of a source. Without a day to check again it was never checked."""

    checked_on: dt.date | None
    checked_by: str
    check_again_on: dt.date | None

    def is_overdue_on(self, day: dt.date) -> bool:
        """Whether somebody should have checked it before that day."""
        return self.check_again_on is None or self.check_again_on < day


StatusByKey = Mapping[str, SourceStatus]


def status_of(edition_id: int) -> StatusByKey:
    """Return the status of each source of an edition, by key; one query each half minute and process."""
    found = caches["rendered"].get_or_set(f"legal-{edition_id}", lambda: _read(edition_id), SECONDS)
    return cast(StatusByKey, found)


def _read(edition_id: int) -> StatusByKey:
    sources = LegalSource.objects.filter(uses__edition=edition_id).with_check().distinct()
    rows = sources.values_list("key", "checked_on", "checked_by", "check_again_on")  # type: ignore[misc]  # annotated
    return {key: SourceStatus(on, by or "", again) for key, on, by, again in rows}
