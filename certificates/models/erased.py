"""What is left of a certificate whose holder has been erased."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from certificates.models.certificates import Certificate
from organisation.models import Erasure


class ErasedCertificate(models.Model):
    """The holder of this certificate is erased: its bytes are gone; whoever has them can still learn that they are genuine.

    `document_mac` is a keyed hash of the file. Without the file and the key nobody can tell what it was made from.
    """

    is_sealed = True

    certificate = models.OneToOneField(
        Certificate, on_delete=models.PROTECT, related_name="erased", verbose_name=_("certificate")
    )
    erasure = models.ForeignKey(Erasure, on_delete=models.PROTECT, related_name="certificates", verbose_name=_("erasure"))
    document_mac = models.CharField(_("keyed hash of the file"), max_length=64, blank=True, db_index=True)

    class Meta:
        verbose_name = _("erased certificate")
        verbose_name_plural = _("erased certificates")

    def __str__(self) -> str:
        return f"{self.certificate_id}: {self.erasure_id}"
