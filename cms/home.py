"""What somebody meets first in the administration: the own work, and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.ui.components import Component
from wagtail.models import Page, TaskState
from wagtail.permissions import page_permission_policy

from certificates.models import Certificate
from certificates.seals import SealState, consequence_in_words, in_words, seal_state
from cms.certificates import MANAGE
from cms.models import ModulePage
from courses.models import LegalSource, Symbol
from courses.models.symbols import APPROVE_SYMBOLS

SOON = dt.timedelta(days=30)
SHOWN = 10


class DraftsPanel(Component):
    """Modules and pages with something written that is not published."""

    name = "drafts"
    template_name = "cms/home/drafts.html"
    order = 10

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        request = parent_context["request"]
        own = page_permission_policy.instances_user_has_permission_for(request.user, "change")
        drafts = own.filter(has_unpublished_changes=True).order_by("-latest_revision_created_at").specific(defer=True)
        modules = ModulePage.objects.select_related("module").prefetch_related("module__editions").order_by("title")
        return {"drafts": drafts[:SHOWN], "modules": modules}


class UnderReviewPanel(Component):
    """Lessons that wait for somebody's approval."""

    name = "under-review"
    template_name = "cms/home/under_review.html"
    order = 20

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        waiting = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).order_by("started_at")
        states = waiting.select_related("workflow_state", "revision")[:SHOWN]
        pages = Page.objects.in_bulk([int(state.revision.object_id) for state in states])
        found = (pages.get(int(state.revision.object_id)) for state in states)
        return {"pages": [page for page in found if page]}


class LegalSourcesPanel(Component):
    """Provisions to check again, the most overdue first."""

    name = "legal-sources"
    template_name = "cms/home/legal_sources.html"
    order = 30

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        today = timezone.localdate()
        due = LegalSource.objects.overdue_on(today + SOON).order_by("check_again_on", "designation")
        return {"sources": due[:SHOWN], "count": due.count(), "today": today}


class SignsPanel(Component):
    """Entries of the library of signs that wait for a reviewer, or are to be checked again."""

    name = "signs"
    template_name = "cms/home/signs.html"
    order = 35

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        waiting = Symbol.objects.to_check_on(timezone.localdate()).order_by("approved_on", "check_again_on", "name")
        return {"symbols": waiting[:SHOWN], "count": waiting.count()}


class SealPanel(Component):
    """How it stands with the seal on certificates, when somebody should do something about it."""

    name = "seal"
    template_name = "cms/home/seal.html"
    order = 5

    def __init__(self, state: SealState) -> None:
        self.state = state

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"standing": in_words(self.state), "consequence": consequence_in_words(self.state)}


class UndrawnPanel(Component):
    """Certificates that wait until somebody corrects a name."""

    name = "undrawn"
    template_name = "cms/home/undrawn.html"
    order = 6

    def __init__(self, count: int) -> None:
        self.count = count

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"count": self.count}


class CoordinatorPanel(Component):
    """Ways to what coordinators and administrators come for."""

    name = "tasks"
    template_name = "cms/home/tasks.html"
    order = 40

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"perms": parent_context["perms"]}


def set_panels(request: HttpRequest, panels: list[Component]) -> None:
    """Put our panels in the place of Wagtail's."""
    panels.clear()
    panels += _about_certificates(request)
    if request.user.has_perm("courses.give_out_edition"):
        panels += [DraftsPanel(), UnderReviewPanel()]
    if request.user.has_perm("courses.view_legalsource"):
        panels.append(LegalSourcesPanel())
    if request.user.has_perm(APPROVE_SYMBOLS):
        panels.append(SignsPanel())
    panels.append(CoordinatorPanel())


def _about_certificates(request: HttpRequest) -> list[Component]:
    """What somebody must do before certificates can be issued."""
    panels: list[Component] = []
    if request.user.has_perm("courses.view_audience") or request.user.has_perm("organisation.change_city"):
        state = seal_state(timezone.now())
        panels += [] if state.is_ready else [SealPanel(state)]
    if request.user.has_perm(MANAGE) and (count := Certificate.objects.to_be_mended().count()):
        panels.append(UndrawnPanel(count))
    return panels


def clear_items(request: HttpRequest, items: list[Any]) -> None:
    """Take away what Wagtail offers there: counts of pages and images, and ways to its own site."""
    items.clear()
