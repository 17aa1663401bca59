"""A page for a unit's notice board: the module, for whom, how long, by when, and a QR code that leads there."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from courses.assignments import targets_on
from courses.reading import find_module
from courses.rendering import content_of
from reports.invitations import due_words, qr_drawing
from reports.views.access import managed_department


@login_required
@never_cache
@require_safe
def invitation(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """One sheet of A4 that names nobody."""
    managed = managed_department(request, pk)
    terms = next((one for one in managed.statuses.modules if one.slug == slug), None)
    if terms is None:
        raise Http404
    module = find_module(slug, managed.day)
    here = frozenset(managed.tree.above(pk)) | managed.below
    reaching = [target for target in targets_on(managed.day, terms.module_id) if target.departments & here]
    address = settings.SITE_URL + reverse("courses:module", args=[slug])
    context = {
        "managed": managed,
        "content": content_of(module.edition),
        "minutes": sum(line.minutes for line in module.lines),
        "steps": len(module.lines),
        "due": due_words(reaching, managed.day),
        "address": address,
        "shown_address": address.partition("://")[2],
        "qr": qr_drawing(address),
        "crumbs": managed.crumbs(terms.title),
    }
    return render(request, "reports/invitation.html", context)
