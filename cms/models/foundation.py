"""What every page of ours has in common."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import CommentPanel, FieldPanel
from wagtail.models import PagePermissionTester

SLUG_HELP = _("The last part of the page's address. A change leaves the old address leading here.")
address_panels = [FieldPanel("slug", help_text=SLUG_HELP)]
# Publishing approves a page; the day when readers get it is decided at giving out, so nothing is scheduled here.
talk_panels = [CommentPanel()]
# The address of such a page is fixed; Wagtail's own panel for titles would look for its field.
title_panel = FieldPanel("title", classname="title")


class StandsFirm(PagePermissionTester):
    """Permissions for a page that the site cannot do without: it may be edited, never taken away."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False

    def can_move(self) -> bool:
        return False

    def can_copy(self) -> bool:
        return False


class FirmPageMixin:
    """A page that the site cannot do without."""

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return StandsFirm(user, self)
