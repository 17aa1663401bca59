"""Situations to decide and to judge. Nothing of them reaches a search index, so that nobody can search for the answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.content import LINE_LENGTH, PARAGRAPH_LENGTH, TEXT_LENGTH, sources_block
from courses.situations import Gender, Milieu, Workplace

# As in other texts, but without headings: these parts have fixed ones.
FEATURES = ["bold", "italic", "ol", "ul", "link"]


def situation_block() -> blocks.TextBlock:
    return blocks.TextBlock(
        label=_("Situation"),
        max_length=PARAGRAPH_LENGTH,
        rows=4,
        help_text=_("What has happened. An empty line makes a new paragraph."),
    )


def prompt_block() -> blocks.TextBlock:
    return blocks.TextBlock(label=_("Question"), max_length=LINE_LENGTH, rows=1, help_text=_("For instance: What do you do?"))


def rich_block(label: Any, help_text: Any = "") -> blocks.RichTextBlock:
    return blocks.RichTextBlock(label=label, features=FEATURES, max_length=TEXT_LENGTH, help_text=help_text)


class ActionBlock(blocks.StructBlock):
    """Something to do in the situation, with what is said after it."""

    text = blocks.TextBlock(label=_("Action"), max_length=PARAGRAPH_LENGTH, rows=2)
    is_right = blocks.BooleanBlock(label=_("This is right"), required=False)
    explanation = blocks.TextBlock(
        label=_("Explanation"),
        max_length=PARAGRAPH_LENGTH,
        rows=2,
        help_text=_("Shown after the answer, also for the right option: why, and according to what."),
    )

    class Meta:
        label = _("Action")
        icon = "tick"
        form_classname = "struct-block question-option"


class NextStepBlock(ActionBlock):
    """A next step. Several may be reasonable."""

    is_right = blocks.BooleanBlock(label=_("This is reasonable"), required=False)

    class Meta:
        label = _("Next step")


class UnsearchedBlock(blocks.StructBlock):
    """What no search may find."""

    def get_searchable_content(self, value: Any) -> list[str]:
        return []


class CaseBlock(UnsearchedBlock):
    """A situation, what one may do in it, and what the law says."""

    title = blocks.CharBlock(label=_("Title"), max_length=LINE_LENGTH)
    situation = situation_block()
    text = prompt_block()
    options = blocks.ListBlock(ActionBlock(), label=_("Actions to choose between"), min_num=3, max_num=4)
    answer = rich_block(_("What the law says"))
    why = rich_block(_("Why"))
    mistake = rich_block(_("Common mistake"))
    sources = sources_block()
    objective = blocks.CharBlock(
        label=_("Learning objective"),
        required=False,
        max_length=LINE_LENGTH,
        help_text=_("The sign of the objective that the case practises, for instance m1."),
    )
    workplaces = blocks.MultipleChoiceBlock(
        label=_("Workplaces"),
        choices=Workplace.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Where the situation is typical."),
    )
    milieu = blocks.ChoiceBlock(label=_("Milieu"), choices=Milieu.choices, default=Milieu.NONE.value)
    gender = blocks.ChoiceBlock(label=_("The other person"), choices=Gender.choices, default=Gender.UNKNOWN.value)

    class Meta:
        label = _("Case")
        icon = "help"
        label_format = "{title}"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        right = sum(bool(option["is_right"]) for option in cleaned["options"])
        if not self.is_deferred_validation and right != 1:
            raise blocks.StructBlockValidationError(
                non_block_errors=[ValidationError(gettext("Mark exactly one action as right."))]
            )
        return cleaned


class LayerBlock(UnsearchedBlock):
    """One layer of a situation."""

    title = blocks.CharBlock(label=_("Title"), max_length=LINE_LENGTH, help_text=_("For instance: What you see."))
    situation = situation_block()
    text = prompt_block()
    options = blocks.ListBlock(NextStepBlock(), label=_("Next steps"), min_num=2, max_num=6)
    picture = rich_block(_("How the picture changes"), _("What this layer says, and what it does not say."))
    sources = sources_block()

    class Meta:
        label = _("Layer")
        icon = "list-ol"
        label_format = "{title}"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if not self.is_deferred_validation and not any(option["is_right"] for option in cleaned["options"]):
            message = gettext("Mark at least one next step as reasonable.")
            raise blocks.StructBlockValidationError(non_block_errors=[ValidationError(message)])
        return cleaned
