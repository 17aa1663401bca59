"""When cycles are cut off and frozen, and whether anybody may read what is published."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.models import log_event
from reports.models import CycleSettings, cycle_settings

CHANGE_CYCLES = "reports.change_cyclesettings"


class CycleSettingsForm(forms.ModelForm):
    class Meta:
        model = CycleSettings
        fields = [
            "april_cut_off",
            "august_cut_off",
            "year_cut_off",
            "freeze_after_days",
            "remind_after_days",
            "smallest_shown",
            "is_public",
        ]


def cycles_settings(request: HttpRequest) -> HttpResponse:
    """The settings that new cycles follow. A cycle that is open keeps its cut-off day."""
    if not request.user.has_perm(CHANGE_CYCLES):
        raise PermissionDenied
    form = CycleSettingsForm(request.POST or None, instance=cycle_settings())
    if request.method == "POST" and form.is_valid():
        decided = form.save()
        if form.has_changed():
            log_event("cycle_settings.changed", decided, by=request.user, at=timezone.now(), fields=form.changed_data)
        messages.success(request, _("The settings of the follow-up are saved."))
        return redirect("cycle_settings")
    return render(request, "cms/cycle_settings.html", {"form": form})
