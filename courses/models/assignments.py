"""Who is to take what by when: audiences, assignments, acceptances, exemptions, offers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models.modules import Module
from organisation.models import DatedQuerySet, DatedRow, Department, Employment, Reorganisation
from organisation.work import Work


class Audience(models.Model):
    """A target group with a name; what it means is a dated rule."""

    name = models.CharField(_("name"), max_length=150, unique=True)

    class Meta:
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class AudienceRule(DatedRow):
    """These departments with everything below, these occupations (none named: all), perhaps only those who meet the young."""

    one_at_a_time = ("audience",)

    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="rules", verbose_name=_("audience"))
    departments = models.ManyToManyField(Department, related_name="+", verbose_name=_("departments"))
    occupations = models.JSONField(_("occupations"), default=list, blank=True)
    only_meets_young = models.BooleanField(_("only those who meet children and young people"), default=False)

    objects = DatedQuerySet["AudienceRule"].as_manager()

    class Meta(DatedRow.Meta):
        verbose_name = _("audience rule")
        verbose_name_plural = _("audience rules")

    def __str__(self) -> str:
        return f"{self.audience_id} {self.from_on}"

    def takes_in(self, employment: Employment | Work) -> bool:
        """Whether the employment is of the kind; says nothing of its department."""
        return (not self.occupations or employment.occupation in self.occupations) and (
            employment.meets_young or not self.only_meets_young
        )


class AudienceChange(models.Model):
    """The protocol of a changed rule: how many came in, went out and stayed when it was changed, as counted then.

    A rule that follows a reorganisation says which one, and the rule whose place it takes.
    """

    is_sealed = True

    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="changes", verbose_name=_("audience"))
    rule = models.OneToOneField(AudienceRule, on_delete=models.PROTECT, related_name="change", verbose_name=_("audience rule"))
    corrects_past = models.BooleanField(_("corrects days that have been"))
    counted = models.JSONField(_("counted"))
    reorganisation = models.ForeignKey(
        Reorganisation,
        on_delete=models.PROTECT,
        null=True,
        related_name="audience_changes",
        verbose_name=_("because of the reorganisation"),
    )
    instead_of = models.ForeignKey(
        AudienceRule, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("instead of")
    )
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("recorded by")
    )

    class Meta:
        verbose_name = _("change of an audience")
        verbose_name_plural = _("changes of audiences")
        ordering = ["-recorded_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.audience_id} {self.recorded_at:%Y-%m-%d}"

    @property
    def days(self) -> list[dict[str, Any]]:
        """What was counted, for each day that was."""
        return [one | {"day": dt.date.fromisoformat(one["day"])} for one in self.counted]


class Assignment(DatedRow):
    """This module for that audience by that day, or so many days after each person joined the audience.

    It is in force in a department from the day when the department's manager accepted it.
    """

    one_at_a_time = ("module", "audience")

    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="assignments", verbose_name=_("module"))
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="assignments", verbose_name=_("audience"))
    due_on = models.DateField(_("due day"), null=True, blank=True)
    due_days = models.PositiveSmallIntegerField(
        _("days after joining the target group"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    decided_by = models.CharField(
        _("decided by"), max_length=150, blank=True, help_text=_("A function or a body, not a person.")
    )
    note = models.TextField(_("note"), blank=True)

    objects = DatedQuerySet["Assignment"].as_manager()

    class Meta(DatedRow.Meta):
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            *DatedRow.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(due_on__gte=models.F("from_on")),
                name="courses_assignment_due_after_start",
                violation_error_message=_("The due day is before the start."),
            ),
            models.CheckConstraint(
                condition=models.Q(due_on=None, due_days__isnull=False) | models.Q(due_on__isnull=False, due_days=None),
                name="courses_assignment_due_one_way",
                violation_error_message=_("Say either a due day or a number of days."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.module_id} / {self.audience_id}"


class Acceptance(models.Model):
    """A department's manager accepted an assignment, having seen how many persons and working hours it means."""

    is_sealed = True

    assignment = models.ForeignKey(
        Assignment, on_delete=models.PROTECT, related_name="acceptances", verbose_name=_("assignment")
    )
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+", verbose_name=_("department"))
    accepted_on = models.DateField(_("accepted"))
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("accepted by")
    )
    persons = models.PositiveIntegerField(_("persons seen"))
    minutes = models.PositiveIntegerField(_("minutes for each seen"))
    recorded_at = models.DateTimeField(_("recorded"))

    class Meta:
        verbose_name = _("acceptance")
        verbose_name_plural = _("acceptances")
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "department"],
                name="courses_acceptance_once",
                violation_error_message=_("The assignment is already accepted."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} / {self.department_id}"


class Exemption(DatedRow):
    """A person need not take a module (or any) for a period. The list of reasons is closed and knows nothing of health."""

    class Reason(models.TextChoices):
        LEAVING = "leaving", _("Leaves the post soon")
        OTHER_TRAINING = "other_training", _("Has equal training from elsewhere")
        NO_CONTACT = "no_contact", _("Does not meet the group in this post")
        SHORT_POST = "short_post", _("Short temporary post")

    one_at_a_time = ("user", "module")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="exemptions", verbose_name=_("person")
    )
    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="exemptions", verbose_name=_("module"))
    reason = models.CharField(_("reason"), max_length=20, choices=Reason.choices)

    objects = DatedQuerySet["Exemption"].as_manager()

    class Meta(DatedRow.Meta):
        verbose_name = _("exemption")
        verbose_name_plural = _("exemptions")

    def __str__(self) -> str:
        return f"{self.user_id} / {self.module_id}"


class Offer(models.Model):
    """The module was offered to this person, that day, by that channel."""

    class Channel(models.TextChoices):
        SITE = "site", _("On the site")
        MAIL = "mail", _("By mail")
        MEETING = "meeting", _("At a workplace meeting")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="offers", verbose_name=_("person")
    )
    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="offers", verbose_name=_("module"))
    channel = models.CharField(_("channel"), max_length=20, choices=Channel.choices)
    offered_on = models.DateField(_("offered"))
    recorded_at = models.DateTimeField(_("recorded"))

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "module"], condition=models.Q(channel="site"), name="courses_offer_site_once"
            ),
            models.UniqueConstraint(fields=["user", "module", "channel", "offered_on"], name="courses_offer_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} / {self.module_id} {self.offered_on}"
