"""Exercises while they are being written: what all of them have, cases, and judgements."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.blocks import CaseStreamBlock, LayerStreamBlock, PlainStreamBlock
from cms.models.modules import TeachingPage
from cms.panels import ObjectivesPanel
from courses.situations import Gender, Milieu, Workplace


class WorkplacesField(models.JSONField):
    """A list of workplaces, ticked in the form."""

    def formfield(self, **kwargs: Any) -> Any:
        ticked = {"form_class": forms.MultipleChoiceField, "choices": Workplace.choices, "widget": forms.CheckboxSelectMultiple}
        # JSONField's own method would ask for a JSON field.
        return models.Field.formfield(self, **ticked | kwargs | {"initial": []})


class ExercisePage(TeachingPage):
    """A step to practise in. Its own fields stand between `opening_panels` and `note_panels`."""

    opening_panels = [*Page.content_panels, FieldPanel("minutes"), ObjectivesPanel(), FieldPanel("objectives")]
    note_panels = [FieldPanel("content_note")]

    class Meta:
        abstract = True


class SituationPage(ExercisePage):
    """An exercise about one situation, which says where it is typical and what it touches."""

    workplaces = WorkplacesField(_("workplaces"), default=list, blank=True, help_text=_("Where the situation is typical."))
    milieu = models.CharField(_("milieu"), max_length=20, choices=Milieu.choices, default=Milieu.NONE)
    gender = models.CharField(_("the other person"), max_length=20, choices=Gender.choices, default=Gender.UNKNOWN)

    situation_panels = [
        MultiFieldPanel(
            [FieldPanel("workplaces"), FieldPanel("milieu"), FieldPanel("gender")],
            heading=_("About the situation"),
            help_text=_("Readers find the situations of their own workplace, and you see the balance between them."),
        )
    ]

    class Meta:
        abstract = True


class CasesPage(ExercisePage):
    """Several cases on one theme; each becomes a page of its own."""

    introduction = StreamField(PlainStreamBlock(), verbose_name=_("introduction"), blank=True)
    cases = StreamField(CaseStreamBlock(), verbose_name=_("cases"), blank=True)

    page_description = _("Situations to decide: what one may do, and what the law says.")

    content_panels = [
        *ExercisePage.opening_panels,
        *ExercisePage.note_panels,
        FieldPanel("introduction"),
        FieldPanel("cases"),
    ]

    class Meta:
        verbose_name = _("cases")
        verbose_name_plural = _("cases")


class JudgementPage(SituationPage):
    """One situation in layers. What learners choose in it is kept nowhere."""

    layers = StreamField(LayerStreamBlock(), verbose_name=_("layers"), blank=True)
    conclusion = StreamField(PlainStreamBlock(), verbose_name=_("conclusion"), blank=True)

    page_description = _("A situation that is revealed in layers: what I see, the context, change over time.")

    content_panels = [
        *ExercisePage.opening_panels,
        *SituationPage.situation_panels,
        *ExercisePage.note_panels,
        FieldPanel("layers"),
        FieldPanel("conclusion"),
    ]

    class Meta:
        verbose_name = _("judgement")
        verbose_name_plural = _("judgements")
