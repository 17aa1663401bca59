"""Brings the organisation to the state of two HR files, from a day on; everything or nothing."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import OperationalError, transaction
from django.utils import timezone

from organisation.history import BATCH, batches
from organisation.hr.differences import Changes, Files, compare, faults_of
from organisation.hr.faults import Fault
from organisation.hr.people_changes import Person
from organisation.hr.reading import HrFile
from organisation.hr.report import Counts, counts_of
from organisation.hr.rows import read_departments, read_people
from organisation.hr.state import CurrentOrganisation, key_of_nameless
from organisation.models import (
    Absence,
    Department,
    DepartmentManager,
    DepartmentName,
    DepartmentPlace,
    Employment,
    HrImport,
    User,
    log_event,
)
from organisation.revisions import employed, managed, named, placed, write
from organisation.turns import take_turns


class ImportRefused(Exception):
    """Nothing was imported; `faults` say why, each with its place."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


class TooManyEnd(Exception):
    """Nothing was imported: so many employments would end that the file is probably not whole."""

    def __init__(self, would_be: Imported) -> None:
        employments = would_be.changes.employments
        super().__init__(f"{len(employments.ended)} of {employments.live_before} end")
        self.would_be = would_be


class OrganisationChanged(Exception):
    """Nothing was imported: the change would no longer be the one that was shown."""


class ImportRunning(Exception):
    """Nothing was imported: another import, or something else that writes, did not end in time."""


@dataclass(frozen=True)
class Imported:
    """What was, or would be, changed, and the unknown columns of each file. `protocol` is `None` if nothing was done."""

    changes: Changes
    ignored: dict[str, list[str]]
    protocol: HrImport | None


def import_hr(
    *,
    departments: HrFile,
    people: HrFile,
    as_of: dt.date,
    by: User | None,
    at: dt.datetime,
    allow_large: bool = False,
    dry_run: bool = False,
    shown: Counts | None = None,
) -> Imported:
    """Import both files, or with `dry_run` only say what would change.

    `shown` are the figures that somebody has agreed to. Raises `ImportRefused` with every fault, `TooManyEnd`,
    `OrganisationChanged` or `ImportRunning`; then nothing has changed.
    """
    files = Files(read_departments(departments), read_people(people))
    try:
        with transaction.atomic():
            take_turns()
            changes = _compare(files, as_of, timezone.localdate(at))
            would_be = Imported(changes, files.ignored, None)
            del files  # A large one is not carried along while its changes are written.
            if changes.employments.is_large and not allow_large:
                raise TooManyEnd(would_be)
            if shown is not None and counts_of(changes) != shown:
                raise OrganisationChanged
            if dry_run:
                return would_be
            _write(changes, by, at)
            return replace(would_be, protocol=_protocol(departments, people, changes, allow_large, by, at))
    except OperationalError as error:
        if "locked" in str(error):
            raise ImportRunning from error
        raise


def _compare(files: Files, as_of: dt.date, today: dt.date) -> Changes:
    organisation = CurrentOrganisation()
    faults = faults_of(files, as_of, organisation.departments.keys)
    if faults:
        raise ImportRefused(faults)
    changes = compare(files, organisation, as_of, today)
    if changes.faults:
        raise ImportRefused(changes.faults)
    return changes


def _write(changes: Changes, by: User | None, at: dt.datetime) -> None:
    people, units = _save_people(changes), _save_departments(changes)
    departments = changes.departments
    said: dict[str, Any] = {"by": by, "at": at}
    write(DepartmentName, departments.names, lambda unit, value: named(units[unit], *value), **said)
    write(DepartmentPlace, departments.places, lambda unit, value: placed(units[unit], units.get(value[0])), **said)
    write(
        DepartmentManager,
        departments.managers,
        lambda key, _value: managed(units[key[0]], key_of_nameless(key[1]) or people[key[1]]),
        **said,
    )
    write(Employment, changes.employments.edits, lambda key, value: employed(people[key[0]], units[key[1]], *value), **said)
    write(Absence, changes.absences.edits, lambda number, _value: Absence(user_id=people[number]), **said)


def _save_people(changes: Changes) -> dict[str, int]:
    """Save who is new or changed, and return everybody's key by employee number."""
    keys = changes.people.keys
    for released in batches(changes.people.released):
        User.objects.filter(pk__in=released).update(email=None)
    for persons in batches(person for person in changes.people.saved if person.key is None):
        created = User.objects.bulk_create([_user(person, make_password(None)) for person in persons])
        keys.update({user.employee_number or "": user.pk for user in created})
    fields = ["first_name", "last_name", "email", "is_protected", "is_active"]
    for persons in batches(person for person in changes.people.saved if person.key is not None):
        # Each has a row already, so this changes the fields named here and nothing else.
        User.objects.bulk_create(
            [_user(person, "") for person in persons],
            update_conflicts=True,
            unique_fields=["employee_number"],
            update_fields=fields,
        )
    return keys


def _user(person: Person, password: str) -> User:
    return User(
        employee_number=person.number,
        first_name=person.first_name,
        last_name=person.last_name,
        email=person.address,
        is_protected=person.is_protected,
        is_active=person.is_active,
        password=password,
    )


def _save_departments(changes: Changes) -> dict[str, int]:
    """Save new departments, and return the key of each by its id in the HR system."""
    Department.objects.bulk_create([Department(external_id=unit) for unit in changes.departments.created], batch_size=BATCH)
    return dict(Department.objects.values_list("external_id", "pk"))


def _protocol(
    departments: HrFile, people: HrFile, changes: Changes, allow_large: bool, by: User | None, at: dt.datetime
) -> HrImport:
    counts = counts_of(changes)
    protocol = HrImport.objects.create(
        imported_at=at,
        imported_by=by,
        as_of=changes.as_of,
        departments_file=departments.name[-255:],
        departments_sha256=hashlib.sha256(departments.content).hexdigest(),
        people_file=people.name[-255:],
        people_sha256=hashlib.sha256(people.content).hexdigest(),
        allowed_large=allow_large,
        counts=counts,
    )
    log_event("hr.imported", protocol, by=by, at=at, as_of=changes.as_of.isoformat(), **counts)
    return protocol
