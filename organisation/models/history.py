"""Dated rows: what was so from day to day, and what was known about it when."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

Row = TypeVar("Row", bound="DatedRow")


class DatedQuerySet(models.QuerySet[Row]):
    """Asks dated rows for a day, as known now or at an earlier moment."""

    def known_at(self, moment: dt.datetime | None) -> Self:
        """Keep what was recorded, and not yet superseded, at `moment`; `None` means now."""
        if moment is None:
            return self.filter(superseded_at=None)
        return self.filter(recorded_at__lte=moment).filter(Q(superseded_at=None) | Q(superseded_at__gt=moment))

    def on(self, day: dt.date, known_at: dt.datetime | None = None) -> Self:
        """Keep the rows whose period holds `day`."""
        return self.known_at(known_at).filter(from_on__lte=day).filter(Q(until_on=None) | Q(until_on__gt=day))


class DatedRow(models.Model):
    """Something that was so from `from_on` (included) until `until_on` (excluded, or open).

    A row is never rewritten. `organisation.history` ends it once, or supersedes it by another; the database refuses the
    rest, and refuses two rows in force at the same time for the same `one_at_a_time`.
    """

    one_at_a_time: ClassVar[tuple[str, ...]] = ()

    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until (not included)"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    superseded_at = models.DateTimeField(_("superseded"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gt=F("from_on")),
                name="%(app_label)s_%(class)s_period",
                violation_error_message=_("The last day is before the first day."),
            )
        ]

    def holds(self, day: dt.date) -> bool:
        """Whether `day` lies in the period."""
        return self.from_on <= day and (self.until_on is None or day < self.until_on)

    @property
    def last_on(self) -> dt.date | None:
        """The last day, as people say it; none if the row is open."""
        return self.until_on - dt.timedelta(days=1) if self.until_on else None

    def values_of_row(self) -> dict[str, Any]:
        """Return the row's own values without its key and its history, to make a successor from."""
        skipped = {"id", "recorded_at", "recorded_by", "superseded_at"}
        return {field.name: getattr(self, field.name) for field in self._meta.concrete_fields if field.name not in skipped}
