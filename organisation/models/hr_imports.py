"""What was imported from the HR system."""

from __future__ import annotations

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _


class HrImport(models.Model):
    """Two HR files that were carried out: by whom, when, from which day, and what changed. The files are not kept."""

    is_sealed = True

    imported_at = models.DateTimeField(_("when"))
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who")
    )
    as_of = models.DateField(_("from"))
    departments_file = models.CharField(_("file of departments"), max_length=255)
    departments_sha256 = models.CharField(_("SHA-256 of the file of departments"), max_length=64)
    people_file = models.CharField(_("file of people"), max_length=255)
    people_sha256 = models.CharField(_("SHA-256 of the file of people"), max_length=64)
    allowed_large = models.BooleanField(_("many employments were allowed to end"), default=False)
    counts = models.JSONField(_("what changed"))

    class Meta:
        verbose_name = _("HR import")
        verbose_name_plural = _("HR imports")
        ordering = ["-imported_at", "-id"]

    def __str__(self) -> str:
        return f"{self.imported_at:%Y-%m-%d %H:%M}"


def private_storage() -> Storage:
    """Return where no static server reaches."""
    return storages["private"]


class HrUpload(models.Model):
    """Two HR files that a coordinator has handed in: read, shown to her, and carried out when she says so.

    The files are kept until then, or until she takes them away; what would change is kept as long as they are.
    """

    class Status(models.TextChoices):
        READING = "reading", _("being read")
        READY = "ready", _("waits for you")
        REFUSED = "refused", _("refused")
        IMPORTING = "importing", _("being imported")
        FAILED = "failed", _("interrupted")
        DONE = "done", _("imported")

    handed_in_at = models.DateTimeField(_("handed in"))
    handed_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("who")
    )
    as_of = models.DateField(_("from"))
    departments_name = models.CharField(_("file of departments"), max_length=255)
    departments = models.FileField(storage=private_storage, upload_to="hr/", blank=True, max_length=255)
    people_name = models.CharField(_("file of people"), max_length=255)
    people = models.FileField(storage=private_storage, upload_to="hr/", blank=True, max_length=255)
    rows = models.PositiveIntegerField(_("rows"))
    status = models.CharField(_("status"), max_length=20, choices=Status.choices, default=Status.READING)
    started_at = models.DateTimeField(_("started"))
    allow_large = models.BooleanField(_("many employments were allowed to end"), default=False)
    preview = models.JSONField(_("what would change"), default=dict)
    faults = models.JSONField(_("faults"), default=list)
    protocol = models.OneToOneField(HrImport, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("HR import"))

    class Meta:
        verbose_name = _("handed in HR files")
        verbose_name_plural = _("handed in HR files")
        ordering = ["-handed_in_at", "-id"]

    def __str__(self) -> str:
        return f"{self.handed_in_at:%Y-%m-%d %H:%M} {self.status}"

    @property
    def is_working(self) -> bool:
        """Whether something is being done with it in the background."""
        return self.status in {self.Status.READING, self.Status.IMPORTING}
