"""A module that has been given out is never deleted: people have completed it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.models import ModulePage


def keep_given_out(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Lead to unpublishing instead, before Wagtail asks whether to delete."""
    if not given_out_among([page]):
        return None
    messages.error(request, refusal())
    return redirect("wagtailadmin_pages:unpublish" if page.live else "wagtailadmin_explore", page.pk)


def keep_given_out_in_bulk(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action_class_instance: Any
) -> HttpResponse | None:
    """The same for several pages at once: none of them is deleted."""
    pages = [page for page in objects if isinstance(page, Page)]
    if action_type != "delete" or not given_out_among(pages):
        return None
    messages.error(request, refusal())
    return redirect("wagtailadmin_explore", pages[0].get_parent().pk)


def given_out_among(pages: Iterable[Page]) -> bool:
    """Whether a page, or one below it, is a module with editions."""
    return any(
        ModulePage.objects.descendant_of(page, inclusive=True).filter(module__editions__isnull=False).exists() for page in pages
    )


def refusal() -> str:
    return _("The module has been given out and cannot be deleted: people may have completed it. Unpublish it instead.")


def forget_empty_module(instance: ModulePage, **_kwargs: Any) -> None:
    """A module that was never given out nor assigned goes with its page. Receiver of `post_delete`."""
    try:
        instance.module.delete()
    except ProtectedError:
        # It is assigned, has rules, or was given out: the page is gone and the module stays.
        return
