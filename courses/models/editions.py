"""Editions: a module's content exactly as given out."""

from __future__ import annotations

import datetime as dt
import json
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from courses.models.modules import Module
from courses.models.sources import LegalSource


class EditionQuerySet(models.QuerySet["Edition"]):
    """Asks for editions."""

    def known_at(self, moment: dt.datetime | None) -> EditionQuerySet:
        """Keep those sealed by `moment`; `None` means now."""
        return self if moment is None else self.filter(sealed_at__lte=moment)

    def newest_first(self) -> EditionQuerySet:
        """Order by coming into force, then by number."""
        return self.order_by("-in_force_from", "-major", "-minor")

    def in_force_on(self, day: dt.date) -> EditionQuerySet:
        """Keep those that have come into force, newest first; the first one is what learners get."""
        return self.filter(in_force_from__lte=day).newest_first()

    def with_withdrawal(self) -> EditionQuerySet:
        """Add `is_withdrawn`: the whole edition is stopped at present."""
        stop = Withdrawal.objects.filter(edition=OuterRef("pk"), step_key="", lifted_at=None)
        return self.annotate(is_withdrawn=Exists(stop))


class Edition(models.Model):
    """A module's content exactly as given out: sealed, numbered, never changed.

    `payload` is canonical JSON (RFC 8785) in the form of `courses.payload`; `sha256` is its hash. `outline` repeats the
    steps' keys and titles, so that pages need not read the payload.
    """

    is_sealed = True

    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="editions", verbose_name=_("module"))
    major = models.PositiveIntegerField(_("major number"))
    minor = models.PositiveIntegerField(_("minor number"))
    title = models.CharField(_("title"), max_length=200)
    in_force_from = models.DateField(_("in force from"))
    sealed_at = models.DateTimeField(_("given out"))
    sealed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("given out by"),
    )
    change_note = models.TextField(_("what changed"))
    overdue_reason = models.TextField(_("why given out with an overdue legal source"), blank=True)
    reviewed_by = models.CharField(_("reviewed by jurist"), max_length=200, blank=True)
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    payload = models.TextField(_("sealed content"))
    outline = models.JSONField(_("outline"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["module", "-major", "-minor"]
        constraints = [models.UniqueConstraint(fields=["module", "major", "minor"], name="courses_edition_number")]
        indexes = [models.Index(fields=["module", "in_force_from"])]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"

    @property
    def number(self) -> str:
        """The number as people say it, for instance 2.1."""
        return f"{self.major}.{self.minor}"

    @property
    def is_material(self) -> bool:
        """Whether it asks those who completed an earlier edition for something."""
        return self.minor == 0

    @cached_property
    def content(self) -> dict[str, Any]:
        """The sealed content as plain data."""
        data: dict[str, Any] = json.loads(self.payload)
        return data


class Step(models.Model):
    """A lesson, an exercise or a knowledge check inside an edition."""

    class Kind(models.TextChoices):
        LESSON = "lesson", _("Lesson")
        CHECK = "check", _("Knowledge check")
        CASES = "cases", _("Cases")
        JUDGEMENT = "judgement", _("Judgement")
        DIALOGUE = "dialogue", _("Dialogue")

    is_sealed = True

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="steps", verbose_name=_("edition"))
    key = models.CharField(_("key"), max_length=60)
    slug = models.SlugField(_("address"), max_length=80)
    position = models.PositiveSmallIntegerField(_("position"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=200)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    material_revision = models.PositiveIntegerField(_("material revision"))
    content = models.JSONField(_("content"))

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["edition", "position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "key"], name="courses_step_key"),
            models.UniqueConstraint(fields=["edition", "slug"], name="courses_step_slug"),
            models.UniqueConstraint(fields=["edition", "position"], name="courses_step_position"),
        ]

    def __str__(self) -> str:
        return self.title


class EditionSource(models.Model):
    """A step of an edition rests on a provision."""

    is_sealed = True

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="sources", verbose_name=_("edition"))
    step_key = models.CharField(_("step"), max_length=60)
    source = models.ForeignKey(LegalSource, on_delete=models.PROTECT, related_name="uses", verbose_name=_("legal source"))

    class Meta:
        verbose_name = _("use of a legal source")
        verbose_name_plural = _("uses of legal sources")
        constraints = [models.UniqueConstraint(fields=["edition", "step_key", "source"], name="courses_editionsource_once")]

    def __str__(self) -> str:
        return f"{self.edition_id}/{self.step_key}: {self.source_id}"


class Withdrawal(models.Model):
    """A jurist or trainer stopped an edition, or one step of it, at once; learners see why. May be lifted."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="withdrawals", verbose_name=_("edition"))
    step_key = models.CharField(_("step"), max_length=60, blank=True, help_text=_("Empty: the whole edition."))
    reason = models.TextField(_("why"))
    withdrawn_at = models.DateTimeField(_("withdrawn"))
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("withdrawn by")
    )
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lifted by")
    )

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "step_key"],
                condition=Q(lifted_at=None),
                name="courses_withdrawal_once",
                violation_error_message=_("It is already withdrawn."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}/{self.step_key or '*'}"
