"""The place where modules live."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.models.foundation import FirmPageMixin, talk_panels, title_panel


class ModuleIndexPage(FirmPageMixin, Page):
    """The shelf that modules stand on; readers find them on their own start page."""

    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = ["cms.ModulePage"]
    max_count = 1
    private_page_options: ClassVar[list[str]] = []

    content_panels: ClassVar[list[Any]] = [title_panel]
    promote_panels: ClassVar[list[Any]] = []
    settings_panels = talk_panels

    class Meta:
        verbose_name = _("module index")
        verbose_name_plural = _("module indexes")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("/")
