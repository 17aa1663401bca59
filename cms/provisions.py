"""Provisions of law, as worded and as checked at this moment."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from courses.models import LegalSource
from courses.payload import Source


def worded_sources(keys: Iterable[str]) -> tuple[Source, ...]:
    """Return the provisions with these keys, in the order of the keys; one query."""
    rows = LegalSource.objects.with_check().filter(key__in=set(keys)).order_by("key")
    return tuple(_source(row) for row in rows)


def _source(row: Any) -> Source:
    return Source(
        key=row.key,
        designation=row.designation,
        law=row.law,
        sfs=row.sfs,
        summary=row.summary,
        url=row.url,
        note=row.note,
        in_force_from=row.in_force_from,
        checked_on=row.checked_on,
        checked_by=row.checked_by or "",
        check_again_on=row.check_again_on,
    )
