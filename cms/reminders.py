"""How reminding goes, for coordinators: each run, and whom no mail reaches, in numbers."""

from __future__ import annotations

import datetime as dt

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cms.giving_out.views import only_with
from reports.models import Notice, ReminderRun
from reports.reminding.overview import mails_since, unreachable_on

VIEW_RUNS = "reports.view_reminderrun"
RUNS_A_PAGE = 30
MAILS_OF = dt.timedelta(days=30)
TOLD = tuple(kind for kind in Notice.Kind if kind != Notice.Kind.ASKED)


@only_with(VIEW_RUNS)
@require_safe
def reminder_runs(request: HttpRequest) -> HttpResponse:
    """Every run that sent something or broke off, the latest first; what was sent of late; whom no mail reaches."""
    now = timezone.now()
    since, page = timezone.localdate(now) - MAILS_OF, Paginator(ReminderRun.objects.eventful(), RUNS_A_PAGE)
    shown = page.get_page(request.GET.get("sida"))
    context = {
        "since": since,
        "mails": mails_since(since),
        "unreachable": unreachable_on(timezone.localdate(now)),
        "page_of_runs": shown,
        "runs": [(run, run.is_interrupted(now), told_by(run)) for run in shown],
    }
    return render(request, "cms/reminders/runs.html", context)


def told_by(run: ReminderRun) -> list[tuple[str, int]]:
    """Return what the run told, in words, with how many times; nothing for mails to managers."""
    return [(str(kind.label), run.counts[kind.value]) for kind in TOLD if kind.value in run.counts]
