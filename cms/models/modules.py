"""Modules while they are being written. What learners read are the sealed editions in `courses`."""

from __future__ import annotations

import re
import uuid
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.blocks import LessonStreamBlock, ObjectiveStreamBlock, QuestionStreamBlock
from cms.blocks.content import FEATURES
from cms.models.foundation import address_panels, talk_panels
from cms.panels import ObjectivesPanel
from courses.models import FormerSlug, Module

MINUTES = [MinValueValidator(1), MaxValueValidator(600)]


class ModulePageTag(TaggedItemBase):
    """A subject word on a module."""

    content_object = ParentalKey("cms.ModulePage", on_delete=models.CASCADE, related_name="tagged_items")


class ModulePage(Page):
    """One subject to be competent in. Its `module` is what completions and figures hold on to; a copy gets another one."""

    module = models.OneToOneField(
        Module, on_delete=models.PROTECT, related_name="page", editable=False, verbose_name=_("module")
    )
    summary = models.TextField(
        _("summary"), max_length=600, help_text=_("Two or three sentences. Stands in the list of modules.")
    )
    for_whom = models.TextField(_("for whom"), max_length=400, help_text=_("Whom the module is written for."))
    minutes = models.PositiveSmallIntegerField(
        _("minutes"),
        null=True,
        blank=True,
        validators=MINUTES,
        help_text=_("How long the whole module takes. Leave empty to add up the minutes of its steps."),
    )
    objectives = StreamField(ObjectiveStreamBlock(), verbose_name=_("learning objectives"), blank=True)
    responsible = models.CharField(
        _("responsible"), max_length=150, help_text=_("A function, for instance Coordinator. Never a person's name.")
    )
    review_on = models.DateField(
        _("review again by"), null=True, blank=True, help_text=_("The day when somebody is to read the whole module again.")
    )
    tags = ClusterTaggableManager(through=ModulePageTag, blank=True, verbose_name=_("tags"))

    parent_page_types: ClassVar[list[str]] = ["cms.ModuleIndexPage"]
    subpage_types: ClassVar[list[str]] = [
        "cms.LessonPage",
        "cms.CasesPage",
        "cms.JudgementPage",
        "cms.DialoguePage",
        "cms.KnowledgeCheckPage",
    ]
    exclude_fields_in_copy: ClassVar[list[str]] = ["module"]
    private_page_options: ClassVar[list[str]] = []
    page_description = _("A competence module. Its lessons, exercises and knowledge check lie below it.")
    search_fields = [*Page.search_fields, index.SearchField("summary")]

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("for_whom"),
        FieldPanel("objectives"),
        MultiFieldPanel([FieldPanel("minutes"), FieldPanel("responsible"), FieldPanel("review_on")], heading=_("Facts")),
        FieldPanel("tags"),
    ]
    promote_panels = address_panels
    settings_panels = talk_panels

    class Meta:
        verbose_name = _("module page")
        verbose_name_plural = _("module pages")

    def save(self, *args: Any, **kwargs: Any) -> Any:
        with transaction.atomic():
            self._keep_module()
            return super().save(*args, **kwargs)

    def _keep_module(self) -> None:
        """Make the module at the first save; until its first edition it follows the page's title."""
        if self.module_id is None:
            self.module = Module.objects.create(title=self.title, slug=free_module_slug(self.slug or slugify(self.title)))
        elif self.module.title != self.title and not self.module.editions.exists():
            self.module.title = self.title
            self.module.save(update_fields=["title"])

    def with_content_json(self, content: dict[str, Any]) -> ModulePage:
        page: ModulePage = super().with_content_json(content)
        page.module_id = self.module_id
        return page

    @property
    def objective_signs(self) -> list[str]:
        """The signs that lessons and questions point to."""
        return [block.value["sign"] for block in self.objectives]

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        """Links lead to the module as given out, never to what is being written."""
        parts = super().get_url_parts(request)
        return parts and (parts[0], parts[1], learners_address(self.module))

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(learners_address(self.module))

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        from cms.previews import module_preview

        return module_preview(request, self)


