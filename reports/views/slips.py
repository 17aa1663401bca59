"""Login slips for those without an e-mail address, to be printed and handed over."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from organisation.actions.login_slips import VALID_DAYS, PrintedSlip, SlipRefused, make_slip
from organisation.models import User
from reports.statuses import in_swedish_order
from reports.views.access import Managed, managed_department


class SlipsForm(forms.Form):
    """For whom to print: those ticked, and perhaps one by number, who need not stand on any list."""

    person = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Those without an e-mail address"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    number = forms.CharField(
        label=gettext_lazy("Employee number"),
        required=False,
        max_length=30,
        help_text=gettext_lazy("For one person more, also one with protected identity. Hand the slip over yourself."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, data: Any, *, managed: Managed) -> None:
        super().__init__(data)
        self.people = managed.people
        listed = sorted((one for one in self.people.values() if not one.email and not one.is_protected), key=in_swedish_order)
        self.count = len(listed)
        if listed:
            cast(forms.TypedMultipleChoiceField, self.fields["person"]).choices = [(one.pk, str(one)) for one in listed]
        else:
            del self.fields["person"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        chosen = [self.people[pk] for pk in said.get("person", ())]
        if number := said.get("number", "").strip():
            chosen += self._numbered(number)
        if not chosen and not self.errors:
            raise ValidationError(_("Tick somebody, or fill in an employee number."))
        return {"chosen": list(dict.fromkeys(chosen))}

    def _numbered(self, number: str) -> list[User]:
        found = [one for one in self.people.values() if one.employee_number == number]
        if not found:
            self.add_error("number", _("Nobody who works in your departments has that number."))
        return found


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def slips(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has no address; a POST answers with the slips themselves, which are shown this once."""
    managed = managed_department(request, pk)
    form = SlipsForm(request.POST if request.method == "POST" else None, managed=managed)
    if request.method == "POST" and form.is_valid():
        try:
            made = _make(form.cleaned_data["chosen"], managed.viewer)
        except SlipRefused as refused:
            form.add_error(None, str(refused))
        else:
            return _sheet(request, managed, made)
    managed.log("persons.viewed", form.count)
    context = {"managed": managed, "form": form, "days": VALID_DAYS, "crumbs": managed.crumbs(_("Login slips"))}
    return render(request, "reports/slips.html", context)


@transaction.atomic
def _make(chosen: list[User], by: User) -> list[PrintedSlip]:
    """All of them, or none."""
    return [make_slip(user=user, by=by, at=timezone.now()) for user in chosen]


def _sheet(request: HttpRequest, managed: Managed, made: list[PrintedSlip]) -> HttpResponse:
    door = (settings.SITE_URL + reverse("account_login_slip")).partition("://")[2]
    context = {"managed": managed, "slips": made, "door": door, "crumbs": managed.crumbs(_("Login slips"))}
    return render(request, "reports/slip_sheet.html", context)
