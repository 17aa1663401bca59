"""A conversation while it is being written."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField

from cms.blocks import ConversationStreamBlock
from cms.blocks.content import FEATURES
from cms.models.exercises import SituationPage
from cms.panels import ConversationPanel


class DialoguePage(SituationPage):
    """A conversation as a graph of turns. It has several good ways, no score and no right political opinion."""

    setting = RichTextField(
        _("setting"), features=FEATURES, max_length=4_000, help_text=_("Where you are, who is there, what you want.")
    )
    body = StreamField(
        ConversationStreamBlock(),
        verbose_name=_("turns and endings"),
        blank=True,
        help_text=_("The conversation begins with the first turn. After that the order does not matter: the signs lead."),
    )

    page_description = _("A conversation in turns with several answers, each with what it leads to.")

    content_panels = [
        *SituationPage.opening_panels,
        FieldPanel("setting"),
        ConversationPanel(),
        FieldPanel("body"),
        *SituationPage.situation_panels,
        *SituationPage.note_panels,
    ]

    class Meta:
        verbose_name = _("dialogue")
        verbose_name_plural = _("dialogues")
