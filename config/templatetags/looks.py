"""Small things that the components need to know and that a template cannot find out itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import template
from django.core.exceptions import ValidationError
from django.forms import BaseForm, CheckboxInput, Field, FileInput, Select, Textarea
from django.forms.boundfield import BoundField, BoundWidget
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

register = template.Library()

MODULE_SIGNS = frozenset({"informationsdelning", "tidiga-tecken", "demokratidialog"})
"""Slugs of the modules that have a sign of their own in `static/img/signs.svg`."""

STATUS_WORDS = {
    "blocked": _("Cannot start yet"),
    "not_started": _("Not started"),
    "in_progress": _("In progress"),
    "not_done": _("Not done"),
    "done": _("Done"),
    "overdue": _("Overdue"),
    "exempt": _("Exempt"),
}

REQUIRED_WORDS = {
    "text": _("Fill in “%(label)s”."),
    "select": _("Choose something in “%(label)s”."),
    "choices": _("Choose something in “%(label)s”."),
    "tick": _("Tick “%(label)s”."),
    "file": _("Choose a file in “%(label)s”."),
}
"""What to do about an empty field. Django's own "This field is required" says nothing in a summary."""


@dataclass(frozen=True)
class FormError:
    """One thing to put right: the sentence, and the id of the field that it is about (empty: the whole form)."""

    text: str
    target: str = ""


@register.filter
def form_errors(form: BaseForm | None) -> list[FormError]:
    """Return everything that is wrong in the form, in the order of its fields; nothing for no form."""
    if not form:
        return []
    errors = [FormError(str(text)) for text in form.non_field_errors()]
    for field in form:
        target = "" if field.is_hidden else field_target(field)
        errors += [FormError(text, target) for text in field_errors(field)]
    return errors


@register.filter
def field_errors(field: BoundField) -> list[str]:
    """Return what is wrong in the field, in words that can be understood away from it too."""
    return [sentence for error in field.errors.as_data() for sentence in _sentences(field, error)]


def _sentences(field: BoundField, error: ValidationError) -> list[str]:
    if error.code == "required" and error.message == Field.default_error_messages["required"]:
        words = REQUIRED_WORDS.get(field_kind(field), REQUIRED_WORDS["text"])
        return [str(words) % {"label": field.label}]
    return [str(text) for text in error.messages]


@register.filter
def field_target(field: BoundField) -> str:
    """Return the id of the first thing in the field that can take focus."""
    return f"{field.auto_id}_0" if field.use_fieldset else field.id_for_label


@register.filter
def field_kind(field: BoundField) -> str:
    """Return how the field is drawn: choices, tick, select, text or file."""
    widget = field.field.widget
    if field.use_fieldset and hasattr(widget, "choices"):
        return "choices"
    kinds = {CheckboxInput: "tick", Select: "select", Textarea: "long", FileInput: "file"}
    return next((name for kind, name in kinds.items() if isinstance(widget, kind)), "text")


@register.simple_tag
def field_input(field: BoundField) -> str:
    """Draw the field's control with our class; Django itself adds the description and what is wrong."""
    # A placeholder is gone when it is needed, and says only what the label says.
    field.field.widget.attrs.pop("placeholder", None)
    return field.as_widget(attrs={"class": "ds-input"})


@register.filter
def choices_of(field: BoundField) -> Iterator[BoundWidget]:
    """Give the field's choices one by one, each with our class on its control."""
    for choice in field.subwidgets:
        choice.data["attrs"]["class"] = "ds-input"
        yield choice


@register.filter
def place_in(option_id: str, response: Sequence[str] | None) -> int:
    """Return the option's place, counted from 1, in the order that was answered; 0 when it has none."""
    return list(response).index(option_id) + 1 if response and option_id in response else 0


@register.filter
def status_words(status: str) -> Any:
    """Return what a status is called; raises KeyError for one that does not exist."""
    return STATUS_WORDS[status]


@register.filter
def grouped(number: int) -> str:
    """Write a number as it is read: 1 750, with a space that does not break."""
    return f"{number:,}".replace(",", "\u00a0")


@register.filter
def module_sign(slug: str) -> str:
    """Return the name of the module's sign; the common one for a module that has none of its own."""
    return slug if slug in MODULE_SIGNS else "module"


@register.filter
def button_look(kind: str) -> SafeString:
    """Return the attribute that gives a button its look: what to do next unless it is quiet or plain."""
    looks = {"quiet": ' data-variant="secondary"', "plain": ' data-variant="tertiary"'}
    return SafeString(looks.get(kind, ' data-color="accent"'))


@register.simple_tag(takes_context=True)
def current(context: Context, address: str) -> str:
    """Say what `aria-current` is for a link in the menu: this page, a page below it, or neither."""
    path = getattr(context.get("request"), "path", "")
    if path == address:
        return "page"
    return "true" if address != "/" and path.startswith(address) else ""
