"""The coordinator's pages of one cycle: how it stands, and one page for each thing to do."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from organisation.models import User
from reports.follow_up.access import for_coordinators
from reports.follow_up.asked import asked_of
from reports.follow_up.calendar import Turn, turn_of
from reports.follow_up.composing import read_basis
from reports.follow_up.cycles import old_file_warning
from reports.follow_up.doing import do
from reports.follow_up.refusing import Refused
from reports.follow_up.states import State, cycles, frozen_of, state_of
from reports.follow_up.steps import FREEZE, PUBLISH, REMIND, STEPS, Step, steps_in
from reports.follow_up.views.files import hashes_of
from reports.models import Cycle, RecipientList, cycle_settings

ENDINGS = ("pdf", "xlsx", "csv", "json", "tsv")


@never_cache
@require_safe
@for_coordinators
def work(request: HttpRequest, year: int, period: str) -> HttpResponse:
    """How the cycle stands, and what can be done with it now."""
    turn = _turn(year, period)
    cycle = cycles().filter(year=year, period=period).first()
    context = _about(turn, cycle) | {"next_steps": _next_steps(cycle)}
    report = frozen_of(cycle) if cycle else None
    if cycle and report:
        asked = asked_of(report, read_basis(report), timezone.localdate())
        is_published = state_of(cycle) is State.PUBLISHED
        context |= {"report": report, "asked": asked, "commented": [one for one in asked if one.written_at]}
        context |= {"is_published": is_published, "endings": [(ending, ending.upper()) for ending in ENDINGS]}
        context |= {"hashes": hashes_of(cycle)}
        context |= {"errata": report.publication.errata.all() if is_published else []}
    return render(request, "reports/follow_up/work.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_coordinators
def step(request: HttpRequest, year: int, period: str, slug: str) -> HttpResponse:
    """One thing to do: what it leads to, and then the doing. What is done already is not done again."""
    turn, found = _turn(year, period), STEPS.get(slug)
    if found is None:
        raise Http404
    cycle = cycles().filter(year=year, period=period).first()
    if (state_of(cycle) if cycle else None) not in found.states:
        messages.info(request, _("That is done already, or cannot be done yet."))
        return redirect("follow_up_work", year, period)
    form = found.form(request.POST if request.method == "POST" else None)
    if form.is_valid() and _is_done(found, form, turn, cycle, cast(User, request.user)):
        messages.success(request, str(found.done))
        return redirect("follow_up_work", year, period)
    context = _about(turn, cycle) | _named(found, cycle) | {"step": found, "form": form}
    return render(request, "reports/follow_up/step.html", context, status=422 if form.errors else 200)


def _next_steps(cycle: Cycle | None) -> list[Step]:
    """What can be done now: nothing is frozen before the cut-off day is over."""
    steps = steps_in(state_of(cycle) if cycle else None)
    is_over = cycle is not None and cycle.cut_off_on < timezone.localdate()
    return [step for step in steps if step is not FREEZE or is_over]


def _turn(year: int, period: str) -> Turn:
    turn = turn_of(cycle_settings(), year, period, timezone.localdate())
    if turn is None:
        raise Http404
    return turn


def _about(turn: Turn, cycle: Cycle | None) -> dict[str, Any]:
    """What every page of the cycle says."""
    cut_off_on = cycle.cut_off_on if cycle else turn.cut_off_on
    state = state_of(cycle) if cycle else None
    label = str(state.label) if state else _("Not opened")
    lead = _("%(state)s. The cut-off day is %(day)s.") % {"state": label, "day": date_format(cut_off_on, "j F Y")}
    warnings = _warnings(cycle) if cycle else []
    about = {"year": turn.year, "period": turn.period, "title": capfirst(turn.label), "lead": lead}
    return about | {"state_label": label, "warnings": warnings}


def _warnings(cycle: Cycle) -> list[str]:
    """That the newest HR file is older than the figures it is to give."""
    warning = old_file_warning(cycle) if state_of(cycle) is State.OPEN else ""
    return [warning] if warning else []


def _is_done(step: Step, form: Any, turn: Turn, cycle: Cycle | None, by: User) -> bool:
    """Do it. What is refused is said in the form."""
    try:
        do(step, turn, cycle, form.cleaned_data, by=by, at=timezone.now())
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True


def _named(step: Step, cycle: Cycle | None) -> dict[str, Any]:
    """Whom the step writes to."""
    if step is PUBLISH:
        lists = RecipientList.objects.filter(is_active=True)
        named = [f"{one.name}: {', '.join(one.addresses)}" for one in lists]
        public = _("Anybody can read the report when it is published: the settings of the follow-up say so.")
        notes = [public] if cycle_settings().is_public else []
        return {
            "notes": notes,
            "lists_title": _("These get a mail"),
            "lists_named": named or [_("Nobody: there is no list of recipients.")],
        }
    report = frozen_of(cycle) if cycle else None
    if step is REMIND and report:
        asked = asked_of(report, read_basis(report), timezone.localdate())
        named = [one.name for one in asked if not one.written_at]
        return {"lists_title": _("These departments get a mail"), "lists_named": named or [_("Nobody: all have commented.")]}
    return {}
