"""Questions: to practise on in a lesson, and to be asked in a knowledge check."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.content import LINE_LENGTH, PARAGRAPH_LENGTH
from cms.choosers import LegalSourceChooserBlock, SymbolChooserBlock

KINDS = [
    ("single", _("One is right")),
    ("several", _("Several may be right")),
    ("true_false", _("True or false")),
    ("order", _("Put in order")),
]


class OptionBlock(blocks.StructBlock):
    """One thing to choose, with the reason why it is right or wrong."""

    text = blocks.TextBlock(label=_("Option"), max_length=PARAGRAPH_LENGTH, rows=2)
    is_right = blocks.BooleanBlock(label=_("This is right"), required=False)
    explanation = blocks.TextBlock(
        label=_("Explanation"),
        max_length=PARAGRAPH_LENGTH,
        rows=2,
        help_text=_("Shown after the answer, also for the right option: why, and according to what."),
    )
    position = blocks.IntegerBlock(
        label=_("Place in the right order"),
        required=False,
        min_value=1,
        max_value=20,
        help_text=_("Only for Put in order. Write the options in a mixed order and number them as they should stand."),
    )

    class Meta:
        label = _("Option")
        icon = "tick"
        form_classname = "struct-block question-option"


class QuestionBlock(blocks.StructBlock):
    """Something to answer. Options never reach a search index, so that nobody can search for the answers."""

    kind = blocks.ChoiceBlock(label=_("Kind"), choices=KINDS, default="single")
    situation = blocks.TextBlock(
        label=_("Situation"), required=False, max_length=PARAGRAPH_LENGTH, rows=3, help_text=_("What has happened, if needed.")
    )
    text = blocks.TextBlock(label=_("Question"), max_length=PARAGRAPH_LENGTH, rows=2)
    options = blocks.ListBlock(OptionBlock(), label=_("Options"), min_num=2, max_num=12)
    objective = blocks.CharBlock(
        label=_("Learning objective"),
        required=False,
        max_length=LINE_LENGTH,
        help_text=_(
            "The sign of the objective that the question tests, for instance m1. The signs stand on the module's page."
        ),
    )
    sources = blocks.ListBlock(
        LegalSourceChooserBlock(label=_("Legal source")), label=_("Legal sources that the answer rests on"), default=[]
    )
    signs = blocks.ListBlock(
        SymbolChooserBlock(label=pgettext_lazy("symbol", "Sign")),
        label=_("Signs that the answer rests on"),
        default=[],
        collapsed=True,
        help_text=_("A knowledge check does not ask the question while an entry is a draft, or past its day to be checked."),
    )

    class Meta:
        label = _("Question")
        icon = "help"
        label_format = "{text}"

    def get_searchable_content(self, value: Any) -> list[str]:
        return []

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        faults = [ValidationError(message) for message in wrong_answer_key(cleaned["kind"], list(cleaned["options"]))]
        if faults:
            raise blocks.StructBlockValidationError(non_block_errors=faults)
        return cleaned


def wrong_answer_key(kind: str, options: list[Any]) -> Iterator[str]:
    """Yield a sentence for each thing that makes the question impossible to answer rightly."""
    if kind == "order":
        yield from _wrong_order([option["position"] for option in options])
        return
    right = sum(bool(option["is_right"]) for option in options)
    if right == 0:
        yield gettext("Mark at least one option as right.")
    if right > 1 and kind != "several":
        yield gettext("Only one option can be right. Choose the kind “Several may be right” if more are.")
    if kind == "true_false" and len(options) != 2:
        yield gettext("True or false has exactly two options.")


def _wrong_order(positions: list[int | None]) -> Iterator[str]:
    expected = list(range(1, len(positions) + 1))
    if sorted(position or 0 for position in positions) != expected:
        yield gettext("Number the options from 1 to %(count)s, each number once.") % {"count": len(positions)}
    elif positions == expected:
        yield gettext("The options already stand in the right order. Mix them, so that the answer does not show.")
