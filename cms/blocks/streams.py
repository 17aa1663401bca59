"""Which blocks each kind of page can hold."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.content import (
    ActivitiesBlock,
    CityFieldBlock,
    FactBlock,
    ImageBlock,
    LegalBlock,
    QuotationBlock,
    StepsBlock,
    TextBlock,
    VideoBlock,
    heading_block,
    reflection_block,
)
from cms.blocks.questions import QuestionBlock
from cms.blocks.situations import CaseBlock, LayerBlock
from cms.blocks.tables import TableBlock


class LessonStreamBlock(blocks.StreamBlock):
    """A lesson, block by block; the names are the tags of `courses.payload`."""

    heading = heading_block()
    text = TextBlock()
    image = ImageBlock()
    fact = FactBlock()
    quotation = QuotationBlock()
    legal = LegalBlock()
    reflection = reflection_block()
    video = VideoBlock()
    question = QuestionBlock()
    steps = StepsBlock()
    table = TableBlock()
    city_field = CityFieldBlock()

    class Meta:
        max_num = 80


class QuestionStreamBlock(blocks.StreamBlock):
    """The bank that a knowledge check draws from."""

    question = QuestionBlock()

    class Meta:
        max_num = 80


class PlainStreamBlock(blocks.StreamBlock):
    """A few paragraphs, with the sources that they rest on."""

    text = TextBlock()

    class Meta:
        max_num = 10


class CaseStreamBlock(blocks.StreamBlock):
    """Cases on one theme."""

    case = CaseBlock()

    class Meta:
        max_num = 20


class LayerStreamBlock(blocks.StreamBlock):
    """A situation, layer by layer."""

    layer = LayerBlock()

    class Meta:
        max_num = 8


class OpenPageStreamBlock(blocks.StreamBlock):
    """A page that anybody may read."""

    heading = heading_block()
    text = TextBlock()
    image = ImageBlock()
    fact = FactBlock()
    quotation = QuotationBlock()
    legal = LegalBlock()
    steps = StepsBlock()
    table = TableBlock()
    city_field = CityFieldBlock()
    activities = ActivitiesBlock()

    class Meta:
        max_num = 80


class ObjectiveBlock(blocks.StructBlock):
    """What the person can do after the module, with a short sign that lessons and questions point to."""

    sign = blocks.RegexBlock(
        label=_("Sign"),
        regex=r"^[a-z][a-z0-9-]{0,19}$",
        error_messages={"invalid": _("Write a short sign of small letters and digits, for instance m1.")},
        help_text=_("A short sign, for instance m1. Do not change it once questions point to it."),
    )
    text = blocks.CharBlock(label=_("After the module you can …"), max_length=300)

    class Meta:
        label = _("Learning objective")
        icon = "check"


class ObjectiveStreamBlock(blocks.StreamBlock):
    """The module's learning objectives."""

    objective = ObjectiveBlock()

    class Meta:
        max_num = 20

    def clean(self, value: blocks.StreamValue) -> blocks.StreamValue:
        cleaned = super().clean(value)
        signs = [child.value["sign"] for child in cleaned]
        if len(set(signs)) != len(signs):
            raise blocks.StreamBlockValidationError(non_block_errors=[_("Two objectives have the same sign.")])
        return cleaned
