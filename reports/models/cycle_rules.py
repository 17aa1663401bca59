"""What the city has decided about its follow-up: when it is cut off and frozen, and who may read what is published."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.follow_up.steering_format import STANDARD, SteeringFormat
from reports.models.follow_up import Period

SMALLEST = 5
"""No city may show smaller numbers of persons than this."""
COMMENTING_DAYS = 60
"""So long after the freezing departments can be reminded of their comments."""


def is_month_day(written: str) -> bool:
    """Whether it is a day of every year, written as month and day: 04-30."""
    try:
        return f"{dt.date.fromisoformat(f'2023-{written}'):%m-%d}" == written
    except ValueError:
        return False


def check_month_day(written: str) -> None:
    """Raise for what is no day of every year."""
    if not is_month_day(written):
        raise ValidationError(_("Write month and day with two digits each, for instance 04-30."))


def days_in(written: str) -> tuple[int, ...]:
    """Return the days of a list such as "0, 7, 14". Raises ValueError for what is no whole number."""
    return tuple(int(day) for day in written.split(",")) if written.strip() else ()


def check_reminder_days(written: str) -> None:
    """Raise unless they are days in rising order, within the time that departments have for their comments."""
    try:
        days = days_in(written)
    except ValueError:
        raise ValidationError(_("Write whole days with commas between them, for instance 0, 7, 14.")) from None
    if any(not 0 <= day <= COMMENTING_DAYS for day in days):
        raise ValidationError(
            _("Write days from 0 to %(most)s: no longer than that do departments have for their comments."),
            params={"most": COMMENTING_DAYS},
        )
    if any(later <= earlier for earlier, later in pairwise(days)):
        raise ValidationError(_("Write the days in rising order, each once."))


class CycleSettings(models.Model):
    """One row, or none before anything was decided. Cut-off days are month and day; a cycle that is open keeps its own."""

    april_cut_off = models.CharField(
        _("cut-off day of the April report"), max_length=5, default="04-30", validators=[check_month_day]
    )
    august_cut_off = models.CharField(
        _("cut-off day of the August report"), max_length=5, default="08-31", validators=[check_month_day]
    )
    year_cut_off = models.CharField(
        _("cut-off day of the full year's report"), max_length=5, default="12-31", validators=[check_month_day]
    )
    freeze_after_days = models.PositiveSmallIntegerField(
        _("days from the cut-off to the freezing"),
        default=10,
        validators=[MaxValueValidator(60)],
        help_text=_("HR files come late. The figures are frozen by themselves when so many days have passed."),
    )
    remind_after_days = models.CharField(
        _("days from the freezing to the reminders"),
        max_length=40,
        default="0, 7, 14",
        blank=True,
        validators=[check_reminder_days],
        help_text=_(
            "On these days the managers who have not commented get a mail, with commas between the days. 0 is the day of the "
            "freezing. Leave it empty if nobody is to be reminded by itself."
        ),
    )
    smallest_shown = models.PositiveSmallIntegerField(
        _("smallest number of persons that is shown"),
        default=SMALLEST,
        validators=[MinValueValidator(SMALLEST), MaxValueValidator(50)],
        help_text=_("Reports hide smaller numbers, besides zero. It can be raised, never lowered below 5."),
    )
    is_public = models.BooleanField(
        _("published reports may be read by anybody"),
        default=False,
        help_text=_("Otherwise one must be logged in. Reports that are not published are never public."),
    )
    steering_columns = models.JSONField(_("columns of the file for steering systems"), default=list, blank=True)
    """Names out of `reports.follow_up.steering_format.COLUMNS`; empty for the standard ones."""
    steering_codes = models.JSONField(_("what the steering system calls the departments"), default=dict, blank=True)
    """The system's code by the department's id; empty when every department goes by its own id."""

    class Meta:
        verbose_name = _("settings of the follow-up")
        verbose_name_plural = _("settings of the follow-up")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(id=1),
                name="reports_cycle_settings_one",
                violation_error_message=_("The follow-up has one set of settings."),
            ),
            models.CheckConstraint(
                condition=models.Q(smallest_shown__gte=SMALLEST), name="reports_cycle_settings_not_below_five"
            ),
        ]

    def __str__(self) -> str:
        return str(_("Settings of the follow-up"))

    def save(self, *args: object, **kwargs: object) -> None:
        self.pk = 1
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # passed on as given

    def clean(self) -> None:
        """Refuse days that do not come in the year's order."""
        days = (self.april_cut_off, self.august_cut_off, self.year_cut_off)
        if not all(map(is_month_day, days)):
            return  # said at the field itself
        if not self.april_cut_off < self.august_cut_off < self.year_cut_off:
            raise ValidationError(_("The cut-off days must come in the order of the year: April, August, full year."))

    @property
    def reminded_after(self) -> tuple[int, ...]:
        """On how many days after the freezing those who have not commented are written to; rising."""
        return days_in(self.remind_after_days)

    @property
    def steering(self) -> SteeringFormat:
        """How the file for steering systems is written."""
        return SteeringFormat(tuple(self.steering_columns) or STANDARD, self.steering_codes)

    def cut_off_on(self, year: int, period: str) -> dt.date:
        """Return the last day that a report covers."""
        by_period = {Period.APRIL: self.april_cut_off, Period.AUGUST: self.august_cut_off, Period.FULL_YEAR: self.year_cut_off}
        return dt.date.fromisoformat(f"{year}-{by_period[Period(period)]}")


def cycle_settings() -> CycleSettings:
    """Return what is decided, unsaved defaults before anything was; one query."""
    return CycleSettings.objects.first() or CycleSettings(pk=1)
