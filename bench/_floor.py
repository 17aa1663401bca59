"""The addresses of the site and one more: a plain view that draws the base template."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from config.urls import urlpatterns as site


@login_required
def floor(request: HttpRequest) -> HttpResponse:
    """Draw the base template alone."""
    return render(request, "base.html")


urlpatterns = [path("golv/", floor), *site]