class StepPage(Page):
    """One step of a module while it is being written. Its key stays when it is renamed, moved or edited."""

    key = models.SlugField(_("key"), max_length=60, editable=False)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=4, validators=MINUTES, help_text=_("What a reader needs."))

    parent_page_types: ClassVar[list[str]] = ["cms.ModulePage"]
    subpage_types: ClassVar[list[str]] = []
    exclude_fields_in_copy: ClassVar[list[str]] = ["key"]
    private_page_options: ClassVar[list[str]] = []
    promote_panels = address_panels
    settings_panels = talk_panels

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> Any:
        self.key = self.key or new_step_key()
        return super().save(*args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> StepPage:
        page: StepPage = super().with_content_json(content)
        page.key = self.key
        return page

    @property
    def module_page(self) -> ModulePage | None:
        """The module that the step belongs to; none while the step is being made."""
        parent = self.get_parent() if self.path else None
        return parent.specific if parent and isinstance(parent.specific, ModulePage) else None

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        """Links lead to the step as given out, never to what is being written."""
        parts, module_page = super().get_url_parts(request), self.module_page
        return parts and module_page and (parts[0], parts[1], learners_address(module_page.module, self.slug))

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.module_page is None:
            raise Http404
        return redirect(learners_address(self.module_page.module, self.slug))

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        from cms.previews import step_preview

        return step_preview(request, self)


class TeachingPage(StepPage):
    """A step that teaches or practises some of the module's objectives, and may need a word before it."""

    objectives = models.CharField(
        _("learning objectives"),
        max_length=200,
        blank=True,
        help_text=_("The signs of the objectives that the step teaches or practises, with commas, for instance m1, m2."),
    )
    content_note = models.TextField(
        _("content note"),
        max_length=400,
        blank=True,
        help_text=_("Shown before a step about something hard, so that the reader can choose the moment."),
    )

    class Meta:
        abstract = True

    @property
    def objective_signs(self) -> list[str]:
        """The signs, in the order written."""
        return [sign for sign in re.split(r"[\s,;]+", self.objectives) if sign]

    def clean(self) -> None:
        super().clean()
        if self.module_page is None or not self.objective_signs:
            return
        known = self.module_page.get_latest_revision_as_object().objective_signs
        if unknown := [sign for sign in self.objective_signs if sign not in known]:
            message = gettext("The module has no objective %(unknown)s. It has: %(known)s.")
            raise ValidationError({"objectives": message % {"unknown": ", ".join(unknown), "known": ", ".join(known) or "–"}})


class LessonPage(TeachingPage):
    """A lesson: something to read, with questions to practise on."""

    body = StreamField(LessonStreamBlock(), verbose_name=_("content"), blank=True)

    page_description = _("A lesson with text, images and questions to practise on.")
    search_fields = [*Page.search_fields, index.SearchField("body")]

    content_panels = [
        *Page.content_panels,
        FieldPanel("minutes"),
        ObjectivesPanel(),
        FieldPanel("objectives"),
        FieldPanel("content_note"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")


class KnowledgeCheckPage(StepPage):
    """The check that ends a module."""

    introduction = RichTextField(_("introduction"), features=FEATURES, max_length=2_000, blank=True)
    pass_percent = models.PositiveSmallIntegerField(
        _("per cent right to pass"), default=80, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    draw = models.PositiveSmallIntegerField(
        _("questions asked"),
        default=8,
        validators=[MinValueValidator(1)],
        help_text=_("So many are drawn from the bank below, anew at each attempt."),
    )
    questions = StreamField(QuestionStreamBlock(), verbose_name=_("bank of questions"), blank=True)

    max_count_per_parent = 1
    page_description = _("The questions that end a module. A module has one.")

    content_panels = [
        *Page.content_panels,
        FieldPanel("minutes"),
        FieldPanel("introduction"),
        MultiFieldPanel([FieldPanel("draw"), FieldPanel("pass_percent")], heading=_("To pass")),
        ObjectivesPanel(),
        FieldPanel("questions"),
    ]

    class Meta:
        verbose_name = _("knowledge check")
        verbose_name_plural = _("knowledge checks")


def learners_address(module: Module, step_slug: str = "") -> str:
    """Return where learners read what was given out; `interface.md` promises these addresses."""
    return f"/moduler/{module.slug}/" + (f"{step_slug}/" if step_slug else "")


def new_step_key() -> str:
    """Return a key that no other step has."""
    return uuid.uuid4().hex[:12]


def free_module_slug(wanted: str) -> str:
    """Return the address, or with something added if another module has it or has had it."""
    taken = Module.objects.filter(slug=wanted).exists() or FormerSlug.objects.filter(slug=wanted).exists()
    return f"{wanted[:70]}-{uuid.uuid4().hex[:8]}" if taken or not wanted else wanted
