"""One login door: the administration's own leads to it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def to_login(request: HttpRequest) -> HttpResponse:
    """Lead to the login, and from there on to the page asked for. Who is logged in may not come in here."""
    if request.user.is_authenticated:
        raise PermissionDenied
    wanted = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        wanted = reverse("wagtailadmin_home")
    return redirect(f"{reverse('account_login')}?{urlencode({'next': wanted})}")


def not_found(request: HttpRequest, **_kwargs: object) -> HttpResponse:
    """Answer as if there were no such page."""
    raise Http404
