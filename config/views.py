"""Pages that belong to no app: the door, and a refused form."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.views import serve

from courses.views import start


def home(request: HttpRequest) -> HttpResponse:
    """Show a logged-in person her modules, everybody else the start page."""
    if request.user.is_authenticated:
        return start(request)
    answer: HttpResponse = serve(request, "")
    return answer


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form was too old to be trusted, and what to do."""
    return render(request, "403_csrf.html", status=403)
