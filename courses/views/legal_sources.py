"""The provisions of law that the modules rest on."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from courses.legal_library import laws_on, provisions_on


@login_required
@never_cache
@require_safe
def legal_sources(request: HttpRequest) -> HttpResponse:
    """Show all of them, law by law, with those that should have been checked."""
    laws = laws_on(timezone.localdate())
    provisions = [one for law in laws for one in law.provisions]
    context = {"laws": laws, "count": len(provisions), "overdue": sum(one.is_overdue for one in provisions)}
    return render(request, "courses/legal/library.html", context)


@login_required
@never_cache
@require_safe
def legal_source(request: HttpRequest, key: str) -> HttpResponse:
    """Show one: what it says, every check of it, and the steps that rest on it today."""
    provision = next(iter(provisions_on(timezone.localdate(), key)), None)
    if provision is None:
        raise Http404(key)
    return render(request, "courses/legal/source.html", {"provision": provision, "checks": provision.source.checks.all()})
