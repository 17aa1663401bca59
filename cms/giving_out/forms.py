"""What a trainer decides when giving out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.giving_out.prospect import Prospect
from courses.models import Edition

EDITORIAL, MATERIAL = "editorial", "material"
CHOICES = [
    (EDITORIAL, _("Editorial: asks nothing of those who are done")),
    (MATERIAL, _("Material: those who are done take the step again")),
]


class DayInput(forms.DateInput):
    """The browser's own calendar; needs no script."""

    input_type = "date"

    def __init__(self, **attrs: Any) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class GiveOutForm(forms.Form):
    """One question for each changed step, and then what changed, from when, and why in spite of an overdue source."""

    based_on = forms.CharField(widget=forms.HiddenInput, required=False)
    content = forms.CharField(widget=forms.HiddenInput)
    change_note = forms.CharField(
        label=_("What has changed?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One sentence that learners will read."),
    )
    in_force_from = forms.DateField(
        label=_("In force from"),
        widget=DayInput(),
        help_text=_("Today or later. Until then learners keep the edition they have."),
    )
    overdue_reason = forms.CharField(
        label=_("Why give it out although a legal source has not been checked again?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The reason is stored in the edition and shown to learners."),
    )

    def __init__(self, prospect: Prospect, *args: Any, **kwargs: Any) -> None:
        self.prospect = prospect
        last = prospect.last
        kwargs["initial"] = {
            "based_on": last.pk if last else "",
            "content": prospect.sha256,
            "in_force_from": max(prospect.day, last.in_force_from) if last else prospect.day,
        }
        super().__init__(*args, **kwargs)
        if not prospect.overdue:
            del self.fields["overdue_reason"]
        else:
            self.fields["overdue_reason"].required = True
        for change in prospect.to_judge:
            self.fields[field_of(change.key)] = _judgement(change.title)

    def clean_content(self) -> str:
        """The trainer decides on what was shown, not on what somebody published meanwhile."""
        if self.cleaned_data["content"] != self.prospect.sha256:
            raise forms.ValidationError(_("The content has changed since you opened the page. Read the changes below again."))
        return str(self.cleaned_data["content"])

    def terms(self) -> dict[str, Any]:
        """Return what `courses.actions.give_out` asks for; the form must be valid."""
        prospect, answers = self.prospect, self.cleaned_data
        return {
            "module": prospect.page.module,
            "draft": prospect.draft,
            "material": frozenset(step.key for step in prospect.to_judge if answers[field_of(step.key)] == MATERIAL),
            "change_note": answers["change_note"],
            "in_force_from": answers["in_force_from"],
            "based_on": self._based_on(),
            "review": prospect.approval.as_review() if prospect.approval else None,
            "overdue_reason": answers.get("overdue_reason", ""),
        }

    def _based_on(self) -> Edition | None:
        """The last edition when the trainer opened the page."""
        pk = self.cleaned_data["based_on"]
        return (
            Edition.objects.filter(module=self.prospect.page.module, pk=pk).first() if pk.isdecimal() and len(pk) < 19 else None
        )


class WithdrawForm(forms.Form):
    """What to stop, and why."""

    step = forms.ChoiceField(label=_("What is to be withdrawn?"), required=False)
    reason = forms.CharField(
        label=_("Why?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("Learners read the reason.")
    )

    def __init__(self, edition: Edition, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        steps = [(step["key"], step["title"]) for step in edition.outline]
        self.fields["step"].choices = [("", _("The whole edition")), *steps]


def _judgement(title: str) -> forms.ChoiceField:
    errors = {"required": _("Choose one of the two.")}
    return forms.ChoiceField(label=title, choices=CHOICES, widget=forms.RadioSelect, error_messages=errors)


def field_of(step_key: str) -> str:
    """Return the name of the field that judges a step."""
    return f"change-{step_key}"
