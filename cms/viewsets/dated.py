"""Rows that hold from a day: a new one takes over from the one before."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic

from organisation.history import take_over
from organisation.models import DatedRow, log_event


class DayColumn(Column):
    """A day, written out."""

    cell_template_name = "cms/columns/day.html"


class PeriodColumn(Column):
    """From when, and until when if that is known."""

    cell_template_name = "cms/columns/period.html"


def period_column() -> PeriodColumn:
    return PeriodColumn("from_on", label=_("Holds"), sort_key="from_on")


class DatedCreateView(generic.CreateView):
    """Saves a row through `organisation.history`, so that what held before stays on record."""

    verb = ""

    def get_initial(self) -> dict[str, Any]:
        return {"from_on": timezone.localdate()}

    def save_instance(self) -> DatedRow:
        row = take_over(self.form.save(commit=False), by=self.request.user, at=timezone.now())
        log_event(self.verb, row, by=self.request.user, at=timezone.now(), from_on=row.from_on.isoformat())
        return row

    def get_success_message(self, instance: DatedRow) -> str:
        return gettext("It holds from %(day)s. What held before is kept.") % {"day": instance.from_on.isoformat()}
