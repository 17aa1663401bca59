"""Mails that remind: claimed before they are sent, confirmed when the mail server has taken them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.models import Module
from organisation.models import User

LONGEST_RUN = dt.timedelta(hours=1)


class Mailing(models.Model):
    """A mail to one person. Without `sent_at` and `refused_at` nobody knows whether the mail server took it.

    By itself the product writes at most one mail a day to a person, whatever there is to say.
    """

    class Kind(models.TextChoices):
        LEARNER = "learner", _("to a learner")
        ASKED = "asked", _("asked for by a manager")
        MANAGER = "manager", _("what has changed, to a manager")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mailings", verbose_name=_("person")
    )
    on = models.DateField(_("day"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    message_id = models.CharField(_("Message-ID"), max_length=150, unique=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=1)
    claimed_at = models.DateTimeField(_("claimed"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    refused_at = models.DateTimeField(_("refused"), null=True, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("asked for by"),
    )
    counts = models.JSONField(_("what it said"), default=dict)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "on", "kind"], condition=~Q(kind="asked"), name="reports_mailing_once_a_day"
            )
        ]
        indexes = [
            models.Index(fields=["claimed_at"], condition=Q(sent_at=None, refused_at=None), name="reports_mailing_unconfirmed")
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.kind}"


class Notice(models.Model):
    """That a person was told one thing about one module, or, passed over for a more urgent one, need no longer be.

    `occurrence` says which time: the day that it is about, or the round and number of a reminder that is repeated.
    """

    class Kind(models.TextChoices):
        OFFERED = "offered", _("is offered")
        DUE_IN_14 = "due_in_14", _("due in 14 days")
        DUE_IN_3 = "due_in_3", _("due in 3 days")
        OVERDUE = "overdue", _("is overdue")
        REFRESHER = "refresher", _("refresher needed")
        ASKED = "asked", _("asked for by a manager")

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="notices", verbose_name=_("mail"))
    is_passed_over = models.BooleanField(_("passed over"), default=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices", verbose_name=_("person")
    )
    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="+", verbose_name=_("module"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    occurrence = models.CharField(_("which time"), max_length=40)
    on = models.DateField(_("day"))

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            models.UniqueConstraint(fields=["user", "module", "kind", "occurrence"], name="reports_notice_once"),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.kind}"


class RefusedAddress(models.Model):
    """An address that the mail server refused for good; nothing more is sent there. Another address of the person is tried."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("person"))
    address = models.EmailField(_("e-mail"))
    refused_on = models.DateField(_("refused"))
    code = models.PositiveSmallIntegerField(_("the mail server's code"))

    class Meta:
        verbose_name = _("refused address")
        verbose_name_plural = _("refused addresses")
        constraints = [models.UniqueConstraint(fields=["user", "address"], name="reports_refused_once")]

    def __str__(self) -> str:
        return f"{self.refused_on} {self.code}"


class MailChoice(models.Model):
    """How a person wants reminders: as they come, or gathered once a week. What is overdue always comes."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_choice", verbose_name=_("person")
    )
    is_weekly = models.BooleanField(_("one mail a week"), default=False)

    class Meta:
        verbose_name = _("choice of reminders")
        verbose_name_plural = _("choices of reminders")

    def __str__(self) -> str:
        return "weekly" if self.is_weekly else "single"


class ReminderRunQuerySet(models.QuerySet["ReminderRun"]):
    def eventful(self) -> ReminderRunQuerySet:
        """Leave out runs that ended and had nothing to send."""
        return self.exclude(counts={}, ended_at__isnull=False)


class ReminderRun(models.Model):
    """One run: for which day, to whom, and how many mails of what kind. Without `ended_at` it goes on or was interrupted."""

    class Whom(models.TextChoices):
        LEARNERS = "learners", _("learners")
        MANAGERS = "managers", _("managers")

    whom = models.CharField(_("to whom"), max_length=10, choices=Whom.choices, default=Whom.LEARNERS)
    on = models.DateField(_("day"))
    started_at = models.DateTimeField(_("started"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    counts = models.JSONField(_("what was sent"), default=dict)

    objects = ReminderRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("run of reminders")
        verbose_name_plural = _("runs of reminders")
        ordering = ["-started_at", "-id"]

    def __str__(self) -> str:
        return f"{self.on}"

    def is_interrupted(self, now: dt.datetime) -> bool:
        """Whether it began so long ago that it must have been killed; no run takes an hour."""
        return self.ended_at is None and self.started_at < now - LONGEST_RUN


def refused_addresses(user_ids: Collection[int]) -> dict[int, dt.date]:
    """Return since when the present address of each of these persons is refused; one query."""
    refused = RefusedAddress.objects.filter(user__in=user_ids, address=F("user__email"))
    return dict(refused.values_list("user_id", "refused_on"))


def reminded_on(user_ids: Collection[int], module_id: int) -> dict[int, dt.date]:
    """Return the latest day when each of these persons was sent a mail about the module; one query."""
    sent = Notice.objects.filter(user__in=user_ids, module=module_id, is_passed_over=False).exclude(mailing__sent_at=None)
    return dict(sent.values_list("user_id").annotate(models.Max("on")))


def without_refused(people: models.QuerySet[User]) -> models.QuerySet[User]:
    """Keep those who have an address that the mail server has not refused."""
    refused = RefusedAddress.objects.filter(user=models.OuterRef("pk"), address=models.OuterRef("email"))
    return people.exclude(email=None).filter(~models.Exists(refused))
