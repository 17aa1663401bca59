"""Assignments in the administration: proposed after seeing what they mean, followed to every acceptance, and ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.giving_out.forms import DayInput
from cms.giving_out.views import only_with
from courses.actions.end_assignment import EndRefused, end_assignment, may_be_taken_back, take_back_assignment
from courses.actions.propose_assignment import ProposalRefused, propose_assignment
from courses.models import Acceptance, Assignment, AudienceRule
from courses.reach import Reach, reach_of
from organisation.models import Department, DepartmentManager
from organisation.tree import Tree, names_on

ADD, VIEW, CHANGE = "courses.add_assignment", "courses.view_assignment", "courses.change_assignment"
FIXED, AFTER_JOINING = "fixed", "after_joining"


class ProposalForm(forms.ModelForm):
    """What is proposed; due on a fixed day, or so many days after joining."""

    due = forms.ChoiceField(
        label=_("When is it due?"),
        choices=[(FIXED, _("On a fixed day")), (AFTER_JOINING, _("So many days after joining the target group"))],
        initial=FIXED,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Assignment
        fields = ["module", "audience", "from_on", "due", "due_on", "due_days", "decided_by", "note"]
        widgets = {"from_on": DayInput(), "due_on": DayInput(), "note": forms.Textarea(attrs={"rows": 2})}
        labels = {"from_on": _("Begins"), "due_days": _("Number of days")}
        help_texts = {
            "due_on": _("For a fixed day."),
            "due_days": _(
                "Counted from the day when the person began in the target group, at the earliest from the start."
                " Absence moves the day."
            ),
        }

    def clean(self) -> dict[str, Any]:
        """Keep the one that was chosen, and forget what stands in the other field."""
        said = super().clean()
        wanted, other = ("due_on", "due_days") if said.get("due") == FIXED else ("due_days", "due_on")
        self.errors.pop(other, None)
        said[other] = None
        if not said.get(wanted) and wanted not in self.errors:
            self.add_error(wanted, _("Say the day.") if wanted == "due_on" else _("Say how many days."))
        return said

    @property
    def proposed(self) -> dict[str, Any]:
        """What the action is asked, once the form is valid."""
        return {name: value for name, value in self.cleaned_data.items() if name != "due"}

    def _post_clean(self) -> None:
        """The action refuses what the model would, with all reasons at once."""


@only_with(ADD)
def propose(request: HttpRequest) -> HttpResponse:
    """First what it means for each department, then, when that has been seen, the proposal."""
    form = ProposalForm(request.POST or None, initial={"from_on": timezone.localdate()})
    is_filled = request.method == "POST" and form.is_valid()
    if is_filled and "propose" in request.POST and (made := _propose(request, form)):
        messages.success(request, gettext("It is proposed. It holds in a department when its manager has accepted it."))
        return redirect("assignments:edit", made.pk)
    return render(request, "cms/assigning/propose.html", {"form": form, "reaches": _reaches(form) if is_filled else None})


def _propose(request: HttpRequest, form: ProposalForm) -> Assignment | None:
    try:
        return propose_assignment(**form.proposed, by=request.user, at=timezone.now())
    except ProposalRefused as refusal:
        for reason in refusal.reasons:
            form.add_error(None, reason)
        return None


def _reaches(form: ProposalForm) -> list[tuple[str, Reach]]:
    today = timezone.localdate()
    names = names_on(max(today, form.cleaned_data["from_on"]))
    return [(_name_of(one.department_id, names), one) for one in reach_of(Assignment(**form.proposed), today)]


class EndForm(forms.Form):
    """The first day on which it no longer holds."""

    until_on = forms.DateField(label=_("Does not hold from"), widget=DayInput())


@dataclass(frozen=True)
class Answer:
    """One department: what its manager accepted, or since when it waits, and what it means now."""

    name: str
    reach: Reach | None
    acceptance: Acceptance | None
    function: str
    waits_since: dt.date | None

    @property
    def hours_seen(self) -> int:
        """Working hours that the manager saw, rounded up."""
        return -(-self.acceptance.persons * self.acceptance.minutes // 60) if self.acceptance else 0


@only_with(VIEW)
def assignment(request: HttpRequest, pk: str) -> HttpResponse:
    """Follow one assignment; a POST ends it, or takes back one that has never held."""
    found = get_object_or_404(_known(), pk=pk)
    today = timezone.localdate()
    form = EndForm(request.POST or None) if request.user.has_perm(CHANGE) and found.until_on is None else None
    if request.method == "POST" and form is not None and _end(request, found, form):
        return redirect("assignments:index")
    context = {"assignment": found, "answers": answers_to(found, today), "form": form, "today": today}
    return render(request, "cms/assigning/assignment.html", context | {"can_go_back": may_be_taken_back(found, today)})


def _end(request: HttpRequest, found: Assignment, form: EndForm) -> bool:
    who: dict[str, Any] = {"by": request.user, "at": timezone.now()}
    try:
        if "take_back" in request.POST:
            form.errors.clear()
            take_back_assignment(assignment=found, **who)
            messages.success(request, gettext("The proposal is taken back."))
        elif form.is_valid():
            end_assignment(assignment=found, until_on=form.cleaned_data["until_on"], **who)
            messages.success(request, gettext("The assignment ends on the day you chose."))
        else:
            return False
    except EndRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _known() -> QuerySet[Assignment]:
    return Assignment.objects.known_at(None).select_related("module", "audience")


def answers_to(assignment: Assignment, day: dt.date) -> list[Answer]:
    """Return each department that the rule names or that has accepted, in the order of the tree."""
    tree, names = Tree.on(day), names_on(day)
    reaches = {one.department_id: one for one in reach_of(assignment, day)}
    accepted = {one.department_id: one for one in assignment.acceptances.select_related("accepted_by")}
    named_since = _named_since(assignment)
    proposed_on = timezone.localdate(assignment.recorded_at)
    found = []
    for department in sorted(reaches.keys() | accepted.keys(), key=_place(tree)):
        acceptance = accepted.get(department)
        waits_since = None if acceptance else max(proposed_on, named_since.get(department, proposed_on))
        function = _function(acceptance) if acceptance else ""
        found.append(Answer(_name_of(department, names), reaches.get(department), acceptance, function, waits_since))
    return found


def _name_of(department: int, names: Mapping[int, str]) -> str:
    """Return what the department is called, or what it was called when it is no more."""
    return names.get(department) or gettext("%(name)s, is no more") % {"name": Department(pk=department).name_on(None)}


def _place(tree: Tree) -> Any:
    order = {department: number for number, department in enumerate(tree.walk())}
    return lambda department: order.get(department, len(order))


def _named_since(assignment: Assignment) -> dict[int, dt.date]:
    """When a rule of the audience first named each department."""
    rules = AudienceRule.objects.filter(audience=assignment.audience_id).order_by("-recorded_at")
    rows = rules.values_list("departments", "recorded_at")
    return {department: timezone.localdate(recorded_at) for department, recorded_at in rows}


def _function(acceptance: Acceptance) -> str:
    """For which department the person answered who accepted: the nearest at or above, that day. Not who it was."""
    day = acceptance.accepted_on
    managed = DepartmentManager.objects.on(day).filter(manager=acceptance.accepted_by_id)
    own = set(managed.values_list("department_id", flat=True))
    nearest = next((one for one in Tree.on(day).above(acceptance.department_id) if one in own), None)
    return names_on(day).get(nearest, "") if nearest else ""
