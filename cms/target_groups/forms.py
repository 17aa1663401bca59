"""The rule of a target group, as it is to be from a day on."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.giving_out.forms import DayInput
from cms.target_groups.department_tree import Branch, branches, occupations_on
from courses.actions.change_audience import says_already
from courses.membership import DayChange, RuleTerms
from courses.models import Audience, AudienceRule
from organisation.models import Department


class AudienceForm(forms.ModelForm):
    """The name, who is meant, and from when. `seen` says what was shown before it was saved."""

    departments = forms.TypedMultipleChoiceField(
        label=_("Departments, with everything below them"),
        coerce=int,
        error_messages={"required": _("Choose at least one department.")},
    )
    occupations = forms.MultipleChoiceField(
        label=_("Occupations"), required=False, help_text=_("None chosen means all occupations.")
    )
    only_meets_young = forms.BooleanField(label=_("Only those who meet children and young people"), required=False)
    from_on = forms.DateField(
        label=_("Holds from"), widget=DayInput(), help_text=_("What held before that day stays as it was, in figures too.")
    )
    may_correct_past = forms.BooleanField(
        label=_("I correct days that have been"),
        required=False,
        help_text=_("Needed only for a day before today. The figures of those days then change, and the protocol says so."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Audience
        fields = ["name"]

    def __init__(self, *args: Any, day: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day
        self.rule = _shown_rule(self.instance, day)
        self.terms = RuleTerms.of(self.rule) if self.rule else None
        self.counts = occupations_on(day)
        named = self.terms.occupations if self.terms else frozenset()
        self.fields["departments"].choices = [(pk, pk) for pk in Department.objects.values_list("pk", flat=True)]
        self.fields["occupations"].choices = [(name, name) for name in sorted(named | self.counts.keys())]
        self.initial["from_on"] = day
        if self.terms:
            self.initial |= {"departments": list(self.terms.departments), "occupations": list(self.terms.occupations)}
            self.initial["only_meets_young"] = self.terms.only_meets_young

    @property
    def tree(self) -> list[Branch]:
        """The departments of today, those ticked that are chosen."""
        return branches(
            self.day, {int(key) for key in self["departments"].value() or () if str(key).isdecimal() and len(str(key)) < 19}
        )

    @property
    def occupation_boxes(self) -> list[tuple[str, int, bool]]:
        """Each occupation, how many have it today, and whether it is chosen."""
        chosen = set(self["occupations"].value() or ())
        return [(name, self.counts.get(name, 0), name in chosen) for name, _label in self.fields["occupations"].choices]

    @property
    def chosen(self) -> dict[str, Any]:
        """What the action is asked, once the form is valid."""
        said = self.cleaned_data
        terms = RuleTerms(frozenset(said["departments"]), frozenset(said["occupations"]), said["only_meets_young"])
        return {"name": said["name"], "terms": terms, "from_on": said["from_on"], "may_correct_past": said["may_correct_past"]}

    @property
    def keeps_rule(self) -> bool:
        """Whether the rule says already what is chosen."""
        return says_already(self.instance, self.chosen["terms"], self.chosen["from_on"])


def _shown_rule(audience: Audience, day: dt.date) -> AudienceRule | None:
    """The rule of the day, or the last one there is."""
    rules = AudienceRule.objects.known_at(None).filter(audience=audience) if audience.pk else AudienceRule.objects.none()
    return rules.on(day).first() or rules.order_by("from_on").last()


def token_of(form: AudienceForm, changes: list[DayChange]) -> str:
    """Return what stands for the rule as chosen and for what it means, so that what is saved is what was seen."""
    terms = form.chosen["terms"]
    said = [sorted(terms.departments), sorted(terms.occupations), terms.only_meets_young, str(form.chosen["from_on"])]
    text = json.dumps([said, [change.as_data() for change in changes]])
    return hashlib.sha256(text.encode()).hexdigest()[:32]
