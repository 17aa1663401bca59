"""How the file for the city's steering system is written: its columns, and what the system calls the departments."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.follow_up.settings import CHANGE_CYCLES
from cms.hr import CsvInput
from organisation.models import Department, log_event
from reports.follow_up.steering_format import COLUMNS, STANDARD, read_codes, read_columns
from reports.models import CycleSettings, cycle_settings

LARGEST = 1024 * 1024


class SteeringForm(forms.Form):
    """The columns in order, and a file of codes that takes the place of the one before it."""

    columns = forms.CharField(
        label=gettext_lazy("Columns"),
        max_length=200,
        help_text=gettext_lazy("Names separated by commas, in the order in which the system reads them. There are: %(known)s."),
    )
    codes = forms.FileField(
        label=gettext_lazy("File of codes"),
        required=False,
        widget=CsvInput(),
        help_text=gettext_lazy(
            "A CSV file without a heading: a line for each department, its id and the system’s code, separated by a semicolon."
            " The city’s own line has the id CITY. Departments that have no line are left out of the file."
        ),
    )
    forget = forms.BooleanField(
        label=gettext_lazy("Take away the codes, so that every department goes by its own id"), required=False
    )

    def __init__(self, *args: Any, has_codes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["columns"].help_text %= {"known": ", ".join(COLUMNS)}
        if not has_codes:
            del self.fields["forget"]

    def clean_columns(self) -> list[str]:
        return list(read_columns(self.cleaned_data["columns"]))

    def clean_codes(self) -> dict[str, str] | None:
        """Return the codes of the file, `None` without one."""
        file: UploadedFile | None = self.cleaned_data["codes"]
        if file is None:
            return None
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("Choose a file of at most 1 megabyte."))
        return read_codes(_decoded(file.read()), set(Department.objects.values_list("external_id", flat=True)))


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise forms.ValidationError(_("The file is not UTF-8. In Excel: save as CSV UTF-8.")) from error


def steering_settings(request: HttpRequest) -> HttpResponse:
    """Show and change the format. A report that is published keeps its file as it is."""
    if not request.user.has_perm(CHANGE_CYCLES):
        raise PermissionDenied
    decided = cycle_settings()
    initial = {"columns": ", ".join(decided.steering_columns or STANDARD)}
    form = SteeringForm(request.POST or None, request.FILES or None, initial=initial, has_codes=bool(decided.steering_codes))
    if request.method == "POST" and form.is_valid():
        _decide(decided, form.cleaned_data)
        decided.save()
        log_event("steering_format.changed", decided, by=request.user, at=timezone.now(), codes=len(decided.steering_codes))
        messages.success(request, _("The format for the steering system is saved."))
        return redirect("steering_settings")
    return render(request, "cms/steering_settings.html", {"form": form, "codes": decided.steering_codes})


def _decide(decided: CycleSettings, said: dict[str, Any]) -> None:
    decided.steering_columns = said["columns"]
    if said["codes"] is not None:
        decided.steering_codes = said["codes"]
    elif said.get("forget"):
        decided.steering_codes = {}
