"""Who stands on the list for a workplace meeting, unit by unit; the list says nothing of how far anybody has come."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from organisation.models import User
from reports.statuses import PersonStatus, in_swedish_order


@dataclass(frozen=True)
class Unit:
    """A unit with its persons, each with her place on the whole list, counted from 0."""

    name: str
    persons: list[tuple[int, User]]


@dataclass(frozen=True)
class MeetingList:
    """Everybody whom the module concerns, each once; `hidden` have a protected identity and do not stand there."""

    units: list[Unit]
    hidden: int

    @property
    def people(self) -> list[User]:
        """Everybody on the list."""
        return [person for unit in self.units for _place, person in unit.persons]

    @property
    def count(self) -> int:
        """How many names there are."""
        return sum(len(unit.persons) for unit in self.units)


def meeting_list(
    statuses: Iterable[PersonStatus], people: Mapping[int, User], names: Mapping[int, str], departments: frozenset[int]
) -> MeetingList:
    """Return the list. Those done and those exempt stand there like all others: a missing name would tell."""
    by_unit: dict[str, list[User]] = defaultdict(list)
    hidden = 0
    for status in statuses:
        person = people.get(status.person_id)
        if person is None or person.is_protected:
            hidden += 1
            continue
        by_unit[min(names.get(one, "") for one in status.departments & departments)].append(person)
    units: list[Unit] = []
    place = 0
    for name in sorted(by_unit):
        in_order = sorted(by_unit[name], key=in_swedish_order)
        units.append(Unit(name, list(enumerate(in_order, start=place))))
        place += len(in_order)
    return MeetingList(units, hidden)


class MeetingForm(forms.Form):
    """On which day the module was offered at a workplace meeting, and to whom."""

    person = forms.TypedMultipleChoiceField(
        label=_("Those who were there"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick those who were there.")},
    )
    on = forms.DateField(label=_("Day of the meeting"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, data: Any, *, listed: MeetingList, day: dt.date) -> None:
        super().__init__(data, initial={"on": day})
        cast(forms.TypedMultipleChoiceField, self.fields["person"]).choices = [(one.pk, str(one)) for one in listed.people]

    @property
    def ticked(self) -> set[str]:
        """The keys of those ticked, as they were sent."""
        return set(self["person"].value() or ())
