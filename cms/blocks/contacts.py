"""Whom to call about what. Contacts are functions of the city and of others, never persons."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.content import LINE_LENGTH


class ContactBlock(blocks.StructBlock):
    """One to call. A required one cannot be published without a number, except in a demonstration, where it is marked."""

    function = blocks.CharBlock(
        label=_("Who"),
        max_length=LINE_LENGTH,
        help_text=_("A function, for instance The duty social worker. Never a person's name."),
    )
    when = blocks.TextBlock(label=_("When to call"), max_length=300, rows=2)
    telephone = blocks.RegexBlock(
        label=_("Telephone"),
        regex=r"^\+?[0-9][0-9 \-]{1,28}$",
        required=False,
        max_length=30,
        error_messages={"invalid": _("Write a telephone number with digits, spaces and hyphens only.")},
    )
    hours = blocks.CharBlock(label=_("Hours"), required=False, max_length=LINE_LENGTH)
    is_required = blocks.BooleanBlock(
        label=_("Cannot be left out"),
        required=False,
        help_text=_("The page cannot be published before the number is filled in."),
    )

    class Meta:
        label = _("Contact")
        icon = "mobile-alt"
        label_format = "{function}"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if not self.is_deferred_validation and may_not_be_empty(cleaned):
            message = gettext("Fill in the number of “%(function)s”. Without it the page cannot be published.")
            error = ValidationError(message % {"function": cleaned["function"]})
            raise blocks.StructBlockValidationError({"telephone": error})
        return cleaned


class ContactStreamBlock(blocks.StreamBlock):
    """The contacts, the most urgent first."""

    contact = ContactBlock()

    class Meta:
        max_num = 20
        required = False


def may_not_be_empty(contact: Any) -> bool:
    """Whether the contact has no number and must have one here."""
    return bool(contact["is_required"]) and not contact["telephone"] and not settings.DEMO
