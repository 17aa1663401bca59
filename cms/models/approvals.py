"""A jurist's approval."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models import Module
from courses.payload import Review


class LegalApproval(models.Model):
    """A jurist approved exactly this composed content of a module; any change of the content makes it outdated."""

    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="legal_approvals", verbose_name=_("module"))
    content_sha256 = models.CharField(_("SHA-256 of the content"), max_length=64)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("approved by")
    )
    approved_on = models.DateField(_("approved"))

    class Meta:
        verbose_name = _("jurist's approval")
        verbose_name_plural = _("jurists' approvals")
        ordering = ["-approved_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["module", "content_sha256"],
                name="cms_legalapproval_once",
                violation_error_message=_("This content is already approved."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.module_id} {self.approved_on}"

    def as_review(self) -> Review:
        """Return what the edition seals of it."""
        return Review(by=self.approved_by.get_full_name(), on=self.approved_on)
