"""Certificates: the proof of one completion, as a document whose bytes never change."""

from __future__ import annotations

import hashlib
from typing import ClassVar

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from courses.models import Completion
from organisation.models import Event, User

NOT_DRAWN = "certificate.not_drawn"


class NumberSeries(models.Model):
    """The last number that was given out in a year."""

    city_code = models.CharField(_("city"), max_length=5)
    year = models.PositiveSmallIntegerField(_("year"))
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("number series")
        verbose_name_plural = _("number series")
        constraints = [models.UniqueConstraint(fields=["city_code", "year"], name="certificates_series_once")]

    def __str__(self) -> str:
        return f"{self.city_code}-{self.year}: {self.last}"

    @classmethod
    def next_numbers(cls, city_code: str, year: int, count: int) -> list[str]:
        """Return the next numbers of the year, such as THN-2026-000123. Inside a transaction: undone, they leave no gap."""
        series = cls.objects.filter(city_code=city_code, year=year)
        if not series.update(last=F("last") + count):
            cls.objects.get_or_create(city_code=city_code, year=year)
            series.update(last=F("last") + count)
        last = series.values_list("last", flat=True).get()
        return [f"{city_code}-{year}-{number:06}" for number in range(last - count + 1, last + 1)]


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Asks for certificates."""

    def held_by(self, user: User) -> CertificateQuerySet:
        """Keep those that the person holds: nobody else may open them."""
        return self.filter(completion__user=user)

    def current(self) -> CertificateQuerySet:
        """Keep the one of each completion that no other replaces; a revoked one stays."""
        return self.filter(replaced_by=None)

    def without_document(self) -> CertificateQuerySet:
        """Keep those that were numbered but not yet stored."""
        return self.filter(document=None)

    def stopped(self) -> CertificateQuerySet:
        """Keep those that wait because they could not be drawn, as the event log says."""
        told = Event.objects.filter(verb=NOT_DRAWN, subject_type=Certificate._meta.label_lower).values("subject_id")
        return self.without_document().annotate(key=Cast("pk", models.CharField())).filter(key__in=told)

    def to_be_mended(self) -> CertificateQuerySet:
        """Keep those that wait until somebody corrects what could not be drawn, and replaces them."""
        return self.stopped().current().filter(revocation=None, completion__user__erasure=None)


class Certificate(models.Model):
    """The proof of one completion: its number, its code, and word for word what stands on it.

    A completion has one first certificate, and each has at most one that replaces it: so one is current, always. One that
    comes of a later round `renews` the one of the round before. Who held it goes when the person is erased.
    """

    is_sealed = True
    emptied_on_erasure: ClassVar[tuple[str, ...]] = ("sheet", "reason")
    person_path = "completion__user"

    completion = models.ForeignKey(
        Completion, on_delete=models.PROTECT, related_name="certificates", verbose_name=_("completion")
    )
    replaces = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name=_("replaces"),
    )
    renews = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="renewals",
        verbose_name=_("renews"),
    )
    reason = models.TextField(_("why it replaces another"), max_length=500, blank=True)
    number = models.CharField(_("number"), max_length=20, unique=True)
    code = models.CharField(_("verification code"), max_length=20, unique=True)
    issued_on = models.DateField(_("issued"))
    valid_through = models.DateField(_("valid through"), null=True, blank=True)
    sheet = models.JSONField(_("what stands on it"))

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["completion"], condition=Q(replaces=None), name="certificates_one_first_a_completion"
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def module_title(self) -> str:
        """The module's title as it stands on the page; nothing when the holder is erased."""
        return str(self.sheet.get("module", ""))

    @property
    def is_erased(self) -> bool:
        """Whether what stood on it went with the personal data of its holder."""
        return not self.sheet


class Revocation(models.Model):
    """A certificate holds no longer, for instance because somebody else took the module in the holder's name."""

    is_sealed = True
    emptied_on_erasure: ClassVar[tuple[str, ...]] = ("reason",)
    person_path = "certificate__completion__user"

    certificate = models.OneToOneField(
        Certificate, on_delete=models.PROTECT, related_name="revocation", verbose_name=_("certificate")
    )
    reason = models.TextField(_("why"), max_length=500)
    revoked_on = models.DateField(_("revoked"))
    revoked_at = models.DateTimeField(_("revoked at"))
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("revoked by")
    )

    class Meta:
        verbose_name = _("revocation")
        verbose_name_plural = _("revocations")

    def __str__(self) -> str:
        return f"{self.certificate_id}, {self.revoked_on}"


def completions_without_document() -> models.QuerySet[Completion]:
    """Return the completions whose current certificate is not stored, oldest first; a revoked one never will be."""
    done = Certificate.objects.current().filter(completion=OuterRef("pk")).exclude(document=None, revocation=None)
    return Completion.objects.filter(~Exists(done), user__erasure=None).order_by("pk")


def stopped_certificates(user: User) -> set[int]:
    """Return the keys of the person's certificates that wait because they could not be drawn; one query."""
    return set(Certificate.objects.held_by(user).stopped().values_list("pk", flat=True))


def private_storage() -> Storage:
    """Return the storage that only views serve."""
    return storages["private"]


class DocumentLost(Exception):
    """The file is gone from the storage, or is not the one any more that was stored; the text is its name there."""


class CertificateDocument(models.Model):
    """The stored bytes of a certificate. The first ones stored win, and are never drawn again.

    `sealed_by` is the organisation that the seal's own certificate names; empty for a document that carries no seal.

    When the holder is erased the bytes go, and the hash by which they could be known; `ErasedCertificate` comes beside it.
    """

    is_sealed = True
    emptied_on_erasure: ClassVar[tuple[str, ...]] = ("sha256",)
    person_path = "certificate__completion__user"

    certificate = models.OneToOneField(
        Certificate, on_delete=models.PROTECT, related_name="document", verbose_name=_("certificate")
    )
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    size = models.PositiveIntegerField(_("size in bytes"))
    drawing_version = models.PositiveSmallIntegerField(_("version of the drawing"))
    stored_at = models.DateTimeField(_("stored"))
    sealed_by = models.CharField(_("sealed by"), max_length=200, blank=True, default="")
    seal_sha256 = models.CharField(_("SHA-256 of the seal’s certificate"), max_length=64, blank=True, default="")

    class Meta:
        verbose_name = _("certificate document")
        verbose_name_plural = _("certificate documents")

    def __str__(self) -> str:
        return self.sha256

    @property
    def file_name(self) -> str:
        """Where the bytes lie in the private storage."""
        return file_name_of(self.sha256)

    def read(self) -> bytes:
        """Return the stored bytes, exactly as they were stored. Raises `DocumentLost`."""
        try:
            with private_storage().open(self.file_name) as file:
                content = bytes(file.read())
        except OSError as fault:
            raise DocumentLost(self.file_name) from fault
        if hashlib.sha256(content).hexdigest() != self.sha256:
            raise DocumentLost(self.file_name)
        return content


def file_name_of(sha256: str) -> str:
    """Return the content-addressed name of a document."""
    return f"certificates/{sha256[:2]}/{sha256}.pdf"
