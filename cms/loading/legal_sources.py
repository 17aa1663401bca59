"""Provisions of the starter content, and the checks that their authors made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from wagtail.models import ModelLogEntry

from cms.starter.texts import LegalSourceText
from courses.models import LegalCheck, LegalSource

FIELDS = ("law", "sfs", "chapter", "section", "designation", "summary", "url", "in_force_from", "note")


def load_legal_sources(texts: Iterable[LegalSourceText], *, at: dt.datetime) -> tuple[dict[str, LegalSource], list[str]]:
    """Return the provisions by key, and the designations of those left as somebody here has made them."""
    found: dict[str, LegalSource] = {}
    left_alone: list[str] = []
    for text in texts:
        source = LegalSource.objects.filter(key=text.key).first() or LegalSource(key=text.key)
        if source.pk and changed_here(source):
            left_alone.append(source.designation)
        else:
            _write(source, text, at)
        found[text.key] = source
    return found, left_alone


def changed_here(source: LegalSource) -> bool:
    """Whether somebody has edited or checked the provision in the administration."""
    edited = ModelLogEntry.objects.for_instance(source).filter(user__isnull=False).exists()
    return edited or source.checks.filter(recorded_by__isnull=False).exists()


def _write(source: LegalSource, text: LegalSourceText, at: dt.datetime) -> None:
    wanted = {field: getattr(text, field) for field in FIELDS}
    if source.pk is None or any(getattr(source, field) != value for field, value in wanted.items()):
        for field, value in wanted.items():
            setattr(source, field, value)
        source.save()
    if text.checked_on and text.check_again_on:
        LegalCheck.objects.get_or_create(
            source=source,
            checked_on=text.checked_on,
            checked_by=text.checked_by,
            check_again_on=text.check_again_on,
            defaults={"recorded_at": at},
        )
