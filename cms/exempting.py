"""Exemptions in the administration: granted, corrected and ended. Every word is chosen from a list; none is written freely."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.giving_out.forms import DayInput
from cms.giving_out.views import only_with
from courses.actions.exempt import ExemptionRefused, correct_exemption, end_exemption, grant_exemption
from courses.models import Exemption, Module
from organisation.hr.rows import FIRST_DAY, LAST_DAY
from organisation.models import DepartmentName, Employment, User, log_event

ADD, CHANGE = "courses.add_exemption", "courses.change_exemption"
ONE_DAY = dt.timedelta(days=1)
MOST_FOUND, MOST_WRITTEN = 20, 100


class TermsForm(forms.Form):
    """Why, from when, and the last day."""

    reason = forms.ChoiceField(label=_("Reason"), choices=Exemption.Reason.choices, widget=forms.RadioSelect)
    from_on = forms.DateField(label=_("First day"), widget=DayInput())
    last_day = forms.DateField(
        label=_("Last day"), widget=DayInput(), help_text=_("The day after it the module is asked of the person again.")
    )
    may_correct_past = forms.BooleanField(
        label=_("I correct days that have been"),
        required=False,
        help_text=_("Needed only when a day before today changes. The figures of those days then change."),
    )

    def clean_last_day(self) -> dt.date:
        """Nobody is exempt until a day that cannot be reckoned with."""
        day: dt.date = self.cleaned_data["last_day"]
        if not FIRST_DAY <= day <= LAST_DAY:
            raise forms.ValidationError(gettext("Choose a day between 1900 and 2999."))
        return day

    @property
    def chosen(self) -> dict[str, Any]:
        """What the action is asked, once the form is valid."""
        said = dict(self.cleaned_data)
        last_day = said.pop("last_day")
        return said | {"until_on": last_day + ONE_DAY}


class GrantForm(TermsForm):
    """The module too; the person has been chosen before."""

    module = forms.ModelChoiceField(label=_("Module"), queryset=Module.objects.order_by("title"))
    field_order = ["module", "reason", "from_on", "last_day", "may_correct_past"]


def people_like(words: str) -> QuerySet[User]:
    """Return those whom the words may mean: by name, or by the whole employee number.

    A protected identity is found by number only, and is never named.
    """
    named = Q()
    for word in words.split():
        named &= Q(first_name__icontains=word) | Q(last_name__icontains=word)
    employed = Employment.objects.on(timezone.localdate()).values("user")
    people = User.objects.filter(pk__in=employed)
    return people.filter(Q(named, is_protected=False) | Q(employee_number=words.strip())).order_by("last_name", "first_name")


def described(person: User) -> dict[str, Any]:
    """Return what tells the person from others of the same name; of a protected identity only the number."""
    if person.is_protected:
        return {"pk": person.pk, "name": gettext("Protected identity"), "number": person.employee_number, "works": []}
    day = timezone.localdate()
    jobs = Employment.objects.on(day).filter(user=person).values_list("department", "occupation")
    names = dict(
        DepartmentName.objects.on(day).filter(department__in=[job[0] for job in jobs]).values_list("department", "name")
    )
    works = [f"{occupation}, {names.get(department, '')}" for department, occupation in jobs]
    return {"pk": person.pk, "name": str(person), "number": person.employee_number, "works": works}


@only_with(ADD)
def choose_person(request: HttpRequest) -> HttpResponse:
    """First the person is found."""
    # PostgreSQL takes no NUL, and SQLite no condition of a thousand words.
    words = request.GET.get("sok", "").replace("\0", " ").strip()[:MOST_WRITTEN]
    found = list(people_like(words)[: MOST_FOUND + 1]) if words else []
    if found:
        log_event("people.listed", request.user, by=request.user, at=timezone.now())
    context = {"words": words, "found": [described(person) for person in found[:MOST_FOUND]]}
    return render(request, "cms/exemptions/choose.html", context | {"has_more": len(found) > MOST_FOUND})


@only_with(ADD)
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    """Then the module, the reason and the period."""
    person = get_object_or_404(User, pk=pk)
    form = GrantForm(request.POST or None, initial={"from_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            grant_exemption(user=person, **form.chosen, by=request.user, at=timezone.now())
        except ExemptionRefused as refusal:
            _say(form, refusal)
        else:
            messages.success(request, gettext("The exemption is granted."))
            return redirect("exemptions:index")
    return render(request, "cms/exemptions/terms.html", {"form": form, "person": described(person)})


@only_with(CHANGE)
def change(request: HttpRequest, pk: str) -> HttpResponse:
    """Correct an exemption, or end it from tomorrow."""
    held = get_object_or_404(Exemption.objects.known_at(None).select_related("user", "module"), pk=pk)
    last_day = held.until_on - ONE_DAY if held.until_on else None
    initial = {"reason": held.reason, "from_on": held.from_on, "last_day": last_day}
    is_ending = request.method == "POST" and "end" in request.POST
    form = TermsForm(None if is_ending else request.POST or None, initial=initial)
    if is_ending or (request.method == "POST" and form.is_valid()):
        who: dict[str, Any] = {"by": request.user, "at": timezone.now()}
        try:
            end_exemption(exemption=held, **who) if is_ending else correct_exemption(exemption=held, **form.chosen, **who)
        except ExemptionRefused as refusal:
            _say(form, refusal, request)
        else:
            done = (
                gettext("The exemption ends today.")
                if is_ending
                else gettext("The exemption is corrected. What was known before is kept.")
            )
            messages.success(request, done)
            return redirect("exemptions:index")
    has_ended = held.until_on is not None and held.until_on <= timezone.localdate() + ONE_DAY
    context = {"form": form, "person": described(held.user), "exemption": held, "has_ended": has_ended}
    return render(request, "cms/exemptions/terms.html", context)


def _say(form: forms.Form, refusal: ExemptionRefused, request: HttpRequest | None = None) -> None:
    """Say why, at the form, or above the page if the form was not what was sent."""
    for reason in refusal.reasons:
        if form.is_bound:
            form.add_error(None, reason)
        elif request:
            messages.error(request, reason)
