"""The list for a workplace meeting: names alone, to print and to tick, and what was offered there."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from courses.actions.offer import OfferRefused, offer_to
from courses.models import Module, Offer
from reports.meeting_list import MeetingForm, meeting_list
from reports.views.access import managed_department


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def meeting(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Everybody whom the module concerns in the department, whatever their status. A POST writes to whom it was offered."""
    managed = managed_department(request, pk)
    terms = next((one for one in managed.statuses.modules if one.slug == slug), None)
    if terms is None:
        raise Http404
    listed = meeting_list(managed.statuses.of_module(terms.module_id), managed.people, managed.names, managed.below)
    form = MeetingForm(request.POST if request.method == "POST" else None, listed=listed, day=managed.day)
    if request.method == "POST" and form.is_valid():
        try:
            new = offer_to(
                user_ids=form.cleaned_data["person"],
                module=Module(pk=terms.module_id),
                channel=Offer.Channel.MEETING,
                on=form.cleaned_data["on"],
                by=managed.viewer,
                at=timezone.now(),
            )
        except OfferRefused as refused:
            form.add_error("on", str(refused))
        else:
            words = ngettext(
                "It is noted that %(count)d person was offered the module.",
                "It is noted that %(count)d persons were offered the module.",
                new,
            )
            messages.success(request, words % {"count": new})
            return redirect("manager_meeting", pk, slug)
    managed.log("persons.viewed", listed.count)
    context = {"managed": managed, "terms": terms, "listed": listed, "form": form, "crumbs": managed.crumbs(terms.title)}
    return render(request, "reports/meeting.html", context)
