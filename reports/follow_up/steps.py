"""What a coordinator does with a cycle, step by step: when it can be done, what is asked, and the words of it."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reports.follow_up.states import State
from reports.models import Erratum, Publication


class Confirmation(forms.Form):
    """Nothing is asked but that it is meant."""


class PublishingForm(forms.Form):
    """The case number that the report is registered under."""

    case_number = forms.CharField(
        label=_("Case number"),
        max_length=Publication._meta.get_field("case_number").max_length,
        help_text=_("As it is registered, for instance KS 2026/123."),
        error_messages={"required": _("Write the case number that the report is registered under.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class ErratumForm(forms.Form):
    """What is wrong, and how it came about."""

    text = forms.CharField(
        label=_("What is right?"),
        max_length=Erratum._meta.get_field("text").max_length,
        help_text=_("Say which figure or sentence is wrong, and what it should be. The frozen figures stay as they are."),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write what is right.")},
    )
    reason = forms.CharField(
        label=_("Why was it wrong?"),
        max_length=Erratum._meta.get_field("reason").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why it was wrong.")},
    )


@dataclass(frozen=True)
class Step:
    """One thing to do, on a page of its own that says what it leads to. `states` are those in which it can be done."""

    slug: str
    label: Promise
    explanation: Promise
    done: Promise
    states: frozenset[State | None]
    form: type[forms.Form] = Confirmation
    look: str = "next"
    """Of its button: what to do next, or `quiet`."""


OPEN = Step(
    "oppna",
    _("Open the cycle"),
    _("The cycle is shown in your list. Nothing is frozen and nobody gets a mail."),
    _("The cycle is open."),
    frozenset({None}),
)
FREEZE = Step(
    "frys",
    _("Freeze the figures"),
    _("The figures are locked as they are known now. It cannot be undone: later corrections become errata."),
    _("The figures are frozen. Departments can comment on them."),
    frozenset({State.OPEN}),
)
APPROVE = Step(
    "godkann",
    _("Approve the report"),
    _("You say that the report is ready to be published. Departments can still change their comments until then."),
    _("The report is approved."),
    frozenset({State.DRAFT}),
)
REMIND = Step(
    "paminn",
    _("Remind the departments"),
    _("Those who have not commented get a mail with a link to their page."),
    _("Those who have not commented are reminded."),
    frozenset({State.DRAFT, State.APPROVED}),
    look="quiet",
)
PUBLISH = Step(
    "publicera",
    _("Publish the report"),
    _("All staff can read the report, the files are made for good, and the recipients get a mail. It cannot be undone."),
    _("The report is published."),
    frozenset({State.APPROVED}),
    PublishingForm,
)
CORRECT = Step(
    "ratta",
    _("Add an erratum"),
    _("A correction gets a number and is shown on every format of the report. It cannot be taken back."),
    _("The erratum is added."),
    frozenset({State.PUBLISHED}),
    ErratumForm,
    look="quiet",
)
STEPS = {step.slug: step for step in (OPEN, FREEZE, APPROVE, REMIND, PUBLISH, CORRECT)}


def steps_in(state: State | None) -> list[Step]:
    """Return what can be done in a state; `None` is a cycle that nobody has opened."""
    return [step for step in STEPS.values() if state in step.states]
