"""What a manager is asked to accept, and the form that says yes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy, ngettext

from courses.models import Acceptance, Assignment
from courses.reach import Reach, reach_of
from organisation.models import User
from organisation.permissions import line_of
from organisation.tree import Tree, names_on
from reports.statuses import in_swedish_order


@dataclass(frozen=True)
class Choice:
    """One department that the viewer may accept for; `accepted_on` when it has been.

    `people` are the names of those whom the viewer may see as persons today; the others are only counted.
    """

    name: str
    reach: Reach
    accepted_on: dt.date | None
    people: list[str]

    @property
    def unnamed(self) -> int:
        """How many are counted and not named: those with protected identity, and those who begin later."""
        return self.reach.persons - len(self.people)


@dataclass(frozen=True)
class Decision:
    """A proposed assignment, and what it means for each department of the viewer's line that it names."""

    assignment: Assignment
    choices: list[Choice]
    has_ended: bool

    @property
    def waiting(self) -> list[Choice]:
        """What is not accepted yet."""
        return [] if self.has_ended else [choice for choice in self.choices if choice.accepted_on is None]

    @property
    def seen(self) -> str:
        """What the page says, so that what is accepted is what was seen."""
        return ";".join(f"{one.reach.department_id}:{one.reach.persons}:{one.reach.minutes}" for one in self.waiting)


def decision_on(assignment: Assignment, viewer: User, day: dt.date) -> Decision:
    """Return what the assignment asks of the departments in the viewer's line; no choices if it does not concern them."""
    tree = Tree.on(day)
    line, names = line_of(viewer, day, tree), names_on(day)
    accepted = dict(Acceptance.objects.filter(assignment=assignment).values_list("department_id", "accepted_on"))
    reaches = [reach for reach in reach_of(assignment, day) if reach.department_id in line]
    meant: frozenset[int] = frozenset().union(*(reach.users for reach in reaches))
    listed = User.objects.visible_to(viewer, day, tree).filter(pk__in=meant, is_protected=False)
    people = sorted(listed, key=in_swedish_order)
    choices = [
        Choice(
            names.get(reach.department_id, ""),
            reach,
            accepted.get(reach.department_id),
            [person.get_full_name() for person in people if person.pk in reach.users],
        )
        for reach in reaches
    ]
    return Decision(assignment, choices, assignment.until_on is not None and assignment.until_on <= day)


class DecisionForm(forms.Form):
    """For which departments the assignment is accepted; asked only when there are several."""

    departments = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Accept for"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one department.")},
    )

    def __init__(self, *args: Any, decision: Decision, **kwargs: Any) -> None:
        choices = [(choice.reach.department_id, _label(choice)) for choice in decision.waiting]
        super().__init__(*args, **kwargs)
        field = cast(forms.TypedMultipleChoiceField, self.fields["departments"])
        field.choices = choices
        field.initial = [key for key, _words in choices]
        if len(choices) == 1:
            field.widget = forms.MultipleHiddenInput()


def _label(choice: Choice) -> str:
    persons = ngettext("%(count)d person", "%(count)d persons", choice.reach.persons) % {"count": choice.reach.persons}
    hours = ngettext("%(count)d hour", "%(count)d hours", choice.reach.hours) % {"count": choice.reach.hours}
    return f"{choice.name} ({persons}, {hours})"
