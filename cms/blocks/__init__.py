"""What a page can hold."""

from cms.blocks.content import (
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
from cms.blocks.conversations import ConversationStreamBlock
from cms.blocks.questions import QuestionBlock
from cms.blocks.situations import ActionBlock, CaseBlock, LayerBlock
from cms.blocks.streams import (
    CaseStreamBlock,
    LayerStreamBlock,
    LessonStreamBlock,
    ObjectiveStreamBlock,
    OpenPageStreamBlock,
    PlainStreamBlock,
    QuestionStreamBlock,
)
from cms.blocks.tables import TableBlock

__all__ = [
    "ActionBlock",
    "CaseBlock",
    "CaseStreamBlock",
    "CityFieldBlock",
    "ConversationStreamBlock",
    "FactBlock",
    "ImageBlock",
    "LayerBlock",
    "LayerStreamBlock",
    "LegalBlock",
    "LessonStreamBlock",
    "ObjectiveStreamBlock",
    "OpenPageStreamBlock",
    "PlainStreamBlock",
    "QuestionBlock",
    "QuestionStreamBlock",
    "QuotationBlock",
    "StepsBlock",
    "TableBlock",
    "TextBlock",
    "VideoBlock",
    "heading_block",
    "reflection_block",
]
