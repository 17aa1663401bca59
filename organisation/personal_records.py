"""What this app holds about a person; imported by its `ready`."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from organisation.erasing import PersonalRecord, register
from organisation.files import doom
from organisation.models import Absence, DepartmentManager, DeputyManager, Employment, Erasure, HrUpload, LoginSlip, User


def uploads_with(person: User) -> QuerySet[HrUpload]:
    """Return the handed in HR files that are not imported yet and name the person."""
    waiting = HrUpload.objects.exclude(status=HrUpload.Status.DONE).exclude(people="")
    number = (person.employee_number or "").encode()
    return waiting.filter(pk__in=[upload.pk for upload in waiting if number and number in _content(upload)])


def _content(upload: HrUpload) -> bytes:
    with upload.people.open("rb") as file:
        return bytes(file.read())


def discard_uploads(person: User, _erasure: Erasure) -> None:
    """Take away such files: importing them would bring the person back."""
    uploads = uploads_with(person)
    doom(name for names in uploads.values_list("departments", "people") for name in names)
    uploads.delete()


register(
    PersonalRecord(
        "hr_uploads", _("HR files that wait to be imported and name the person"), uploads_with, erase=discard_uploads
    ),
    PersonalRecord("login_slips", _("login slips"), lambda person: LoginSlip.objects.filter(user=person)),
    PersonalRecord("employments", _("employments"), lambda person: Employment.objects.filter(user=person), stays=True),
    PersonalRecord("absences", _("periods of absence"), lambda person: Absence.objects.filter(user=person), stays=True),
    PersonalRecord(
        "managed",
        _("departments once answered for"),
        lambda person: DepartmentManager.objects.filter(manager=person),
        stays=True,
    ),
    PersonalRecord(
        "deputised",
        _("periods as a manager's deputy"),
        lambda person: DeputyManager.objects.filter(Q(deputy=person) | Q(named_by=person)),
        stays=True,
    ),
)
