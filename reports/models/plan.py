"""The action plan's activities, and how far each has come."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from courses.models import LegalSource


class Standing(models.TextChoices):
    """How far an activity has come."""

    NOT_STARTED = "not_started", _("Not begun")
    ONGOING = "ongoing", _("Under way")
    DONE = "done", _("Carried out")
    DROPPED = "dropped", _("Dropped")
    UNKNOWN = "unknown", _("To be filled in by the city")


class PlanActivityQuerySet(models.QuerySet["PlanActivity"]):
    """Asks for activities."""

    def with_standing(self) -> PlanActivityQuerySet:
        """Add the latest statement as `standing`, `comment` and `stood_on`; without one all three are empty."""
        latest = ActivityStatus.objects.filter(activity=OuterRef("pk")).order_by("-stood_on", "-pk")
        return self.annotate(
            standing=Subquery(latest.values("standing")[:1]),
            comment=Subquery(latest.values("comment")[:1]),
            stood_on=Subquery(latest.values("stood_on")[:1]),
        )


class PlanActivity(models.Model):
    """One activity of the action plan: what, who, when, and what has changed around it since 2016."""

    key = models.SlugField(_("key"), max_length=80, unique=True, help_text=_("Used in text files. It never changes."))
    position = models.PositiveSmallIntegerField(_("position"), default=100, help_text=_("Smaller numbers come first."))
    section = models.CharField(_("section of the plan"), max_length=60)
    title = models.CharField(_("activity"), max_length=200)
    description = models.TextField(_("what the plan says"))
    responsible = models.CharField(
        _("responsible"), max_length=200, help_text=_("A function, for instance Coordinator. Never a person's name.")
    )
    participants = models.TextField(_("taking part"), blank=True, help_text=_("Functions and organisations, never persons."))
    timetable = models.CharField(_("timetable"), max_length=100)
    changed_since = models.TextField(_("what has changed since 2016"), blank=True)
    sources = models.ManyToManyField(
        LegalSource,
        blank=True,
        related_name="+",
        verbose_name=_("legal sources"),
        help_text=_("What it says of the law rests on these."),
    )

    objects = PlanActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity of the plan")
        verbose_name_plural = _("activities of the plan")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title


class ActivityStatus(models.Model):
    """Somebody stated how far an activity had come on a day. It is added, never changed: the latest one counts."""

    is_sealed = True

    activity = models.ForeignKey(
        PlanActivity, on_delete=models.PROTECT, related_name="statements", verbose_name=_("activity of the plan")
    )
    standing = models.CharField(_("how far it has come"), max_length=20, choices=Standing)
    comment = models.TextField(_("comment"), blank=True)
    stood_on = models.DateField(_("as of"))
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )

    class Meta:
        verbose_name = _("statement on an activity")
        verbose_name_plural = _("statements on activities")
        ordering = ["-stood_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.stood_on} {self.standing}"
