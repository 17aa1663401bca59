"""Certificates of a whole department: begun here, watched, cancelled, and taken home as one archive."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from certificates.bundle import stream_zip
from certificates.jobs import JobRefused, begin_job, cancel, counts_of
from certificates.models import Certificate, CertificateDocument, DocumentLost, IssuingItem, IssuingJob
from certificates.seals import in_words, seal_state
from certificates.tasks import queue_job
from cms.certificates import MANAGE, mending_list
from cms.giving_out.views import only_with
from organisation.models import Department, log_event
from organisation.tree import Tree, names_on
from reports.tables import FORMATS, Column, Kind, Table

logger = logging.getLogger(__name__)

REFRESH_SECONDS = 4
SHOWN = 50


def department_choices(day: dt.date) -> list[tuple[int, str]]:
    """Return every department of the day in the order of the tree, its depth shown by dashes."""
    tree, names = Tree.on(day), names_on(day)
    return [(key, "– " * (len(tree.above(key)) - 1) + names[key]) for key in tree.walk() if key in names]


class JobForm(forms.Form):
    """Which department, and what is to be done."""

    department = forms.TypedChoiceField(
        label=_("Department"), coerce=int, help_text=_("With everything below it. Those who work there today are included.")
    )
    kind = forms.ChoiceField(
        label=_("What is to be done"),
        choices=IssuingJob.Kind.choices,
        initial=IssuingJob.Kind.ISSUE,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why they are re-issued"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only when they are re-issued. It is stored, and never shown to whoever checks a certificate."),
    )
    tells_holders = forms.BooleanField(label=_("Tell each holder by mail that there is a new certificate"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].choices = department_choices(timezone.localdate())

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("kind") == IssuingJob.Kind.REISSUE and not given.get("reason"):
            self.add_error("reason", _("Say why the certificates are re-issued."))
        return given


@only_with(MANAGE)
def jobs(request: HttpRequest) -> HttpResponse:
    """The form, and what the coordinator has begun before."""
    form = JobForm(request.POST or None)
    if form.is_valid() and (job := _begin(request, form)):
        return redirect("issuing:job", job.pk)
    return render(request, "cms/issuing/jobs.html", {"form": form, "jobs": _own(request)[:SHOWN]})


def _begin(request: HttpRequest, form: JobForm) -> IssuingJob | None:
    given = form.cleaned_data
    department = get_object_or_404(Department, pk=given.pop("department"))
    try:
        job = begin_job(department=department, **given, by=request.user, at=timezone.now())
    except JobRefused as refused:
        form.add_error("department", str(refused))
        return None
    queue_job(job.pk)
    return job


@require_safe
@only_with(MANAGE)
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it has come, and the way to what is done."""
    shown = get_object_or_404(_own(request), pk=pk)
    undrawn = Certificate.objects.to_be_mended().filter(pk__in=shown.items.filter(is_undrawn=True).values("certificate"))
    seal = seal_state(timezone.now())
    context = {
        "job": shown,
        "counts": counts_of(shown),
        "undrawn": mending_list(undrawn),
        "waits_for": in_words(seal) if seal.waits else "",
    }
    response = render(request, "cms/issuing/job.html", context)
    if shown.is_working:
        # The browser asks again by itself, also without scripts.
        response["Refresh"] = str(REFRESH_SECONDS)
    return response


@require_POST
@only_with(MANAGE)
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel it; what is issued stays issued."""
    if cancel(get_object_or_404(_own(request), pk=pk), by=request.user, at=timezone.now()):
        messages.success(request, _("Cancelled. What was issued before that stays issued."))
    return redirect("issuing:job", pk)


@require_safe
@only_with(MANAGE)
def archive(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """Send what is done as a ZIP archive, with a list, while it is made. Every time is an event."""
    chosen = get_object_or_404(_own(request), pk=pk)
    rows = list(_documents(chosen).values_list(*_COLUMNS))
    log_event("certificate.exported", chosen, by=request.user, at=timezone.now(), rows=len(rows))
    begun = timezone.localtime(chosen.started_at)
    response = StreamingHttpResponse(stream_zip(_files(chosen, rows), begun), content_type="application/zip")
    name = slugify(f"intyg {chosen.department_name} {begun.date()}")
    response["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    response["Cache-Control"] = "private, no-store"
    return response


_COLUMNS = (
    "certificate__number",
    "certificate__sheet__holder",
    "certificate__sheet__module",
    "certificate__sheet__edition",
    "certificate__completion__completed_on",
    "certificate__issued_on",
    "certificate__valid_through",
)


def _documents(chosen: IssuingJob) -> QuerySet[CertificateDocument]:
    """The stored documents of what is done, without those who are erased or protected since."""
    items = IssuingItem.objects.filter(job=chosen).exclude(done_at=None).values("certificate")
    found = CertificateDocument.objects.filter(certificate__in=items, certificate__completion__user__is_protected=False)
    return found.exclude(sha256="").order_by("certificate__number")


def _files(chosen: IssuingJob, rows: list[tuple[Any, ...]]) -> Iterator[tuple[str, bytes]]:
    """The list, then each certificate under its number: who holds it stands in the list only. Last, which files are lost."""
    yield "lista.csv", FORMATS["csv"].write([list_of(rows)])
    lost: list[str] = []
    for document in _documents(chosen).select_related("certificate").iterator(chunk_size=200):
        number = document.certificate.number
        try:
            yield f"{number}.pdf", document.read()
        except DocumentLost:
            logger.exception("The file of certificate %s cannot be read", number)
            lost.append(number)
    if lost:
        yield "saknas.txt", "\n".join([str(_("The files of these certificates cannot be read:")), *lost, ""]).encode()


def list_of(rows: list[tuple[Any, ...]]) -> Table:
    """Return the list that goes with the archive."""
    columns = (
        Column("number", str(_("Number"))),
        Column("holder", str(_("Holder"))),
        Column("module", str(_("Module"))),
        Column("edition", str(_("Edition"))),
        Column("completed_on", str(_("Completed")), Kind.DAY),
        Column("issued_on", str(_("Issued")), Kind.DAY),
        Column("valid_through", str(_("Valid through")), Kind.DAY),
    )
    return Table("certificates", str(_("Certificates")), columns, tuple(rows))


def _own(request: HttpRequest) -> QuerySet[IssuingJob]:
    """Whoever began a job decides about it; nobody else sees it."""
    return IssuingJob.objects.filter(started_by=request.user)
