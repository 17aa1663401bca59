"""A conversation: turns with answers, and endings. Their signs say what leads where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.content import FEATURES, LINE_LENGTH, PARAGRAPH_LENGTH, TEXT_LENGTH, reflection_block, sources_block
from courses.conversation import FEWEST_CHOICES, MOST_CHOICES
from courses.situations import Side

SIGN = r"^[a-z0-9]+(-[a-z0-9]+)*$"


def sign_block() -> blocks.RegexBlock:
    return blocks.RegexBlock(
        label=_("Sign"),
        regex=SIGN,
        max_length=60,
        error_messages={"invalid": _("Write a short sign of small letters a–z, digits and hyphens, for instance by-the-door.")},
        help_text=_("A short name that answers point to, for instance by-the-door. The reader never sees it."),
    )


class EffectsBlock(blocks.StructBlock):
    """What an answer does to each side of the conversation; what is left empty is not shown."""

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        sides = [
            (side.value, blocks.TextBlock(label=side.label, required=False, max_length=LINE_LENGTH, rows=1)) for side in Side
        ]
        super().__init__(local_blocks or sides, **kwargs)

    class Meta:
        label = _("What it does to each side")
        collapsed = True


class ChoiceBlock(blocks.StructBlock):
    """Something to answer, where it leads, and what comes of it."""

    text = blocks.TextBlock(label=_("What one says or does"), max_length=PARAGRAPH_LENGTH, rows=2)
    leads_to = blocks.CharBlock(
        label=_("Leads to"), max_length=60, help_text=_("The sign of the turn or ending that comes next.")
    )
    consequence = blocks.TextBlock(
        label=_("What comes of it"),
        max_length=PARAGRAPH_LENGTH,
        rows=2,
        help_text=_("One or two sentences. The first one is the heading of the reader's next page."),
    )
    effects = EffectsBlock()

    class Meta:
        label = _("An answer")
        icon = "arrow-right"


class TurnBlock(blocks.StructBlock):
    """What is said or happens, and what one may answer."""

    sign = sign_block()
    speaker = blocks.CharBlock(
        label=_("Who speaks"),
        required=False,
        max_length=80,
        help_text=_("Leave empty when something happens and nobody speaks."),
    )
    text = blocks.TextBlock(
        label=_("What is said or happens"),
        max_length=PARAGRAPH_LENGTH,
        rows=4,
        help_text=_("Direct speech within ”…”. An empty line begins a new paragraph."),
    )
    choices = blocks.ListBlock(ChoiceBlock(), label=_("Answers"), min_num=FEWEST_CHOICES, max_num=MOST_CHOICES)
    sources = sources_block()

    class Meta:
        label = _("Turn")
        icon = "comment"
        label_format = "{sign}: {text}"


class EndingBlock(blocks.StructBlock):
    """How the conversation ended, and something to think about."""

    sign = sign_block()
    title = blocks.CharBlock(label=_("Heading of the ending"), max_length=LINE_LENGTH)
    text = blocks.RichTextBlock(label=_("What became of it"), features=FEATURES, max_length=TEXT_LENGTH)
    reflection = reflection_block()
    sources = sources_block()

    class Meta:
        label = _("Ending")
        icon = "flag"
        label_format = "{sign}: {title}"


class ConversationStreamBlock(blocks.StreamBlock):
    """The whole conversation. It begins with the first turn; otherwise the order does not matter."""

    turn = TurnBlock()
    ending = EndingBlock()

    class Meta:
        max_num = 80

    def get_searchable_content(self, value: Any) -> list[str]:
        """Nothing: nobody searches for what one may answer."""
        return []

    def clean(self, value: blocks.StreamValue) -> blocks.StreamValue:
        cleaned = super().clean(value)
        faults = [] if self.is_deferred_validation else list(wrong_signs(cleaned))
        if faults:
            raise blocks.StreamBlockValidationError(non_block_errors=faults)
        return cleaned


def wrong_signs(stream: blocks.StreamValue) -> Iterator[str]:
    """Yield a sentence for each sign that two places share, and for each answer that leads nowhere."""
    signs = Counter(child.value["sign"] for child in stream)
    for sign, count in signs.items():
        if count > 1:
            yield gettext("%(count)s places have the sign %(sign)s. Give each its own.") % {"count": count, "sign": sign}
    for child in stream:
        for number, choice in enumerate(child.value.get("choices", ()), start=1):
            if choice["leads_to"] not in signs:
                place = {"number": number, "sign": child.value["sign"], "target": choice["leads_to"]}
                yield gettext("Answer %(number)s of %(sign)s leads to %(target)s, which does not exist.") % place
