"""A manager's deputies: who stands in, where, and until when."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from organisation.actions.deputies import DeputyRefused, employee_known_as, end_deputy, name_deputy
from organisation.models import DeputyManager, User
from organisation.permissions import managed_departments
from organisation.tree import names_on

ONE_DAY = dt.timedelta(days=1)


class DeputyForm(forms.Form):
    """Who stands in, in which departments, from day to day."""

    known_as = forms.CharField(
        label=gettext_lazy("The deputy’s employee number or e-mail address"),
        max_length=254,
        help_text=gettext_lazy("Exactly as it is written. Staff cannot be searched here."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    departments = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Departments"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one department.")},
    )
    from_on = forms.DateField(
        label=gettext_lazy("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last_on = forms.DateField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy("At most a year after the first. The right ends by itself."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: Any, *, departments: list[tuple[int, str]], day: dt.date) -> None:
        super().__init__(data, initial={"from_on": day, "departments": [key for key, _name in departments]})
        field = cast(forms.TypedMultipleChoiceField, self.fields["departments"])
        field.choices = departments
        if len(departments) == 1:
            field.widget = forms.MultipleHiddenInput()


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def deputies(request: HttpRequest) -> HttpResponse:
    """The deputies of the viewer's own departments; a POST names one. A deputy has no such page."""
    viewer, day = cast(User, request.user), timezone.localdate()
    managed, names = managed_departments(viewer, day), names_on(day)
    if not managed:
        raise Http404
    own = [(department, names.get(department, "")) for department in managed]
    form = DeputyForm(request.POST if request.method == "POST" else None, departments=own, day=day)
    if request.method == "POST" and form.is_valid() and _named(form, viewer, day):
        messages.success(request, _("The deputy is named."))
        return redirect("manager_deputies")
    context = {"form": form, "rows": _rows(managed, names, day), "day": day}
    return render(request, "reports/deputies.html", context)


def _named(form: DeputyForm, by: User, day: dt.date) -> bool:
    said = form.cleaned_data
    deputy = employee_known_as(said["known_as"], day)
    if deputy is None:
        form.add_error("known_as", _("Nobody who is employed here has that number or address."))
        return False
    try:
        name_deputy(
            deputy=deputy,
            departments=said["departments"],
            from_on=said["from_on"],
            until_on=said["last_on"] + ONE_DAY,
            by=by,
            at=timezone.now(),
        )
    except DeputyRefused as refused:
        form.add_error(None, str(refused))
        return False
    return True


def _rows(departments: list[int], names: dict[int, str], day: dt.date) -> list[dict[str, object]]:
    """Who stands in for anybody there, now or later."""
    rows = DeputyManager.objects.known_at(None).filter(Q(until_on__gt=day), department__in=departments)
    return [
        {
            "pk": row.pk,
            "name": _("A person with protected identity") if row.deputy.is_protected else row.deputy.get_full_name(),
            "department": names.get(row.department_id, ""),
            "from_on": row.from_on,
            "last_on": cast(dt.date, row.until_on) - ONE_DAY,
            "named_by": row.named_by.get_full_name(),
        }
        for row in rows.select_related("deputy", "named_by").order_by("from_on", "pk")
    ]


@login_required
@require_POST
def deputy_ends(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a deputy's right back at once."""
    viewer = cast(User, request.user)
    own = managed_departments(viewer, timezone.localdate())
    row = get_object_or_404(DeputyManager.objects.known_at(None), pk=pk, department__in=own)
    end_deputy(row=row, by=viewer, at=timezone.now())
    messages.success(request, _("The deputy’s right has ended."))
    return redirect("manager_deputies")
