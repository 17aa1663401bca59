"""Makes the demonstration's city, departments, people and their history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from organisation import history
from organisation.actions.deputies import name_deputy
from organisation.actions.reorganise import reorganise
from organisation.demonstration import NUMBER_PREFIX
from organisation.models import (
    Absence,
    City,
    Department,
    DepartmentManager,
    DepartmentName,
    DepartmentPlace,
    Employment,
    User,
)
from organisation.reorganising.requests import Merging
from reports.demo.tables import (
    Away,
    DepartmentChange,
    DepartmentRow,
    DeputyRow,
    Employed,
    Left,
    ManagerRow,
    Merger,
    OrganisationTable,
    PersonRow,
)

PASSWORD = "visa-motstandskraft-2016"  # noqa: S105  public on purpose; `organisation.demonstration` keeps it to DEMO=1

Departments = Mapping[str, Department]
People = Mapping[int, User]


def morning_of(day: dt.date) -> dt.datetime:
    """The moment at which a day's events are recorded."""
    return dt.datetime.combine(day, dt.time(8), tzinfo=dt.UTC)


class Organisation:
    """The organisation of a table, made in the database. Every row is recorded on the morning of its first day."""

    def __init__(self, table: OrganisationTable) -> None:
        self.table = table
        City.objects.get_or_create(pk=1, defaults={name: getattr(table.city, name) for name in table.city.__struct_fields__})
        self.departments: dict[str, Department] = {}
        for department in table.departments:
            self.add_department(department)
        for change in table.department_changes:
            self.change_department(change)
        self.people = self.make_people()
        for manager in table.managers:
            self.add_manager(manager)
        self.move_people()
        for merger in table.mergers:
            self.merge(merger)
        for deputy in table.deputies:
            self.name_deputy(deputy)

    def add_department(self, row: DepartmentRow) -> None:
        department = self.departments[row.external_id] = Department.objects.create(external_id=row.external_id)
        day = self.table.first_day
        parent = self.departments.get(row.parent)
        self._record(DepartmentName(department=department, name=row.name, kind=row.kind, from_on=day))
        self._record(DepartmentPlace(department=department, parent=parent, from_on=day))

    def change_department(self, change: DepartmentChange) -> None:
        department = self.departments[change.department]
        if change.name:
            name = DepartmentName.objects.on(change.day).get(department=department)
            self._end(name, change.day)
            self._record(DepartmentName(department=department, name=change.name, kind=name.kind, from_on=change.day))
        if change.parent:
            self._end(DepartmentPlace.objects.on(change.day).get(department=department), change.day)
            parent = self.departments[change.parent]
            self._record(DepartmentPlace(department=department, parent=parent, from_on=change.day))

    def make_people(self) -> dict[int, User]:
        password = make_password(PASSWORD)
        accounts = {account.person: account for account in self.table.accounts}
        people = {row.number: self.make_person(row) for row in self.table.people}
        for number, account in accounts.items():
            person = people[number]
            person.email, person.password = account.address, password
            person.is_staff = bool(account.group)
            person.save()
            if account.group:
                person.groups.add(Group.objects.get_or_create(name=account.group)[0])
        return people

    def make_person(self, row: PersonRow) -> User:
        has_address = row.number not in self.table.without_address
        person = User.objects.create_user(
            email=f"medarbetare-{row.number}@example.se" if has_address else None,
            employee_number=f"{NUMBER_PREFIX}{row.number:03}",
            first_name=row.first_name,
            last_name=row.last_name,
            is_protected=row.number in self.table.protected,
        )
        employed = Employed(row.from_on, row.number, row.department, row.occupation, row.meets_young)
        self.employ(person, employed)
        return person

    def employ(self, person: User, row: Employed) -> None:
        department = self.departments[row.department]
        kind = {"occupation": row.occupation, "meets_young": row.meets_young}
        self._record(Employment(user=person, department=department, from_on=row.day, **kind))

    def add_manager(self, row: ManagerRow) -> None:
        department, manager = self.departments[row.department], self.people[row.person]
        self._record(DepartmentManager(department=department, manager=manager, from_on=row.from_on))

    def merge(self, row: Merger) -> None:
        asked = Merging(units=(row.merged, row.into), into=row.into)
        reorganise(request=asked, from_on=row.day, by=self.people[row.by], at=morning_of(row.decided_on))

    def name_deputy(self, row: DeputyRow) -> None:
        name_deputy(
            deputy=self.people[row.deputy],
            departments=[self.departments[row.department].pk],
            from_on=row.from_on,
            until_on=row.until_on,
            by=self.people[row.by],
            at=morning_of(row.named_on),
        )

    def move_people(self) -> None:
        for move in self.table.moves:
            self._end(self.employment_of(move.person, move.day), move.day)
            self.employ(self.people[move.person], move)
        for second in self.table.second_employments:
            self.employ(self.people[second.person], second)
        for left in (*self.table.left, *self.table.left_and_recorded_late):
            self.leave(left)
        for away in self.table.absences:
            self.be_away(away)

    def employment_of(self, number: int, day: dt.date) -> Employment:
        return Employment.objects.on(day).get(user=self.people[number])

    def leave(self, left: Left) -> None:
        employment = self.employment_of(left.person, left.day)
        if left.recorded_on:
            history.end(employment, until_on=left.day, by=None, at=morning_of(left.recorded_on))
        else:
            self._end(employment, left.day)

    def be_away(self, away: Away) -> None:
        absence = Absence(user=self.people[away.person], from_on=away.from_on, until_on=away.until_on)
        self._record(absence)

    def _record(self, row: history.Row) -> None:
        history.record(row, by=None, at=morning_of(row.from_on))

    def _end(self, row: history.Row, day: dt.date) -> None:
        """End the row, as planned the day before."""
        history.end(row, until_on=day, by=None, at=morning_of(day - dt.timedelta(days=1)))
