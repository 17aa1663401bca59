"""HR files in the administration: handed in, shown, imported, and the protocol of earlier imports."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from cms.giving_out.forms import DayInput
from cms.giving_out.views import only_with
from organisation.actions.hand_in_hr import CannotBeImported, agree, discard, hand_in, read_again
from organisation.hr.reading import HrFile
from organisation.hr.report import is_empty
from organisation.hr.rows import FIRST_DAY, LAST_DAY
from organisation.hr.wording import KINDS, count_lines, sections_of
from organisation.models import HrImport, HrUpload, Reorganisation
from organisation.tasks import queue_hr_upload

logger = logging.getLogger(__name__)
IMPORT = "organisation.add_hrimport"
# Three times a file of 100,000 employments.
LARGEST = 30 * 1024 * 1024
ENDINGS = (".csv", ".txt")
SHOWN = 50
REFRESH_SECONDS = 4
# After this a worker has probably been killed.
LATE = dt.timedelta(minutes=5)


class CsvInput(forms.ClearableFileInput):
    """A file of text."""

    def __init__(self) -> None:
        super().__init__(attrs={"accept": ".csv,.txt,text/csv"})


class HandInForm(forms.Form):
    """Two files, and the day from which they hold."""

    departments = forms.FileField(
        label=_("Departments"),
        widget=CsvInput(),
        help_text=_("A CSV file with the columns enhet, namn, typ, overordnad, chef."),
    )
    people = forms.FileField(
        label=_("People"),
        widget=CsvInput(),
        help_text=_(
            "A CSV file with a row for each employment: anstallningsnummer, fornamn, efternamn, epost, enhet, befattning,"
            " moter_barn_unga, fran, till. If you have them: franvarande_fran, franvarande_till, skyddad."
        ),
    )
    as_of = forms.DateField(
        label=_("From"),
        widget=DayInput(),
        help_text=_("The day from which the organisation is as the files say. Last days of employment hold backwards too."),
    )

    def clean_departments(self) -> UploadedFile:
        return self._file("departments")

    def clean_people(self) -> UploadedFile:
        return self._file("people")

    def clean_as_of(self) -> Any:
        day = self.cleaned_data["as_of"]
        if not FIRST_DAY <= day <= LAST_DAY:
            raise forms.ValidationError(_("Choose a day between 1900 and 2999."))
        return day

    def _file(self, name: str) -> UploadedFile:
        file: UploadedFile = self.cleaned_data[name]
        if not (file.name or "").lower().endswith(ENDINGS):
            raise forms.ValidationError(_("Choose a file whose name ends with .csv. In Excel: save as CSV."))
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("Choose a file of at most 30 megabytes."))
        return file

    def handed_in(self) -> dict[str, HrFile]:
        """Return what was handed in."""
        return {
            name: HrFile(self.cleaned_data[name].name, self.cleaned_data[name].read()) for name in ("departments", "people")
        }


@only_with(IMPORT)
def imports(request: HttpRequest) -> HttpResponse:
    """The form, what waits, and the protocol."""
    form = HandInForm(request.POST or None, request.FILES or None, initial={"as_of": timezone.localdate()})
    if request.method == "POST" and form.is_valid() and (upload := _hand_in(request, form)):
        queue_hr_upload(upload)
        return redirect("hr:upload", upload.pk)
    protocol = HrImport.objects.select_related("imported_by")[:SHOWN]
    lines = [(done, count_lines(done.counts)) for done in protocol]
    return render(request, "cms/hr/imports.html", {"form": form, "waiting": _own(request), "protocol": lines})


def _hand_in(request: HttpRequest, form: HandInForm) -> HrUpload | None:
    """Keep the files, or say on the form that the storage takes none."""
    try:
        return hand_in(**form.handed_in(), as_of=form.cleaned_data["as_of"], by=request.user, at=timezone.now())
    except OSError:
        logger.exception("HR files were not stored")
        form.add_error(None, _("The files could not be stored. Nothing was changed. Tell whoever runs the system."))
        return None


@only_with(IMPORT)
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it has come: being read, what would change, being imported, done."""
    shown = get_object_or_404(_own(request, and_done=True), pk=pk)
    sections = sections_of(shown.preview) if shown.preview else []
    done = count_lines(shown.protocol.counts) if shown.protocol else []
    is_late = shown.is_working and timezone.now() - shown.started_at > LATE
    context = {
        "upload": shown,
        "sections": sections,
        "changes_anything": bool(shown.preview) and not is_empty({kind: shown.preview[kind] for kind in KINDS}),
        "planned": Reorganisation.objects.planned_after(shown.as_of)
        .select_related("done_by", "taken_back_by")
        .order_by("from_on", "pk"),
        "done": done,
        "is_late": is_late,
    }
    response = render(request, "cms/hr/upload.html", context)
    if shown.is_working:
        # The browser asks again by itself, also without scripts.
        response["Refresh"] = str(REFRESH_SECONDS)
    return response


@require_POST
@only_with(IMPORT)
def let_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Let what was shown be done."""
    chosen = get_object_or_404(_own(request), pk=pk)
    try:
        agree(upload=chosen, allow_large="allow_large" in request.POST, by=request.user, at=timezone.now())
    except CannotBeImported:
        messages.error(request, _("Nothing was imported. Tick the box if so many employments are to end."))
    else:
        queue_hr_upload(chosen)
    return redirect("hr:upload", pk)


@require_POST
@only_with(IMPORT)
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on after something went wrong: read the files again, or do what was agreed to; twice does no harm."""
    chosen = get_object_or_404(_own(request).exclude(status=HrUpload.Status.REFUSED), pk=pk)
    if chosen.status == HrUpload.Status.FAILED:
        read_again(upload=chosen, at=timezone.now())
    queue_hr_upload(chosen)
    return redirect("hr:upload", pk)


@require_POST
@only_with(IMPORT)
def take_away(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away what was handed in."""
    chosen = get_object_or_404(_own(request).exclude(status=HrUpload.Status.IMPORTING), pk=pk)
    discard(upload=chosen, by=request.user, at=timezone.now())
    messages.success(request, _("The files are deleted. Nothing was imported."))
    return redirect("hr:imports")


def _own(request: HttpRequest, *, and_done: bool = False) -> QuerySet[HrUpload]:
    """Whoever handed files in decides about them; nobody else sees them."""
    own = HrUpload.objects.select_related("protocol").filter(handed_in_by=request.user)
    return own if and_done else own.exclude(status=HrUpload.Status.DONE)
