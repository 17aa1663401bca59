"""What two HR files change in the organisation, or why they are refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from organisation.hr.checking import faults_between
from organisation.hr.department_changes import DepartmentChanges, KnownDepartments, Planned, change_departments, scope_of
from organisation.hr.employment_changes import AbsenceChanges, EmploymentChanges
from organisation.hr.faults import Expected, Fault
from organisation.hr.people_changes import PeopleChanges, Person, change_people
from organisation.hr.periods import Edits, Known
from organisation.hr.rows import Departments, People


@dataclass(frozen=True)
class Employed:
    """One account's employments in force, by department; `number` is empty for one that HR knows nothing of."""

    number: str
    rows: Mapping[str, Sequence[Known]]


class Organisation(Protocol):
    """The organisation as the database knows it; `organisation.hr.state` reads it."""

    @property
    def departments(self) -> KnownDepartments: ...
    def planned_after(self, day: dt.date) -> Planned: ...
    def employed(self) -> Iterable[Employed]: ...
    def absences(self) -> Mapping[str, Sequence[Known]]: ...
    def people(self) -> Iterable[Person]: ...


@dataclass(frozen=True)
class Files:
    """Both files, read."""

    departments: Departments
    people: People

    @property
    def faults(self) -> list[Fault]:
        """What is wrong inside the files."""
        return [*self.departments.faults, *self.people.faults]

    @property
    def ignored(self) -> dict[str, list[str]]:
        """The unknown columns of each file."""
        return {file.file: file.ignored for file in (self.departments, self.people) if file.ignored}


@dataclass
class Changes:
    """Everything that the files change from `as_of` on. With `faults` nothing of it may be done."""

    as_of: dt.date
    departments: DepartmentChanges
    employments: EmploymentChanges
    absences: AbsenceChanges
    people: PeopleChanges
    faults: list[Fault]


def faults_of(files: Files, as_of: dt.date, known_units: Iterable[str]) -> list[Fault]:
    """Return everything that is wrong with the files, by file and row. Contradictions are looked for in what could be read."""
    found = [*files.faults]
    if files.departments.mentioned and (files.people.by_number or files.people.faulty):
        found += faults_between(files.departments, files.people, as_of, frozenset(known_units))
    order = {files.departments.file: 0, files.people.file: 1}
    return sorted(found, key=lambda fault: (order[fault.file], fault.row or 0))


def compare(files: Files, organisation: Organisation, as_of: dt.date, today: dt.date) -> Changes:
    """Return what sound files change. `today` decides what can be ended where it stands, and who has left."""
    known = organisation.departments
    scope = scope_of(files.departments.rows, known, as_of)
    since = as_of if scope & known.places.keys() else min(as_of, _earliest(files.people))
    planned = organisation.planned_after(as_of)
    departments = change_departments(files.departments.rows, known, scope, as_of, since, today, planned)
    employments = EmploymentChanges(as_of, today, scope, Edits(today), planned)
    staying = _compare_employments(files.people, organisation, employments)
    absences = _compare_absences(files.people, organisation, employments)
    people = change_people(files.people, organisation.people(), employments)
    left_behind = list(_left_behind(files.departments.file, departments, staying))
    return Changes(as_of, departments, employments, absences, people, [*left_behind, *people.faults])


def _earliest(people: People) -> dt.date:
    return min(row.period[0] for rows in people.by_number.values() for row in rows)


def _compare_employments(people: People, organisation: Organisation, employments: EmploymentChanges) -> set[str]:
    """Compare everybody's employments; return the departments where somebody works whom HR knows nothing of."""
    staying: set[str] = set()
    met: set[str] = set()
    for employed in organisation.employed():
        if not employed.number:
            staying.update(unit for unit, rows in employed.rows.items() if rows[-1].stretch.is_live(employments.as_of))
            continue
        rows = people.by_number.get(employed.number, ())
        if rows:
            met.add(employed.number)
        employments.change_person(employed.number, employed.rows, rows)
    for number, rows in people.by_number.items():
        if number not in met:
            employments.change_person(number, {}, rows)
    return staying


def _compare_absences(people: People, organisation: Organisation, employments: EmploymentChanges) -> AbsenceChanges:
    changes = AbsenceChanges(employments.as_of, Edits(employments.today))
    if not people.says_absence:
        return changes
    known = organisation.absences()
    for number, now in known.items():
        if number in people.by_number or number in employments.unmentioned:
            changes.change_person(number, now, people.by_number.get(number, ()))
    for number, rows in people.by_number.items():
        if number not in known and any(row.absence for row in rows):
            changes.change_person(number, (), rows)
    return changes


def _left_behind(file: str, departments: DepartmentChanges, staying: set[str]) -> Iterator[Fault]:
    for unit, _name in departments.closed:
        if unit in staying:
            yield Fault(file, Expected.NOBODY_LEFT, None, "enhet", unit)
