"""A reorganisation is called off before its day: what would change, and exactly that done."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.giving_out.views import only_with
from cms.organising.departments import CHANGE
from cms.organising.previews import ReturnPreview, preview_of_return
from courses.actions.follow_no_longer import ReturnRefused, follow_no_longer
from organisation.actions.reorganise import PlanChanged, ReorganisationRefused, reorganise
from organisation.models import Reorganisation
from organisation.reorganising.calling_off import CallingOff
from organisation.turns import take_turns


@only_with(CHANGE)
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """What it would mean, or every reason why it cannot be done."""
    protocol = get_object_or_404(Reorganisation, pk=pk)
    if request.method == "POST":
        try:
            done = _carry_out(request, protocol)
        except PlanChanged:
            messages.error(request, _("Nothing was done: the organisation has changed since. Look again at what would change."))
        except (ReorganisationRefused, ReturnRefused):
            messages.error(request, _("Nothing was done. The reasons stand below."))
        else:
            return redirect("organising:protocol", done.pk)
    return render(request, "cms/organising/call_off.html", {"done": protocol, "preview": preview_of_return(protocol)})


@transaction.atomic
def _carry_out(request: HttpRequest, protocol: Reorganisation) -> Reorganisation:
    """Do exactly what was shown. Raises `PlanChanged`, `ReorganisationRefused` or `ReturnRefused`."""
    take_turns()
    preview: ReturnPreview = preview_of_return(protocol)
    if not preview.reasons and preview.fingerprint != request.POST.get("seen"):
        raise PlanChanged
    said: dict[str, Any] = {"by": request.user, "at": timezone.now()}
    done = reorganise(request=CallingOff(protocol), from_on=protocol.from_on, **said)
    follow_no_longer(called_off=protocol, because_of=done, **said)
    return done
