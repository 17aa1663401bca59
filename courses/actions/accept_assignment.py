"""A department's manager accepts an assignment, having seen what it means."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from courses.models import Acceptance, Assignment
from courses.reach import reach_of
from organisation.models import Department, User, log_event
from organisation.permissions import line_of


class AcceptanceRefused(Exception):
    """Nothing was accepted; the text says why."""


@transaction.atomic
def accept_assignment(*, assignment: Assignment, department: Department, by: User, at: dt.datetime, on: dt.date) -> Acceptance:
    """Let the assignment hold in the department, with everything below it, from `on`. Asked twice, the first one stands.

    The persons and minutes of the day are sealed with it. Raises `AcceptanceRefused` if it is not for `by` to accept, the
    assignment does not name the department, or it has ended or been replaced.
    """
    if department.pk not in line_of(by, on):
        raise AcceptanceRefused(_("You do not answer for this department."))
    if assignment.superseded_at is not None or (assignment.until_on is not None and assignment.until_on <= on):
        raise AcceptanceRefused(_("The assignment no longer holds."))
    reach = next((one for one in reach_of(assignment, on) if one.department_id == department.pk), None)
    if reach is None:
        raise AcceptanceRefused(_("The assignment is not meant for this department."))
    acceptance, is_new = Acceptance.objects.get_or_create(
        assignment=assignment,
        department=department,
        defaults={
            "accepted_on": on,
            "accepted_by": by,
            "persons": reach.persons,
            "minutes": reach.minutes,
            "recorded_at": at,
        },
    )
    if is_new:
        log_event("assignment.accepted", assignment, by=by, at=at, department=department.pk, persons=reach.persons)
    return acceptance
