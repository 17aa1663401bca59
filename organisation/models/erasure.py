"""Erasure (gallring): what is written when a person's data is taken away."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Erasure(models.Model):
    """The protocol of an erasure: by which decision, when, by whom, and how much went. It names nobody.

    `person` is what is left: a row without name, number, address or login. While this row names it, and only then, the
    database lets the personal columns of its sealed rows be emptied.
    """

    is_sealed = True

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="erasure", verbose_name=_("person")
    )
    decision = models.CharField(_("the decision's number"), max_length=60)
    erased_on = models.DateField(_("erased"))
    erased_at = models.DateTimeField(_("erased at"))
    erased_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("erased by")
    )
    counts = models.JSONField(_("what went and what stayed"))

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        ordering = ["-erased_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.decision}, {self.erased_on}"


class DoomedFile(models.Model):
    """A file in the private storage that is to go, and is forgotten when it is gone: an outage in between leaves no bytes."""

    name = models.CharField(_("file"), max_length=255, unique=True)

    class Meta:
        verbose_name = _("file to be deleted")
        verbose_name_plural = _("files to be deleted")

    def __str__(self) -> str:
        return self.name
