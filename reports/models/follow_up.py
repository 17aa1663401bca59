"""Follow-up reports: the cycle they belong to, what was frozen, said, published and corrected."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from organisation.models import Department


class Period(models.TextChoices):
    """The three reports of a year, as addresses name them."""

    APRIL = "april", _("April")
    AUGUST = "augusti", _("August")
    FULL_YEAR = "helar", _("Full year")


class Cycle(models.Model):
    """One round of the city's yearly follow-up. It is open until its report is published."""

    year = models.PositiveSmallIntegerField(_("year"))
    period = models.CharField(_("period"), max_length=10, choices=Period)
    cut_off_on = models.DateField(_("cut-off day"))
    opened_at = models.DateTimeField(_("opened"))
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("opened by")
    )

    class Meta:
        verbose_name = _("follow-up cycle")
        verbose_name_plural = _("follow-up cycles")
        ordering = ["-cut_off_on"]
        constraints = [models.UniqueConstraint(fields=["year", "period"], name="reports_cycle_once")]

    def __str__(self) -> str:
        return f"{self.get_period_display()} {self.year}"


class FollowUp(models.Model):
    """A frozen report. The basis is hashed; number, software and who stand in this envelope, outside it."""

    is_sealed = True

    cycle = models.OneToOneField(Cycle, on_delete=models.PROTECT, related_name="follow_up", verbose_name=_("follow-up cycle"))
    number = models.PositiveIntegerField(_("number"), unique=True)
    basis = models.BinaryField(_("basis"))
    """Canonical JSON (RFC 8785) of `reports.follow_up.basis.Basis`."""
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    known_at = models.DateTimeField(_("moment of knowledge"))
    software = models.CharField(_("software version"), max_length=60)
    frozen_at = models.DateTimeField(_("frozen"))
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("frozen by")
    )

    class Meta:
        verbose_name = _("follow-up report")
        verbose_name_plural = _("follow-up reports")
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.number}"


class DepartmentComment(models.Model):
    """What a department says of its figures. A new version is a new row; the latest counts until publication."""

    is_sealed = True
    MOST_CHARACTERS = 4_000

    follow_up = models.ForeignKey(
        FollowUp, on_delete=models.PROTECT, related_name="comments", verbose_name=_("follow-up report")
    )
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+", verbose_name=_("department"))
    reason = models.TextField(_("reason"), max_length=MOST_CHARACTERS)
    action = models.TextField(_("action"), max_length=MOST_CHARACTERS, blank=True)
    responsible = models.CharField(
        _("responsible function"), max_length=150, blank=True, help_text=_("A function, never a person's name.")
    )
    by_when = models.DateField(_("by when"), null=True, blank=True)
    written_at = models.DateTimeField(_("written"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("written by")
    )

    class Meta:
        verbose_name = _("department's comment")
        verbose_name_plural = _("departments' comments")
        ordering = ["follow_up", "department", "-pk"]

    def __str__(self) -> str:
        return f"{self.follow_up_id} / {self.department_id}"


class Approval(models.Model):
    """The coordinator approved what is to be published."""

    is_sealed = True

    follow_up = models.OneToOneField(
        FollowUp, on_delete=models.PROTECT, related_name="approval", verbose_name=_("follow-up report")
    )
    approved_at = models.DateTimeField(_("approved"))
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("approved by")
    )

    class Meta:
        verbose_name = _("approval of a follow-up report")
        verbose_name_plural = _("approvals of follow-up reports")

    def __str__(self) -> str:
        return f"{self.follow_up_id}"


