"""What the coordinator fills in to reorganise; each form becomes something that is asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from cms.giving_out.forms import DayInput
from organisation.hr.rows import FIRST_DAY, LAST_DAY
from organisation.models import Department, DepartmentManager, DepartmentName, DepartmentPlace, User
from organisation.reorganising.draft import NewDepartment, number_of
from organisation.reorganising.requests import Closing, Managing, Merging, Moving, Opening, Renaming, Request
from organisation.reorganising.wording import person_words
from organisation.tree import Tree, names_on

TOP = _("At the top")
UNIT_HELP = _("The id that the HR system gives it. With another id the next HR file begins yet another department.")
Choices = list[tuple[str, Any]]


class ChangeForm(forms.Form):
    """From which day, and whatever the kind of change asks for."""

    heading: Any = ""
    lead: Any = ""
    from_on = forms.DateField(
        label=_("From"),
        widget=DayInput(),
        help_text=_("The first day on which it is so. It may be a day to come, or one that has been, as a correction."),
    )

    def __init__(self, department: Department | None, day: dt.date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.department = department
        self.day = self._posted_day() or day
        self.initial["from_on"] = day
        self.prepare()

    def prepare(self) -> None:
        """Fill in what depends on the department and the day."""

    def to_request(self) -> Request:
        """Return what is asked for; the form must be valid. Each action's form below answers this itself."""
        raise NotImplementedError

    @property
    def unit(self) -> str:
        return self.department.external_id if self.department else ""

    def clean_from_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["from_on"]
        if not FIRST_DAY <= day <= LAST_DAY:
            raise forms.ValidationError(_("Choose a day between 1900 and 2999."))
        return day

    def _posted_day(self) -> dt.date | None:
        try:
            return parse_date(self.data.get("from_on", "")) if self.is_bound else None
        except ValueError:
            return None


def choices_on(day: dt.date, without: Iterable[str] = ()) -> Choices:
    """Return every department of the day in the order of the tree, its depth shown by dashes; three queries."""
    tree, names = Tree.on(day), names_on(day)
    units = dict(Department.objects.values_list("pk", "external_id"))

    def below(parent: int | None, depth: int) -> Choices:
        keys = sorted(tree.children.get(parent, ()), key=lambda key: names.get(key, ""))
        return [
            choice
            for key in keys
            for choice in [(units[key], "– " * depth + names.get(key, units[key])), *below(key, depth + 1)]
        ]

    return [choice for choice in below(None, 0) if choice[0] not in set(without)]


class UnitField(forms.CharField):
    """An id in the HR system."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Id in the HR system"), max_length=60, help_text=UNIT_HELP, **kwargs)


class NameField(forms.CharField):
    """A department's name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Name"), max_length=150, **kwargs)


class KindField(forms.ChoiceField):
    """What kind of department it is."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs = {"initial": DepartmentName.Kind.UNIT} | kwargs
        super().__init__(label=_("Kind"), choices=DepartmentName.Kind.choices, **kwargs)


class ManagerField(forms.CharField):
    """Somebody's employee number or e-mail address; becomes the person."""

    def __init__(self, **kwargs: Any) -> None:
        defaults = {
            "label": _("Manager"),
            "required": False,
            "help_text": _("Employee number or e-mail address. May be empty."),
        }
        super().__init__(max_length=254, **defaults | kwargs)

    def clean(self, value: Any) -> User | None:
        text = super().clean(value).strip()
        if not text:
            return None
        people = User.objects.filter(employee_number=text) | User.objects.filter(email=text.lower())
        if found := people.filter(is_active=True).first():
            return found
        raise forms.ValidationError(_("Nobody who may log in has that number or address."))


class NewDepartmentMixin(forms.Form):
    """The fields of a department that begins."""

    unit_id = UnitField()
    name = NameField()
    kind = KindField()
    parent = forms.ChoiceField(label=_("Below"), required=False)
    manager = ManagerField()

    def new(self) -> NewDepartment:
        said = self.cleaned_data
        return NewDepartment(said["unit_id"], said["name"], said["kind"], said["manager"])


class OpeningForm(NewDepartmentMixin, ChangeForm):
    heading = _("New department")
    lead = _("A department that was not there before begins.")
    field_order = ["name", "kind", "unit_id", "parent", "manager", "from_on"]

    def prepare(self) -> None:
        self.fields["parent"].choices = [("", TOP), *choices_on(self.day)]

    def to_request(self) -> Request:
        return Opening(self.new(), self.cleaned_data["parent"])


