"""The event log."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Event(models.Model):
    """Somebody did something to something: content, organisation, certificates, reports, and every look at a list of names.

    Append only; the database refuses changes.
    """

    is_sealed = True

    at = models.DateTimeField(_("when"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who")
    )
    verb = models.CharField(_("what"), max_length=60)
    subject_type = models.CharField(_("about what kind"), max_length=60)
    subject_id = models.CharField(_("about which"), max_length=60)
    details = models.JSONField(_("details"), default=dict)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["subject_type", "subject_id", "at"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"


def log_event(verb: str, subject: models.Model, *, by: Any, at: Any, **details: Any) -> Event:
    """Add a line to the event log. `details` is plain data and names no person beyond keys."""
    event = new_event(verb, subject, by=by, at=at, **details)
    event.save(force_insert=True)
    return event


def new_event(verb: str, subject: models.Model, *, by: Any, at: Any, **details: Any) -> Event:
    """Return a line of the event log that is not stored yet; who has many stores them in one query."""
    return Event(
        at=at, actor=by, verb=verb, subject_type=subject._meta.label_lower, subject_id=str(subject.pk), details=details
    )
