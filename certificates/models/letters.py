"""Letters: the message that a certificate has been issued."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from certificates.models.certificates import Certificate


class Letter(models.Model):
    """The holder is to be told of a certificate, or has been. Claimed before it is sent, so that none goes out twice.

    A letter that was claimed and not confirmed is sent once more, under the same `message_id`: a mail system shows it once.
    """

    certificate = models.OneToOneField(
        Certificate, on_delete=models.PROTECT, related_name="letter", verbose_name=_("certificate")
    )
    message_id = models.CharField(_("Message-ID"), max_length=200, blank=True)
    claims = models.PositiveSmallIntegerField(_("begun"), default=0)
    claimed_at = models.DateTimeField(_("begun at"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    class Meta:
        verbose_name = _("letter about a certificate")
        verbose_name_plural = _("letters about certificates")
        indexes = [models.Index(fields=["sent_at", "claims"])]

    def __str__(self) -> str:
        return f"{self.certificate_id}: {self.sent_at or self.claims}"
