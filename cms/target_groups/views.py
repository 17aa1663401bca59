"""A target group: its form, what it means before it is saved, and how it has changed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.giving_out.views import only_with
from cms.target_groups.forms import AudienceForm, token_of
from cms.target_groups.preview import Preview, preview_of
from courses.actions.change_audience import AudienceRefused, change_audience
from courses.membership import changes_with
from courses.models import Audience, AudienceChange
from organisation.models import log_event
from organisation.tree import Tree

ADD, CHANGE = "courses.add_audience", "courses.change_audience"
SHOWN = 30


@only_with(ADD)
def add(request: HttpRequest) -> HttpResponse:
    """Make a target group."""
    return _edit(request, Audience())


@only_with(CHANGE)
def edit(request: HttpRequest, pk: str) -> HttpResponse:
    """Change a target group from a day on."""
    return _edit(request, get_object_or_404(Audience, pk=pk))


def _edit(request: HttpRequest, audience: Audience) -> HttpResponse:
    """First what it means, then, when that has been seen, the change. A new name alone is saved at once."""
    form = AudienceForm(request.POST or None, instance=audience, day=timezone.localdate())
    preview = None
    if request.method == "POST" and form.is_valid():
        changes = changes_with(audience, form.chosen["terms"], form.chosen["from_on"], form.day)
        token = token_of(form, changes)
        has_seen = form.cleaned_data["seen"] == token or form.keeps_rule
        if "save" in request.POST and has_seen and _save(request, form):
            return redirect("audiences:edit", audience.pk)
        if "save" in request.POST and not has_seen:
            messages.warning(request, _("The rule or the numbers have changed since you looked. Look at them again."))
        preview = _preview(request, form, changes, token)
    former = _protocol(audience) if audience.pk else []
    context = {"form": form, "audience": audience, "preview": preview, "protocol": former, "gone": _gone(form)}
    return render(request, "cms/target_groups/edit.html", context)


def _save(request: HttpRequest, form: AudienceForm) -> bool:
    # The form has laid the new name on its instance; the action compares with what is stored.
    audience = form.instance
    stored = Audience.objects.get(pk=audience.pk) if audience.pk else audience
    try:
        change = change_audience(audience=stored, **form.chosen, by=request.user, at=timezone.now())
    except AudienceRefused as refusal:
        for reason in refusal.reasons:
            form.add_error(None, reason)
        return False
    audience.pk = stored.pk
    said = _("The rule holds from the day you chose. What held before is kept.") if change else _("The name is saved.")
    messages.success(request, said)
    return True


def _preview(request: HttpRequest, form: AudienceForm, changes: list[Any], token: str) -> Preview:
    """Put it together; that names were shown is written in the event log."""
    form.data = form.data.copy()
    form.data["seen"] = token
    department = request.POST.get("names_of", "")
    chosen = int(department) if department.isdecimal() and len(department) < 19 else None
    preview = preview_of(form.instance, form.chosen["terms"], changes, chosen)
    if preview.names.rows:
        subject = form.instance if form.instance.pk else request.user
        log_event("audience.members_viewed", subject, by=request.user, at=timezone.now(), rows=len(preview.names.rows))
    return preview


def _protocol(audience: Audience) -> list[AudienceChange]:
    """The latest changes; what a rule says is shown with it."""
    return list(audience.changes.select_related("rule", "recorded_by")[:SHOWN])


def _gone(form: AudienceForm) -> list[str]:
    """Departments that the rule names and that are no more today."""
    named = form.rule.departments.exclude(pk__in=Tree.on(form.day).parents) if form.rule else []
    return [str(department) for department in named]