class RenamingForm(ChangeForm):
    heading = _("Change name or kind")
    lead = _("The department stays the same, with people, target groups and figures.")
    field_order = ["name", "kind", "from_on"]
    name = NameField()
    kind = KindField()

    def prepare(self) -> None:
        names = DepartmentName.objects.filter(department=self.department)
        if row := names.on(self.day).first() or names.known_at(None).order_by("-from_on").first():
            self.initial |= {"name": row.name, "kind": row.kind}

    def to_request(self) -> Request:
        return Renaming(self.unit, self.cleaned_data["name"], self.cleaned_data["kind"])


class ManagingForm(ChangeForm):
    heading = _("Change managers")
    lead = _("A department may have several managers. All of them see and do the same.")
    field_order = ["joining", "leaving", "from_on"]
    joining = ManagerField(label=_("Becomes manager, beside the others"))
    leaving = forms.MultipleChoiceField(
        label=_("Is no longer a manager"), required=False, widget=forms.CheckboxSelectMultiple()
    )

    def prepare(self) -> None:
        rows = DepartmentManager.objects.on(self.day).filter(department=self.department).select_related("manager")
        self.managers = {str(row.manager_id): row.manager for row in rows.order_by("manager__last_name", "pk")}
        if self.managers:
            self.fields["leaving"].choices = [(key, person_words(manager)) for key, manager in self.managers.items()]
        else:
            del self.fields["leaving"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not said.get("joining") and not said.get("leaving") and not self.errors:
            raise forms.ValidationError(_("Say who becomes a manager, or who is one no longer."))
        return said

    def to_request(self) -> Request:
        leaving = tuple(number_of(self.managers[key]) for key in self.cleaned_data.get("leaving", ()))
        return Managing(self.unit, leaving, self.cleaned_data["joining"])


class MovingForm(ChangeForm):
    heading = _("Move the department")
    lead = _("The department comes to stand below another, with everything that stands below it.")
    field_order = ["parent", "from_on"]
    parent = forms.ChoiceField(label=_("Below"), required=False)

    def prepare(self) -> None:
        tree = Tree.on(self.day)
        inside = tree.below(self.department.pk) if self.department else frozenset()
        own = Department.objects.filter(pk__in=inside).values_list("external_id", flat=True)
        self.fields["parent"].choices = [("", TOP), *choices_on(self.day, without=own)]

    def to_request(self) -> Request:
        return Moving(self.unit, self.cleaned_data["parent"])


class MergingForm(NewDepartmentMixin, ChangeForm):
    heading = _("Merge")
    lead = _("The department and others become one. People, managers' departments and what stands below them move along.")
    field_order = ["others", "into", "name", "kind", "unit_id", "parent", "manager", "from_on"]
    others = forms.MultipleChoiceField(
        label=_("Merged with"), required=False, widget=forms.CheckboxSelectMultiple(attrs={"class": "cms-scroll"})
    )
    into = forms.ChoiceField(
        label=_("They become"),
        required=False,
        help_text=_("Choose one that is there and goes on, or a new department. The fields below are about the new one."),
    )

    def prepare(self) -> None:
        choices = choices_on(self.day)
        self.fields["others"].choices = [choice for choice in choices if choice[0] != self.unit]
        self.fields["into"].choices = [("", _("A new department")), *choices]
        self.fields["parent"].choices = [("", TOP), *choices]
        self.initial["parent"] = self._parent()
        is_new = not self.data.get("into") if self.is_bound else True
        for name in ("unit_id", "name", "kind"):
            self.fields[name].required = self.is_bound and is_new

    def _parent(self) -> str:
        """Return where the department stands itself: there the new one probably will."""
        places = DepartmentPlace.objects.on(self.day).filter(department=self.department)
        return places.values_list("parent__external_id", flat=True).first() or ""

    def to_request(self) -> Request:
        said = self.cleaned_data
        units = (self.unit, *said["others"])
        if said["into"]:
            return Merging(units, into=said["into"])
        return Merging(units, new=self.new(), parent=said["parent"])


class ClosingForm(ChangeForm):
    heading = _("Close")
    lead = _("The department ends. Nobody takes its place, but people can be moved elsewhere.")
    field_order = ["move_to", "with_below", "from_on"]
    move_to = forms.ChoiceField(
        label=_("Move those who work there to"),
        required=False,
        help_text=_("What stands below the department moves there too, unless you close it."),
    )
    with_below = forms.BooleanField(label=_("Close everything below it too"), required=False)

    def prepare(self) -> None:
        self.fields["move_to"].choices = [("", _("Nobody works there")), *choices_on(self.day, without=[self.unit])]

    def to_request(self) -> Request:
        return Closing(self.unit, self.cleaned_data["move_to"], self.cleaned_data["with_below"])
