"""The form of the three voluntary questions after a module."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from courses.actions.evaluate import Said
from courses.models import Evaluation
from courses.models.evaluations import Degree

PERSONAL = re.compile(r"\b(?:\d\d)?\d{6}[-+ ]?\d{4}\b|\S@\S+\.\S")
"""What looks like a personnummer or an e-mail address."""


class FreeText(forms.CharField):
    """Text of several lines; a line break counts as one character, as the browser counts it."""

    def to_python(self, value: Any) -> str:
        return super().to_python(value and str(value).replace("\r\n", "\n")) or ""


class EvaluationForm(forms.Form):
    """Every question may be left out, but not all of them: then one skips."""

    use_required_attribute = False

    worth_time = forms.ChoiceField(
        label=_("Was the module worth the time?"), choices=Degree.choices, widget=forms.RadioSelect, required=False
    )
    knows_what_to_do = forms.ChoiceField(
        label=_("Do you know what to do at work after the module?"),
        choices=Degree.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    unclear = FreeText(
        label=_("What was unclear?"),
        help_text=_("At most 500 characters. Name no person, and write nothing that somebody can be recognised by."),
        max_length=Evaluation.MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        required=False,
    )

    def clean_unclear(self) -> str:
        text: str = self.cleaned_data["unclear"]
        if PERSONAL.search(text):
            raise ValidationError(
                _("The text seems to hold a personal identity number or an e-mail address. Take it away and send again.")
            )
        return text

    def clean(self) -> dict[str, Any]:
        if not self.errors and not any(self.cleaned_data.values()):
            raise ValidationError(_("Answer at least one question, or skip them all."))
        return self.cleaned_data

    @property
    def said(self) -> Said:
        """What was answered, from a valid form."""
        return Said(**self.cleaned_data)
