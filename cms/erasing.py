"""Erasing a person in the administration: found by employee number, shown what goes and what stays, done by a decision."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.giving_out.views import only_with
from organisation.actions.erase_person import ErasureRefused, erase_person, refuse_unless_erasable
from organisation.erasing import counted, personal_records
from organisation.models import Erasure, User, log_event

ERASE = "organisation.add_erasure"
SHOWN = 50


class PersonForm(forms.Form):
    """Who is to be erased. Asked for in a form that is posted, so that no number stands in an address or a log."""

    number = forms.CharField(label=_("Employee number"), max_length=30)


class DecisionForm(forms.Form):
    """By which decision, and that it is meant."""

    decision = forms.CharField(
        label=_("The number of the decision"),
        max_length=60,
        help_text=_("As it stands in the register, for instance KS 2026/123. It stays in the protocol."),
    )
    is_sure = forms.BooleanField(
        label=_("I have compared the person with the decision, and know that this cannot be undone."),
        error_messages={"required": _("Tick the box when you have compared the person with the decision.")},
    )


@only_with(ERASE)
def erasures(request: HttpRequest) -> HttpResponse:
    """Ask for whom, and show the protocol of earlier erasures."""
    form = PersonForm(request.POST or None)
    if form.is_valid():
        person = User.objects.filter(employee_number=form.cleaned_data["number"]).first()
        if person is not None:
            log_event("erasure.prepared", person, by=request.user, at=timezone.now())
            return redirect("erasing:person", person.pk)
        form.add_error("number", _("There is nobody with that employee number. Whoever is erased has none."))
    protocol = [(erasure, lines_of(erasure)) for erasure in Erasure.objects.select_related("erased_by")[:SHOWN]]
    return render(request, "cms/erasing/erasures.html", {"form": form, "protocol": protocol})


@only_with(ERASE)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what would go and what stays, and do it."""
    chosen = get_object_or_404(User.objects.filter(erasure=None), pk=pk)
    form = DecisionForm(request.POST or None)
    if form.is_valid() and _erase(request, chosen, form):
        return redirect("erasing:erasures")
    held = counted(chosen)
    context = {
        "person": chosen,
        "form": form,
        "refusal": refusal_of(chosen, request.user),
        "goes": [(record.label, number) for record, number in held if not record.stays],
        "stays": [(record.label, number) for record, number in held if record.stays],
    }
    return render(request, "cms/erasing/person.html", context)


def lines_of(erasure: Erasure) -> list[tuple[Any, int]]:
    """Return how many of each kind went or stayed, in words."""
    labels = {record.key: record.label for record in personal_records()}
    return [(labels.get(key, key), number) for key, number in erasure.counts.items() if number]


def refusal_of(chosen: User, by: Any) -> str:
    """Return why the person cannot be erased today, or nothing."""
    try:
        refuse_unless_erasable(chosen, by=by, day=timezone.localdate())
    except ErasureRefused as refused:
        return str(refused)
    return ""


def _erase(request: HttpRequest, chosen: User, form: DecisionForm) -> bool:
    try:
        erase_person(person=chosen, decision=form.cleaned_data["decision"], by=request.user, at=timezone.now())
    except ErasureRefused as refused:
        form.add_error("decision", str(refused))
        return False
    messages.success(request, _("The personal data is erased. The protocol is at the bottom of this page."))
    return True
