"""The learner's modules: the list, one module, and all of it on paper."""

from __future__ import annotations

import datetime as dt
from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from courses.actions.complete import complete
from courses.actions.offer import offer_on_site
from courses.assignments import assigned_to
from courses.models import Exemption, FormerSlug
from courses.module_page import module_page
from courses.printout import printed_steps
from courses.reading import ModuleInForce, NotInForce, find_module
from courses.rendering import content_of
from courses.rounds import present_round
from courses.task_list import task_list
from organisation.models import User


@login_required
@never_cache
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Show the learner what there is to do. That it was shown is written as an offer."""
    user, now = cast(User, request.user), timezone.now()
    tasks = task_list(user, timezone.localdate(now))
    offer_on_site(user=user, module_ids=tasks.offered, at=now)
    return render(request, "courses/start.html", {"tasks": tasks})


@login_required
@never_cache
@require_safe
def modules(request: HttpRequest) -> HttpResponse:
    """Show every module in force."""
    user, now = cast(User, request.user), timezone.now()
    tasks = task_list(user, timezone.localdate(now))
    offer_on_site(user=user, module_ids=tasks.offered, at=now)
    return render(request, "courses/modules.html", {"tasks": tasks})


@login_required
@never_cache
def module(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a module; a POST completes it where only a withdrawal had held it back."""
    user, now = cast(User, request.user), timezone.now()
    try:
        if request.method == "POST":
            complete(user=user, module_slug=slug, at=now)
            return redirect("courses:completed", slug=slug)
        found = find_module(slug, timezone.localdate(now))
    except NotInForce as unknown:
        return moved_or_missing(unknown, "courses:module", slug)
    return _show(request, user, found, now)


def _show(request: HttpRequest, user: User, found: ModuleInForce, now: dt.datetime) -> HttpResponse:
    assigned = next((one for one in assigned_to(user, found.day) if one.module_id == found.edition.module_id), None)
    if assigned:
        offer_on_site(user=user, module_ids=[assigned.module_id], at=now)
    exemption = Exemption.objects.on(found.day).filter(user=user, module=found.edition.module_id).first()
    page = module_page(found, present_round(user, found), found.stops(), assigned, exemption)
    return render(request, "courses/module.html", {"page": page})


@login_required
@never_cache
@require_safe
def onward(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead to the step that the learner goes on with, as mails do; with none left, to the module."""
    try:
        found = find_module(slug, timezone.localdate())
    except NotInForce as unknown:
        return moved_or_missing(unknown, "courses:onward", slug)
    line = present_round(cast(User, request.user), found).next_line(found.lines)
    return redirect("courses:step", slug=slug, step=line.slug) if line else redirect("courses:module", slug=slug)


@login_required
@require_safe
def printout(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the whole module as one document: the lessons' questions without the answers, the exercises whole."""
    try:
        found = find_module(slug, timezone.localdate())
    except NotInForce as unknown:
        return moved_or_missing(unknown, "courses:print", slug)
    context = {
        "module": found,
        "content": content_of(found.edition),
        "stop": found.stops().edition,
        "steps": printed_steps(found),
    }
    return render(request, "courses/printout.html", context)


def moved_or_missing(unknown: NotInForce, view: str, slug: str, **more: str) -> HttpResponse:
    """Lead from an address that the module once had to the present one; else there is no such page."""
    former = FormerSlug.objects.filter(slug=slug).select_related("module").first()
    if former is None:
        raise Http404(str(unknown)) from unknown
    return redirect(view, permanent=True, slug=former.module.slug, **more)
