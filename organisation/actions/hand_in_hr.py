"""The coordinator's way to an import: hand in two files, see what would change, let it be done or take the files away."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from organisation.actions.import_hr import Imported, ImportRefused, OrganisationChanged, import_hr
from organisation.files import delete_doomed, doom, spare
from organisation.hr.reading import HrFile
from organisation.hr.report import as_data
from organisation.hr.wording import fault_texts, large_text
from organisation.models import Department, HrUpload, User, log_event
from organisation.tree import names_on

Status = HrUpload.Status

# Lines of each list that are shown, and faults; a file with more has one reason for all of them.
LISTED, FAULTS = 200, 500


class CannotBeImported(Exception):
    """What was handed in is not ready to be imported, or would end many employments without leave."""


def hand_in(*, departments: HrFile, people: HrFile, as_of: dt.date, by: User, at: dt.datetime) -> HrUpload:
    """Keep the files until they have been read and decided about; earlier ones of the same person go away."""
    for earlier in HrUpload.objects.filter(handed_in_by=by).exclude(status=Status.DONE):
        if earlier.status != Status.IMPORTING:
            discard(upload=earlier, by=by, at=at)
    upload = HrUpload(
        handed_in_at=at,
        handed_in_by=by,
        as_of=as_of,
        departments_name=departments.name[-255:],
        people_name=people.name[-255:],
        rows=people.content.count(b"\n"),
        started_at=at,
    )
    _store(upload, departments.content, people.content)
    return upload


def _store(upload: HrUpload, departments: bytes, people: bytes) -> None:
    """Write the files and the row that names them. Noted before as files to go, they leave nothing behind after a kill."""
    name = uuid.uuid4().hex
    files = {f"hr/{name}-departments.csv": departments, f"hr/{name}-people.csv": people}
    upload.departments.name, upload.people.name = files
    with transaction.atomic():
        doom(files)
    with transaction.atomic():
        spare(files)
        for file_name, content in files.items():
            upload.people.storage.save(file_name, ContentFile(content))
        upload.save()
        about = {"by": upload.handed_in_by, "at": upload.handed_in_at, "as_of": upload.as_of.isoformat()}
        log_event("hr.handed_in", upload, **about)


def read_upload(*, upload_id: int) -> None:
    """Find out what the files would change, or why they are refused. May run twice."""
    upload = HrUpload.objects.filter(pk=upload_id, status=Status.READING).first()
    if upload is None:
        return
    try:
        done = import_hr(**_files(upload), by=None, at=upload.started_at, allow_large=True, dry_run=True)
    except ImportRefused as refused:
        _refuse(upload, refused)
        return
    if _become(upload, Status.READY, preview=preview_of(done)):
        log_event("hr.previewed", upload, by=upload.handed_in_by, at=upload.started_at)


def agree(*, upload: HrUpload, allow_large: bool, by: User, at: dt.datetime) -> None:
    """Let what was shown be done. Raises `CannotBeImported`."""
    if upload.status != Status.READY or (upload.preview["is_large"] and not allow_large):
        raise CannotBeImported
    if not _become(upload, Status.IMPORTING, allow_large=allow_large, started_at=at):
        raise CannotBeImported
    log_event("hr.agreed", upload, by=by, at=at)


@transaction.atomic
def carry_out(*, upload_id: int, at: dt.datetime) -> None:
    """Import what was agreed to, once, however often this runs. What has changed since it was shown is shown again."""
    upload = HrUpload.objects.select_for_update().filter(pk=upload_id, status=Status.IMPORTING).first()
    if upload is None:
        return
    shown = {kind: upload.preview[kind] for kind in ("departments", "employments", "people", "absences")}
    try:
        done = import_hr(**_files(upload), by=upload.handed_in_by, at=at, allow_large=upload.allow_large, shown=shown)
    except OrganisationChanged:
        _become(upload, Status.READING, allow_large=False, preview={}, started_at=at)
    except ImportRefused as refused:
        _refuse(upload, refused)
    else:
        _become(upload, Status.DONE, preview={}, protocol=done.protocol)
        _forget_files(upload)


def interrupt(*, upload_id: int) -> None:
    """Say that something went wrong; nothing was imported."""
    HrUpload.objects.filter(pk=upload_id, status__in=(Status.READING, Status.IMPORTING)).update(status=Status.FAILED)


def read_again(*, upload: HrUpload, at: dt.datetime) -> None:
    """Begin again from the files, after something went wrong."""
    _become(upload, Status.READING, preview={}, allow_large=False, started_at=at)


@transaction.atomic
def discard(*, upload: HrUpload, by: User, at: dt.datetime) -> None:
    """Take away what was handed in and not imported."""
    log_event("hr.discarded", upload, by=by, at=at)
    _forget_files(upload)
    upload.delete()


def preview_of(done: Imported) -> dict[str, Any]:
    """Return what would change as plain data, with lists that a page can hold."""
    preview = as_data(done.changes, done.ignored, dry_run=True)
    employments = done.changes.employments
    lists = {kind: {way: lines[:LISTED] for way, lines in ways.items()} for kind, ways in preview["lists"].items()}
    names = {"departments": _unit_names(done), "people": _person_names(done, lists)}
    return preview | {"lists": lists, "names": names, "is_large": employments.is_large, "ends": _large(done)}


def _unit_names(done: Imported) -> dict[str, str]:
    """Return the departments' names by id: as they are now, or will be if they are new."""
    departments = Department.objects.in_bulk()
    now = {departments[key].external_id: name for key, name in names_on(done.changes.as_of).items()}
    new = {line[0]: line[1] for line in done.changes.departments.new}
    return new | now


def _person_names(done: Imported, lists: dict[str, dict[str, Any]]) -> dict[str, str]:
    """Return the names of the persons in the lists by employee number."""
    listed = {part for ways in lists.values() for lines in ways.values() for line in lines for part in line}
    people = User.objects.filter(employee_number__in=listed, is_protected=False)
    known = {person.employee_number or "": person.get_full_name() for person in people}
    new = {
        person.number: f"{person.first_name} {person.last_name}"
        for person in done.changes.people.saved
        if person.number in listed and not person.is_protected
    }
    return known | new


def _large(done: Imported) -> str:
    return large_text(done.changes) if done.changes.employments.is_large else ""


@transaction.atomic
def _refuse(upload: HrUpload, refused: ImportRefused) -> None:
    faults = fault_texts(refused.faults[:FAULTS])
    if len(refused.faults) > FAULTS:
        faults.append(_("And %(count)s more.") % {"count": len(refused.faults) - FAULTS})
    if _become(upload, Status.REFUSED, faults=faults, preview={}):
        _forget_files(upload)


def _become(upload: HrUpload, status: Status, **fields: Any) -> bool:
    """Change the upload if nobody else has done so since it was read."""
    return bool(HrUpload.objects.filter(pk=upload.pk, status=upload.status).update(status=status, **fields))


def _files(upload: HrUpload) -> dict[str, Any]:
    with upload.departments.open("rb") as departments, upload.people.open("rb") as people:
        return {
            "departments": HrFile(upload.departments_name, departments.read()),
            "people": HrFile(upload.people_name, people.read()),
            "as_of": upload.as_of,
        }


def _forget_files(upload: HrUpload) -> None:
    """Let the files go with the transaction: deleted after it, or by the sweep if this process is killed meanwhile."""
    doom(name for file in (upload.departments, upload.people) if (name := file.name))
    HrUpload.objects.filter(pk=upload.pk).update(departments="", people="")
    transaction.on_commit(delete_doomed)
