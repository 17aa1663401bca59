"""Provisions of law that the content rests on, and when somebody checked them."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _


class LegalSourceQuerySet(models.QuerySet["LegalSource"]):
    """Asks for provisions."""

    def with_check(self) -> LegalSourceQuerySet:
        """Add the latest check as `checked_on`, `checked_by` and `check_again_on`."""
        latest = LegalCheck.objects.filter(source=OuterRef("pk")).order_by("-checked_on", "-pk")
        return self.annotate(
            checked_on=Subquery(latest.values("checked_on")[:1]),
            checked_by=Subquery(latest.values("checked_by")[:1]),
            check_again_on=Subquery(latest.values("check_again_on")[:1]),
        )

    def overdue_on(self, day: dt.date) -> LegalSourceQuerySet:
        """Keep those never checked, or whose check-again day has passed."""
        return self.with_check().filter(Q(check_again_on=None) | Q(check_again_on__lt=day))


class LegalSource(models.Model):
    """One provision: law, chapter, section, in force from."""

    key = models.SlugField(_("key"), max_length=80, unique=True, help_text=_("Used in text files, for instance osl-10-27."))
    law = models.CharField(_("law"), max_length=200)
    sfs = models.CharField(_("number in the statute book"), max_length=20, blank=True, help_text=_("For instance 2009:400."))
    chapter = models.CharField(_("chapter"), max_length=20, blank=True)
    section = models.CharField(_("section"), max_length=40, blank=True)
    designation = models.CharField(
        _("designation"), max_length=120, help_text=_("As staff read it, for instance OSL 10 kap. 27 §.")
    )
    summary = models.TextField(_("what it says, in plain words"))
    url = models.URLField(_("address of the official text"), max_length=300, blank=True)
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    note = models.TextField(_("what is uncertain"), blank=True)

    objects = LegalSourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal source")
        verbose_name_plural = _("legal sources")
        ordering = ["designation"]

    def __str__(self) -> str:
        return self.designation


class LegalCheck(models.Model):
    """Somebody compared the provision with the law in force: when, who, and by when it must be done again."""

    source = models.ForeignKey(LegalSource, on_delete=models.CASCADE, related_name="checks", verbose_name=_("legal source"))
    checked_on = models.DateField(_("checked"))
    checked_by = models.CharField(_("checked by"), max_length=150)
    check_again_on = models.DateField(_("check again by"))
    note = models.TextField(_("note"), blank=True)
    recorded_at = models.DateTimeField(_("recorded"), editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )

    class Meta:
        verbose_name = _("legal check")
        verbose_name_plural = _("legal checks")
        ordering = ["-checked_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(check_again_on__gt=models.F("checked_on")),
                name="courses_legalcheck_again_later",
                violation_error_message=_("The next check must come after this one."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.checked_on}"
