"""Late corrections: somebody is found by number or name, her dated rows are shown, and one is corrected."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.giving_out.forms import DayInput
from cms.giving_out.views import only_with
from organisation.actions.correct_period import CorrectionRefused, Period, correct_period, record_absence, take_back
from organisation.hr.rows import FIRST_DAY, LAST_DAY
from organisation.models import Absence, Employment, User, log_event
from organisation.tree import names_on

CORRECT = "organisation.change_employment"
MOST = 25
KINDS: dict[str, type[Employment] | type[Absence]] = {"anstallning": Employment, "franvaro": Absence}
ONE_DAY = dt.timedelta(days=1)


class SearchForm(forms.Form):
    """A number or a name."""

    sok = forms.CharField(label=gettext_lazy("Employee number or name"), max_length=100, strip=True)


@only_with(CORRECT)
def find(request: HttpRequest) -> HttpResponse:
    """Look somebody up. Names of protected persons are never listed; their number leads to them."""
    form = SearchForm(request.GET if "sok" in request.GET else None)
    found: list[User] = []
    if form.is_valid():
        sought = form.cleaned_data["sok"]
        if exact := User.objects.filter(employee_number=sought).first():
            return redirect("organising:person", exact.pk)
        found = list(_named(sought)[: MOST + 1])
        log_event("people.listed", request.user, by=request.user, at=timezone.now(), shown=len(found[:MOST]))
    context = {"form": form, "found": found[:MOST], "is_cut": len(found) > MOST}
    return render(request, "cms/organising/people.html", context)


def _named(sought: str) -> QuerySet[User]:
    people = User.objects.filter(is_protected=False, employee_number__isnull=False)
    for word in sought.split():
        people = people.filter(Q(first_name__icontains=word) | Q(last_name__icontains=word))
    return people.order_by("last_name", "first_name", "pk")


@only_with(CORRECT)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody's employments and absences: as they are known now, and as they were known before."""
    shown = get_object_or_404(User, pk=pk, employee_number__isnull=False)
    names = names_on(timezone.localdate())
    employments = list(shown.employments.select_related("department").order_by("-from_on", "-recorded_at"))
    for row in employments:
        row.place = names.get(row.department_id) or str(row.department)
    absences = list(shown.absences.order_by("-from_on", "-recorded_at"))
    log_event("persons.viewed", shown, by=request.user, at=timezone.now())
    context = {
        "person": shown,
        "employments": [row for row in employments if row.superseded_at is None],
        "employments_before": [row for row in employments if row.superseded_at],
        "absences": [row for row in absences if row.superseded_at is None],
        "absences_before": [row for row in absences if row.superseded_at],
    }
    return render(request, "cms/organising/person.html", context)


class CorrectionForm(forms.Form):
    """The right days. What they were before stays known."""

    from_on = forms.DateField(label=gettext_lazy("First day"), widget=DayInput())
    last_on = forms.DateField(
        label=gettext_lazy("Last day"),
        required=False,
        widget=DayInput(),
        help_text=gettext_lazy("Empty as long as there is no last day."),
    )

    def __init__(self, row: Period, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"from_on": row.from_on, "last_on": row.last_on}, **kwargs)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for name in ("from_on", "last_on"):
            if (day := said.get(name)) and not FIRST_DAY <= day <= LAST_DAY:
                self.add_error(name, _("Choose a day between 1900 and 2999."))
        return said

    def days(self) -> dict[str, dt.date | None]:
        """Return the period as the domain counts it: its end is not included."""
        last_on = self.cleaned_data["last_on"]
        return {"from_on": self.cleaned_data["from_on"], "until_on": last_on + ONE_DAY if last_on else None}


@only_with(CORRECT)
def correct(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Correct an employment or an absence, or say that it never was."""
    if kind not in KINDS:
        raise Http404
    known = KINDS[kind]._default_manager.filter(superseded_at=None, user__employee_number__isnull=False)
    row = get_object_or_404(known.select_related("user"), pk=pk)
    form = CorrectionForm(row, request.POST if request.method == "POST" else None)
    if request.method == "POST" and ("never" in request.POST or form.is_valid()) and _correct(request, row, form):
        messages.success(request, _("It is corrected. What was known before stands below."))
        return redirect("organising:person", row.user_id)
    place = row.department.name_on(None) if isinstance(row, Employment) else ""
    return render(request, "cms/organising/correct.html", {"form": form, "row": row, "place": place, "person": row.user})


@only_with(CORRECT)
def add_absence(request: HttpRequest, pk: int) -> HttpResponse:
    """An absence that was never recorded."""
    shown = get_object_or_404(User, pk=pk, employee_number__isnull=False)
    row = Absence(user=shown)
    form = CorrectionForm(row, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            record_absence(person=shown, **form.days(), by=request.user, at=timezone.now())
        except CorrectionRefused as refused:
            for reason in refused.reasons:
                form.add_error(None, reason)
        else:
            messages.success(request, _("The absence is recorded."))
            return redirect("organising:person", pk)
    return render(request, "cms/organising/absence.html", {"form": form, "person": shown})


def _correct(request: HttpRequest, row: Period, form: CorrectionForm) -> bool:
    said: dict[str, Any] = {"by": request.user, "at": timezone.now()}
    try:
        if "never" in request.POST:
            take_back(row=row, **said)
        else:
            correct_period(row=row, **form.days(), **said)
    except CorrectionRefused as refused:
        form.full_clean()
        for reason in refused.reasons:
            form.add_error(None, reason)
        return False
    return True
