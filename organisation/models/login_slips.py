"""Slips of paper with a code that lets somebody without an e-mail address in, once."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class LoginSlipQuerySet(models.QuerySet["LoginSlip"]):
    """Asks for slips."""

    def in_force(self, at: dt.datetime) -> LoginSlipQuerySet:
        """Keep those that would let somebody in at the moment."""
        return self.filter(used_at=None, voided_at=None, expires_at__gt=at)


class LoginSlip(models.Model):
    """A slip that a manager printed for a person. What is stored says whether a code is the right one, never which."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="login_slips", verbose_name=_("person")
    )
    code_hash = models.CharField(_("hash of the code"), max_length=64)
    printed_at = models.DateTimeField(_("printed"))
    printed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("printed by")
    )
    expires_at = models.DateTimeField(_("holds until"))
    used_at = models.DateTimeField(_("used"), null=True, blank=True)
    voided_at = models.DateTimeField(_("voided"), null=True, blank=True)

    objects = LoginSlipQuerySet.as_manager()

    class Meta:
        verbose_name = _("login slip")
        verbose_name_plural = _("login slips")
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(used_at=None, voided_at=None),
                name="organisation_loginslip_one_unused",
                violation_error_message=_("The person has a slip already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.printed_at:%Y-%m-%d}"