class Publication(models.Model):
    """The report went out. `statements` is canonical JSON of comments and activities, locked here with a hash of its own."""

    is_sealed = True

    follow_up = models.OneToOneField(
        FollowUp, on_delete=models.PROTECT, related_name="publication", verbose_name=_("follow-up report")
    )
    statements = models.BinaryField(_("comments and activities"))
    statements_sha256 = models.CharField(_("SHA-256 of the comments"), max_length=64)
    hidden = models.BinaryField(_("what is hidden"))
    """Canonical JSON: which cells are suppressed. Later reports are protected together with it."""
    case_number = models.CharField(_("case number"), max_length=60)
    published_at = models.DateTimeField(_("published"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("published by"),
    )

    class Meta:
        verbose_name = _("publication of a follow-up report")
        verbose_name_plural = _("publications of follow-up reports")

    def __str__(self) -> str:
        return f"{self.follow_up_id}"


class Output(models.Model):
    """One format of a report, made once: at publication, and again for each erratum, which it shows."""

    is_sealed = True

    publication = models.ForeignKey(
        Publication, on_delete=models.PROTECT, related_name="outputs", verbose_name=_("publication of a follow-up report")
    )
    errata = models.PositiveSmallIntegerField(_("errata shown"), default=0)
    ending = models.CharField(_("format"), max_length=10)
    content = models.BinaryField(_("content"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("format of a follow-up report")
        verbose_name_plural = _("formats of follow-up reports")
        constraints = [
            models.UniqueConstraint(fields=["publication", "errata", "ending"], name="reports_output_once"),
        ]

    def __str__(self) -> str:
        return f"{self.publication_id}.{self.ending}"


class Erratum(models.Model):
    """A numbered correction, which every format shows. The frozen figures stay as they are."""

    is_sealed = True

    publication = models.ForeignKey(
        Publication, on_delete=models.PROTECT, related_name="errata", verbose_name=_("publication of a follow-up report")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.TextField(_("correction"), max_length=4_000)
    reason = models.TextField(_("reason"), max_length=1_000)
    corrected_at = models.DateTimeField(_("corrected"))
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("corrected by"),
    )

    class Meta:
        verbose_name = _("erratum")
        verbose_name_plural = _("errata")
        ordering = ["publication", "number"]
        constraints = [models.UniqueConstraint(fields=["publication", "number"], name="reports_erratum_once")]

    def __str__(self) -> str:
        return f"{self.publication_id} / {self.number}"


class RecipientList(models.Model):
    """Who gets a mail when a report is published: the management group, the boards, a committee."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    addresses = models.JSONField(_("e-mail addresses"), default=list)
    is_active = models.BooleanField(_("gets mail"), default=True)

    class Meta:
        verbose_name = _("list of recipients")
        verbose_name_plural = _("lists of recipients")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PublicationLetter(models.Model):
    """A recipient is to be told of a publication, or has been. Claimed before it is sent, so that none goes out twice."""

    publication = models.ForeignKey(
        Publication, on_delete=models.PROTECT, related_name="letters", verbose_name=_("publication of a follow-up report")
    )
    address = models.EmailField(_("e-mail"))
    message_id = models.CharField(_("Message-ID"), max_length=200)
    claims = models.PositiveSmallIntegerField(_("begun"), default=0)
    claimed_at = models.DateTimeField(_("begun at"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    class Meta:
        verbose_name = _("letter about a follow-up report")
        verbose_name_plural = _("letters about follow-up reports")
        constraints = [models.UniqueConstraint(fields=["publication", "address"], name="reports_publication_letter_once")]
        indexes = [models.Index(fields=["sent_at", "claims"])]

    def __str__(self) -> str:
        return f"{self.publication_id}: {self.sent_at or self.claims}"


class CycleLetter(models.Model):
    """Somebody is to be told of a cycle, or has been: a manager that a comment is asked for, a coordinator that files are old.

    Claimed before it is sent, so that none goes out twice. `turn` tells reminders of the same thing apart.
    """

    class Kind(models.TextChoices):
        COMMENT = "comment", _("asks for a comment")
        OLD_FILE = "old_file", _("warns of an old HR file")

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="letters", verbose_name=_("follow-up cycle"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("person"))
    turn = models.PositiveIntegerField(_("which time"))
    message_id = models.CharField(_("Message-ID"), max_length=200)
    claims = models.PositiveSmallIntegerField(_("begun"), default=0)
    claimed_at = models.DateTimeField(_("begun at"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    class Meta:
        verbose_name = _("letter about a follow-up cycle")
        verbose_name_plural = _("letters about follow-up cycles")
        constraints = [models.UniqueConstraint(fields=["cycle", "kind", "user", "turn"], name="reports_cycle_letter_once")]
        indexes = [models.Index(fields=["sent_at", "claims"])]

    def __str__(self) -> str:
        return f"{self.cycle_id} {self.kind}: {self.sent_at or self.claims}"
