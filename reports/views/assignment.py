"""A proposed assignment, to be accepted."""

from __future__ import annotations

import datetime as dt
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from courses.actions.accept_assignment import AcceptanceRefused, accept_assignment
from courses.models import Assignment
from organisation.models import Department, User
from reports.decisions import DecisionForm, decision_on


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def assignment(request: HttpRequest, pk: int) -> HttpResponse:
    """A proposed assignment, and what it means for the viewer's departments; a POST accepts it."""
    day = timezone.localdate()
    proposed = get_object_or_404(Assignment.objects.known_at(None).select_related("module", "audience"), pk=pk)
    decision = decision_on(proposed, cast(User, request.user), day)
    if not decision.choices:
        raise Http404
    form = DecisionForm(request.POST if request.method == "POST" and decision.waiting else None, decision=decision)
    if request.method == "POST":
        if decision.waiting and request.POST.get("seen") != decision.seen:
            messages.warning(request, _("The numbers have changed since you opened the page. Look at them again."))
            return redirect("manager_assignment", pk)
        if not decision.waiting or form.is_valid():
            return _accept(request, proposed, form.cleaned_data["departments"] if decision.waiting else [], day)
    return render(request, "reports/assignment.html", {"form": form, "decision": decision, "day": day})


def _accept(request: HttpRequest, proposed: Assignment, departments: list[int], day: dt.date) -> HttpResponse:
    try:
        with transaction.atomic():
            for pk in departments:
                accept_assignment(
                    assignment=proposed,
                    department=Department(pk=pk),
                    by=cast(User, request.user),
                    at=timezone.now(),
                    on=day,
                )
    except AcceptanceRefused as refused:
        messages.error(request, str(refused))
        return redirect("manager_assignment", proposed.pk)
    messages.success(request, _("The assignment is accepted."))
    return redirect("manager_line")
