"""Splitting a department: its parts, and who and what goes with which."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.organising.forms import ChangeForm, KindField, ManagerField, NameField, UnitField
from organisation.models import Department, Employment, User
from organisation.reorganising.draft import NewDepartment
from organisation.reorganising.requests import Request, Splitting
from organisation.tree import Tree, names_on

PARTS, LEAST = 4, 2
FIELDS = {"name": NameField, "kind": KindField, "unit_id": UnitField, "manager": ManagerField}
PLACED = {"below": _("What stands below it"), "person": _("People")}


class SplittingForm(ChangeForm):
    """Two to four parts. Nobody stays behind: whoever is not placed goes with the first part, protected persons too."""

    heading = _("Split")
    lead = _("The department becomes several new ones. Everybody goes with the first part, unless you choose another.")

    def prepare(self) -> None:
        for number in range(1, PARTS + 1):
            for name, field in FIELDS.items():
                self.fields[f"{name}_{number}"] = field(required=self._is_asked(name, number))
        parts = [(number, _("Part %(number)s") % {"number": number}) for number in range(1, PARTS + 1)]
        for name, label in self._placed():
            self.fields[name] = forms.TypedChoiceField(label=label, choices=parts, coerce=int, required=False, empty_value=1)
        self.order_fields([name for name in self.fields if name != "from_on"])

    def _is_asked(self, name: str, number: int) -> bool:
        is_used = number <= LEAST or bool(self.data.get(f"name_{number}"))
        return name != "manager" and is_used

    def _placed(self) -> Iterator[tuple[str, str]]:
        """Yield a field's name and label for everybody and everything that may go with another part."""
        key = self.department.pk if self.department else 0
        rows = Employment.objects.known_at(None).filter(department=key).exclude(until_on__lte=self.day)
        people = User.objects.filter(pk__in=rows.values("user"), is_protected=False).order_by("last_name", "first_name", "pk")
        names = names_on(self.day)
        units = dict(Department.objects.values_list("pk", "external_id"))
        for below in Tree.on(self.day).children.get(key, ()):
            yield f"below-{units[below]}", names.get(below, units[below])
        for person in people:
            yield f"person-{person.pk}", f"{person.last_name}, {person.first_name}"

    def parts(self) -> list[list[Any]]:
        """Return the bound fields of each part."""
        return [[self[f"{name}_{number}"] for name in FIELDS] for number in range(1, PARTS + 1)]

    def chosen(self, kind: str) -> list[Any]:
        """Return the bound fields of those who are placed: `person` or `below`."""
        return [self[name] for name in self.fields if name.startswith(f"{kind}-")]

    def placings(self) -> list[tuple[str, Any, list[Any]]]:
        """Return what is placed: its kind, a title, and the bound fields."""
        return [(kind, title, self.chosen(kind)) for kind, title in PLACED.items()]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for name in self.fields:
            if name.startswith(("person-", "below-")) and (said.get(name) or 1) not in self._named(said):
                self.add_error(name, _("Choose a part that you have given a name."))
        return said

    @staticmethod
    def _named(said: dict[str, Any]) -> list[int]:
        return [number for number in range(1, PARTS + 1) if said.get(f"name_{number}")]

    def to_request(self) -> Request:
        said = self.cleaned_data
        parts = {
            number: NewDepartment(*(said[f"{name}_{number}"] for name in ("unit_id", "name", "kind", "manager")))
            for number in self._named(said)
        }
        people = {int(whose): parts[number].unit for whose, number in self._placing("person")}
        below = {whose: parts[number].unit for whose, number in self._placing("below")}
        return Splitting(self.unit, tuple(parts.values()), people, below)

    def _placing(self, kind: str) -> Iterator[tuple[str, int]]:
        for field in self.chosen(kind):
            yield field.name.removeprefix(f"{kind}-"), self.cleaned_data[field.name] or 1
