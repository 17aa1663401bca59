"""Pages that anybody may read: the start, the routine for a concern, and the rest."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.blocks import OpenPageStreamBlock
from cms.blocks.contacts import ContactStreamBlock
from cms.blocks.content import FEATURES, TEXT_LENGTH
from cms.models.foundation import FirmPageMixin, address_panels, talk_panels, title_panel


class HomePage(FirmPageMixin, Page):
    """The start page of those who have not logged in; the others get their own modules."""

    introduction = models.TextField(
        _("introduction"), max_length=500, blank=True, help_text=_("Two or three sentences below the name of the site.")
    )
    body = RichTextField(_("text"), features=FEATURES, max_length=TEXT_LENGTH, blank=True)

    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = ["cms.ModuleIndexPage", "cms.RoutinePage", "cms.StandardPage"]
    max_count = 1
    private_page_options: ClassVar[list[str]] = []
    search_fields = [*Page.search_fields, index.SearchField("introduction"), index.SearchField("body")]

    content_panels = [title_panel, FieldPanel("introduction"), FieldPanel("body")]
    promote_panels: ClassVar[list[Any]] = []
    settings_panels = talk_panels

    class Meta:
        verbose_name = _("start page")
        verbose_name_plural = _("start pages")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        routines = RoutinePage.objects.child_of(self).live().order_by("path")
        return super().get_context(request, *args, **kwargs) | {"routines": routines}


class Language(models.TextChoices):
    """What an open page can be written in; the city is an administrative area for Finnish."""

    SWEDISH = "sv", _("Swedish")
    FINNISH = "fi", _("Finnish")


class OpenPage(Page):
    """A page of blocks."""

    summary = models.TextField(
        _("summary"), max_length=500, blank=True, help_text=_("One or two sentences that begin the page, and stand in lists.")
    )
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=Language,
        default=Language.SWEDISH,
        help_text=_("What the page is written in, so that screen readers pronounce it rightly."),
    )
    body = StreamField(OpenPageStreamBlock(), verbose_name=_("content"), blank=True)

    private_page_options: ClassVar[list[str]] = []
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("language"), FieldPanel("body")]
    promote_panels = address_panels
    settings_panels = talk_panels

    class Meta:
        abstract = True


class StandardPage(OpenPage):
    """Any other open page, for instance about the plan."""

    parent_page_types: ClassVar[list[str]] = ["cms.HomePage", "cms.StandardPage"]
    subpage_types: ClassVar[list[str]] = ["cms.StandardPage"]
    template = "cms/open_page.html"
    page_description = _("An open page, for instance about the action plan.")

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")


class RoutinePage(OpenPage):
    """What to do now: the routine for a concern, or where relatives find support. Some of it only the city can fill in."""

    contacts = StreamField(
        ContactStreamBlock(),
        verbose_name=_("whom to call"),
        blank=True,
        help_text=_("Stands last on the page, and on the card “Whom do I call?” that staff can print."),
    )

    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    template = "cms/routine_page.html"
    page_description = _("What to do in a concern, step by step, with the city's own telephone numbers.")
    search_fields = [*OpenPage.search_fields, index.SearchField("contacts")]
    content_panels = [*OpenPage.content_panels, FieldPanel("contacts")]

    class Meta:
        verbose_name = _("routine page")
        verbose_name_plural = _("routine pages")
