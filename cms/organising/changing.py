"""The way to a reorganisation: a form, what it would do, and the protocol."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.giving_out.views import only_with
from cms.organising.departments import CHANGE, day_of
from cms.organising.forms import (
    ChangeForm,
    ClosingForm,
    ManagingForm,
    MergingForm,
    MovingForm,
    OpeningForm,
    RenamingForm,
)
from cms.organising.previews import Preview, preview_of
from cms.organising.splitting import SplittingForm
from courses.actions.follow_successors import follow_successors
from organisation.actions.reorganise import PlanChanged, ReorganisationRefused, reorganise
from organisation.models import Department, Reorganisation, log_event
from organisation.turns import take_turns

FORMS: dict[str, type[ChangeForm]] = {
    "byt-namn": RenamingForm,
    "chefer": ManagingForm,
    "flytta": MovingForm,
    "sla-samman": MergingForm,
    "dela": SplittingForm,
    "lagg-ned": ClosingForm,
}


@only_with(CHANGE)
def open_department(request: HttpRequest) -> HttpResponse:
    """A new department."""
    return _change(request, OpeningForm, None)


@only_with(CHANGE)
def change(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Rename, move, merge, split or close a department, or change its managers."""
    if what not in FORMS:
        raise Http404
    department = get_object_or_404(Department, pk=pk)
    if what == "dela" and request.method != "POST":
        log_event("persons.viewed", department, by=request.user, at=timezone.now())
    return _change(request, FORMS[what], department)


def _change(request: HttpRequest, form_class: type[ChangeForm], department: Department | None) -> HttpResponse:
    form = form_class(department, day_of(request), request.POST if request.method == "POST" else None)
    if request.method != "POST" or "edit" in request.POST or not form.is_valid():
        return _show_form(request, form)
    preview = preview_of(form.to_request(), form.cleaned_data["from_on"])
    if "confirm" in request.POST:
        try:
            return redirect("organising:protocol", _carry_out(request, form).pk)
        except PlanChanged:
            messages.error(request, _("Nothing was done: the organisation has changed since. Look again at what would change."))
        except ReorganisationRefused as refused:
            return _show_reasons(request, form, refused.reasons)
    if preview.plan.reasons:
        return _show_reasons(request, form, preview.plan.reasons)
    context = _context(form) | {"preview": preview, "chosen": _chosen(request, preview)}
    return render(request, "cms/organising/preview.html", context)


@transaction.atomic
def _carry_out(request: HttpRequest, form: ChangeForm) -> Reorganisation:
    """Do exactly what was shown, and let the chosen target groups follow. Raises `PlanChanged` or `ReorganisationRefused`."""
    take_turns()
    asked, from_on, at = form.to_request(), form.cleaned_data["from_on"], timezone.now()
    preview = preview_of(asked, from_on)
    if not preview.plan.reasons and preview.fingerprint != request.POST.get("seen"):
        raise PlanChanged
    said: dict[str, Any] = {"from_on": from_on, "by": request.user, "at": at}
    done = reorganise(request=asked, **said)
    units = dict(Department.objects.values_list("external_id", "pk"))
    successors: dict[int, list[int]] = {}
    for old, new in preview.plan.successions:
        successors.setdefault(units[old], []).append(units[new])
    follow_successors(rules=_chosen(request, preview), successors=successors, because_of=done, **said)
    return done


def _chosen(request: HttpRequest, preview: Preview) -> set[int]:
    """Return the keys of the rules that are to follow: those ticked, and all of them before anything was ticked."""
    if "seen" not in request.POST:
        return {rule.pk for rule in preview.rules}
    return {int(key) for key in request.POST.getlist("follow") if key.isdecimal() and len(key) < 19}


def _show_reasons(request: HttpRequest, form: ChangeForm, reasons: Sequence[str]) -> HttpResponse:
    for reason in reasons:
        form.add_error(None, reason)
    return _show_form(request, form)


def _show_form(request: HttpRequest, form: ChangeForm) -> HttpResponse:
    return render(request, "cms/organising/form.html", _context(form))


def _context(form: ChangeForm) -> dict[str, Any]:
    department = form.department
    name = (department.name_on(form.day) or str(department)) if department else ""
    return {"form": form, "department": department, "name": name, "heading": form.heading, "lead": form.lead}
