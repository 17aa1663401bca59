"""Jobs: certificates for a whole department, issued or re-issued in the background."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from certificates.models.certificates import Certificate
from courses.models import Completion
from organisation.models import Department


class IssuingJob(models.Model):
    """A coordinator lets the certificates of a department, with everything below it, be issued or re-issued.

    Whoever began it owns it. It may be left and come back to; a worker that is killed leaves nothing half done.
    """

    class Kind(models.TextChoices):
        ISSUE = "issue", _("Issue what is missing")
        REISSUE = "reissue", _("Re-issue all: each gets a new certificate with the name, logo and signatory as they are now")

    kind = models.CharField(_("what is to be done"), max_length=10, choices=Kind.choices)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+", verbose_name=_("department"))
    department_name = models.CharField(_("the department's name that day"), max_length=150)
    reason = models.TextField(_("why"), max_length=500, blank=True)
    tells_holders = models.BooleanField(_("holders are told by mail"), default=False)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("begun by")
    )
    started_at = models.DateTimeField(_("begun"))
    touched_at = models.DateTimeField(_("latest sign of life"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    left_out = models.PositiveIntegerField(_("left out, with protected identity"), default=0)

    class Meta:
        verbose_name = _("certificates for a department")
        verbose_name_plural = _("certificates for departments")
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["department"],
                condition=models.Q(finished_at=None, cancelled_at=None),
                name="certificates_job_one_at_a_time",
                violation_error_message=_("Certificates are being issued for this department already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.department_name} {self.started_at:%Y-%m-%d %H:%M}"

    @property
    def is_working(self) -> bool:
        """Whether something is left to do."""
        return self.finished_at is None and self.cancelled_at is None


class IssuingItem(models.Model):
    """One completion in a job. `former` is the certificate to be replaced, `certificate` the one that holds when it is done.

    A worker takes it for a while; if it is not done then, that worker is gone, and another takes it.
    """

    job = models.ForeignKey(IssuingJob, on_delete=models.CASCADE, related_name="items", verbose_name=_("job"))
    completion = models.ForeignKey(Completion, on_delete=models.PROTECT, related_name="+", verbose_name=_("completion"))
    former = models.ForeignKey(
        Certificate, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("replaces")
    )
    certificate = models.ForeignKey(
        Certificate, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("certificate")
    )
    taken_at = models.DateTimeField(_("taken by a worker"), null=True, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    is_undrawn = models.BooleanField(_("could not be drawn"), default=False)

    class Meta:
        verbose_name = _("certificate in a job")
        verbose_name_plural = _("certificates in jobs")
        constraints = [models.UniqueConstraint(fields=["job", "completion"], name="certificates_item_once")]

    def __str__(self) -> str:
        return f"{self.job_id}/{self.completion_id}"
