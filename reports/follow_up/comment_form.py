"""What a department is asked to say of its figures."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from reports.models import DepartmentComment

MOST = DepartmentComment.MOST_CHARACTERS
TOO_LONG = ngettext_lazy(
    "Write at most %(limit_value)d character. You have written %(show_value)d.",
    "Write at most %(limit_value)d characters. You have written %(show_value)d.",
    "limit_value",
)


def _text(label: Any, rows: int, **fields: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=area, validators=[MaxLengthValidator(MOST, message=TOO_LONG)], **fields)


class CommentForm(forms.Form):
    """Reason, action, who does it and by when. What was written stays in the form when something must be put right."""

    reason = _text(
        _("Why are the figures as they are?"),
        6,
        help_text=_("The report is public. Write of the work, never of a person: no names, and nothing about a single case."),
        error_messages={"required": _("Write why the figures are as they are.")},
    )
    action = _text(_("What do you do?"), 5, required=False)
    responsible = forms.CharField(
        label=_("Who is responsible?"),
        required=False,
        help_text=_("A function, for instance head of unit. Never a person’s name."),
        validators=[MaxLengthValidator(150, message=TOO_LONG)],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    by_when = forms.DateField(
        label=_("By when?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write a day, for instance 2026-10-31.")},
    )

    @classmethod
    def of(cls, data: Any, written: DepartmentComment | None) -> CommentForm:
        """Return the form with what was sent, else with what was written last."""
        names = ("reason", "action", "responsible", "by_when")
        return cls(data, initial={name: getattr(written, name) for name in names} if written else None)
