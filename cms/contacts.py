"""Whom to call: a card of one page, and that no contact is published empty by a way that asks no form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.blocks.contacts import may_not_be_empty
from cms.models import RoutinePage

CONCERN_SLUG = "vid-oro"


@login_required
@require_safe
def my_card(request: HttpRequest) -> HttpResponse:
    """Show whom to call about what, from the city's routine for a concern."""
    return render(request, "cms/card.html", {"page": routine_with_contacts()})


def routine_with_contacts() -> RoutinePage | None:
    """Return the published routine for a concern; one with another address if that has no contacts. One query."""
    pages = [page for page in RoutinePage.objects.live().order_by("path") if page.contacts]
    return min(pages, key=lambda page: page.slug != CONCERN_SLUG, default=None)


def keep_empty_ones_back(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action_class_instance: Any
) -> HttpResponse | None:
    """Refuse to publish several pages at once when one of them lacks a required number."""
    if action_type != "publish":
        return None
    pages = (page.specific for page in objects if page.specific_class is RoutinePage)
    lacking = [page for page in pages if lacks_number(page.get_latest_revision_as_object())]
    if not lacking:
        return None
    message = _("“%(page)s” lacks a number that cannot be left out. Open the page and fill it in.")
    messages.error(request, message % {"page": lacking[0].title})
    return redirect("wagtailadmin_pages:edit", lacking[0].pk)


def lacks_number(page: RoutinePage) -> bool:
    """Whether a contact of the page must have a number and has none."""
    return any(may_not_be_empty(contact.value) for contact in page.contacts)
