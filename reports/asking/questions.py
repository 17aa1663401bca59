"""Who may ask about what, and what was asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.models import Module
from organisation.models import Department, User
from organisation.permissions import is_coordinator, line_of
from reports.comparing import AsOf

# Before this somebody has mistyped.
FIRST_DAY = dt.date(2000, 1, 1)


@dataclass(frozen=True)
class Scope:
    """What somebody may ask about: the whole city, or the departments of the own line as it is today."""

    line: frozenset[int] = frozenset()
    is_whole_city: bool = False

    @classmethod
    def of(cls, user: User, today: dt.date) -> Scope:
        """Return what the person may ask about; whoever may not ask gets "not found"."""
        if is_coordinator(user):
            return cls(is_whole_city=True)
        line = line_of(user, today)
        if not line:
            raise Http404
        return cls(line)

    def holds(self, department: int) -> bool:
        """Whether a row about the department may be shown."""
        return self.is_whole_city or department in self.line


@dataclass(frozen=True)
class Question:
    """The figures of a day, of these departments (none: all that one may ask about) and these modules (none: all).

    `compared_with` is an earlier day, counted with what was known by its end if `as_known_then`, else with what is known now.
    """

    day: dt.date
    compared_with: dt.date | None = None
    as_known_then: bool = False
    departments: tuple[int, ...] = ()
    modules: tuple[str, ...] = ()

    @property
    def later(self) -> AsOf:
        """The day itself, with what is known now."""
        return AsOf(self.day)

    @property
    def earlier(self) -> AsOf | None:
        """The day to compare with."""
        if self.compared_with is None:
            return None
        return AsOf(self.compared_with, end_of(self.compared_with) if self.as_known_then else None)

    def about(self, department: int) -> Question:
        """Return the same question about one department."""
        return replace(self, departments=(department,))

    @property
    def query(self) -> str:
        """The question as the end of an address."""
        fields: list[tuple[str, object]] = [("dag", self.day)]
        fields += [("enhet", department) for department in self.departments]
        fields += [("modul", module) for module in self.modules]
        if self.compared_with:
            fields += [("jamfor", self.compared_with), *([("kant", "da")] if self.as_known_then else [])]
        return urlencode(fields)


def end_of(day: dt.date) -> dt.datetime:
    """Return the last moment of a day in Sweden."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.max))


def departments_asked(request: HttpRequest, scope: Scope) -> tuple[int, ...]:
    """Return the departments of an address. One that is not the viewer's to ask about is not found; at most one query."""
    asked = request.GET.getlist("enhet")
    if not all(text.isascii() and text.isdigit() and len(text) < 10 for text in asked):
        raise Http404
    keys = tuple(dict.fromkeys(map(int, asked)))
    known = set(Department.objects.filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()
    if not all(key in known and scope.holds(key) for key in keys):
        raise Http404
    return keys


class QuestionForm(forms.Form):
    """The day, the modules, and what to compare with. The departments are chosen beside it."""

    dag = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _("Write the day as 2026-08-31.")},
    )
    modul = forms.MultipleChoiceField(
        label=_("Modules"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose none to see all."),
        error_messages={"invalid_choice": _("There is no module “%(value)s”.")},
    )
    jamfor = forms.DateField(
        label=_("Compare with an earlier day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _("Write the day as 2026-08-31.")},
    )
    kant = forms.ChoiceField(
        label=_("Count the earlier day"),
        required=False,
        widget=forms.RadioSelect,
        choices=[("", _("with what we know now")), ("da", _("with what was known that day"))],
        help_text=_("What has been recorded or corrected afterwards then has a part of its own."),
    )

    def __init__(self, data: QueryDict, *, today: dt.date, modules: Iterable[Module]) -> None:
        asked = data.copy()
        asked.setdefault("dag", today.isoformat())
        super().__init__(asked)
        self.today = today
        choices = cast(forms.MultipleChoiceField, self.fields["modul"])
        choices.choices = [(module.slug, module.title) for module in modules]

    def clean_dag(self) -> dt.date:
        """Refuse days that have not been, and those that nobody can mean."""
        return self._possible(self.cleaned_data["dag"])

    def clean_jamfor(self) -> dt.date | None:
        """Refuse the same days."""
        day = self.cleaned_data["jamfor"]
        return self._possible(day) if day else None

    def _possible(self, day: dt.date) -> dt.date:
        if day > self.today:
            raise forms.ValidationError(_("That day has not been yet. Choose today or an earlier day."))
        if day < FIRST_DAY:
            raise forms.ValidationError(_("Choose a day from the year 2000 on."))
        return day

    def clean(self) -> dict[str, Any]:
        """Refuse to compare with a day that is not earlier."""
        day, other = self.cleaned_data.get("dag"), self.cleaned_data.get("jamfor")
        if day and other and other >= day:
            self.add_error("jamfor", _("Compare with a day before the one that you ask about."))
        return self.cleaned_data

    def question(self, departments: tuple[int, ...]) -> Question:
        """Return what was asked; only for a form without errors."""
        found = self.cleaned_data
        return Question(found["dag"], found["jamfor"], found["kant"] == "da", departments, tuple(found["modul"]))
