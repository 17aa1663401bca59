"""The organisation with what somebody wants to change in it drawn in."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from organisation.hr.department_changes import KnownDepartments
from organisation.hr.periods import FAR, Known, Stretch
from organisation.hr.state import nameless
from organisation.models import DepartmentSuccession, Employment, Reorganisation, User
from organisation.reorganising.sheets import Sheet, filled, holding, split_at

TOP = ""
"""Stands for the one above a department at the top."""


class Line(NamedTuple):
    """Something that changes, as plain data; `organisation.reorganising.wording` says it."""

    what: str
    about: dict[str, Any]


@dataclass(frozen=True)
class NewDepartment:
    """A department that is to begin. `unit` is its id in the HR system."""

    unit: str
    name: str
    kind: str
    manager: User | None = None


def number_of(manager: User) -> str:
    """Return the employee number, or what stands for one."""
    return manager.employee_number or nameless(manager.pk)


@dataclass
class Draft:
    """What is to hold from `day` on. Departments go by their ids in the HR system, people by their keys."""

    known: KnownDepartments
    day: dt.date
    names: Sheet[str]
    places: Sheet[str]
    managers: Sheet[tuple[str, str]]
    today: dt.date
    people: Sheet[tuple[int, str]] = field(default_factory=lambda: Sheet({}))
    succeeding: Sheet[tuple[str, str]] = field(default_factory=lambda: Sheet({}))
    created: list[str] = field(default_factory=list)
    successions: list[tuple[str, str]] = field(default_factory=list)
    takes_back: Reorganisation | None = None
    lines: list[Line] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, known: KnownDepartments, day: dt.date, today: dt.date) -> Draft:
        """Begin with the organisation as it is. `today` is when it is decided."""
        managers: dict[tuple[str, str], Any] = defaultdict(list)
        for unit, rows in known.managers.items():
            for row in rows:
                managers[unit, row.stretch.value[0]].append(row)
        return cls(known, day, Sheet(dict(known.names)), Sheet(dict(known.places)), Sheet(dict(managers)), today)

    def name(self, unit: str) -> str:
        """Return what the department is called: that day, or else last."""
        stretches = self.names.of(unit) or self.names.before(unit)
        now = holding(stretches, self.day) or (stretches[-1] if stretches else None)
        return str(now.value[0]) if now else unit

    def name_above(self, parent: str) -> str:
        """Return the name of the one above, empty at the top."""
        return self.name(parent) if parent else ""

    def parent(self, unit: str) -> str:
        """Return the one above that day."""
        now = holding(self.places.of(unit), self.day)
        return str(now.value[0]) if now else TOP

    def refuse(self, reason: str) -> None:
        """Say why it cannot be done; once."""
        if reason not in self.reasons:
            self.reasons.append(reason)

    def has(self, unit: str) -> bool:
        """Whether the department is there that day; if not, say why it cannot be done."""
        stretches = self.places.of(unit)
        if holding(stretches, self.day):
            return True
        earlier = [stretch for stretch in stretches if stretch.end <= self.day]
        about = {"name": self.name(unit), "unit": unit, "day": self._day(self.day)}
        if not stretches:
            self.refuse(_("There is no department with the id %(unit)s.") % about)
        elif earlier:
            about["end"] = self._day(earlier[-1].end)
            self.refuse(_("%(name)s is not there on %(day)s: it ended on %(end)s.") % about)
        else:
            about["start"] = self._day(stretches[0].from_on)
            self.refuse(_("%(name)s is not there on %(day)s: it begins on %(start)s.") % about)
        return False

    def stays(self, unit: str) -> bool:
        """Whether the department is there from that day on, so that it can receive others; if not, say why."""
        if not self.has(unit):
            return False
        reached = self.day
        for stretch in self.places.of(unit):
            if stretch.from_on <= reached < stretch.end:
                reached = stretch.end
        if reached < FAR:
            about = {"name": self.name(unit), "end": self._day(reached)}
            self.refuse(_("%(name)s ends on %(end)s, so nobody can be moved there.") % about)
        return reached == FAR

    def open(self, new: NewDepartment, parent: str) -> None:
        """Begin a department below `parent`."""
        if self.places.of(new.unit):
            self.refuse(_("There is already a department with the id %(unit)s.") % {"unit": new.unit})
            return
        if parent != TOP and not self.has(parent):
            return
        if new.unit not in self.known.keys:
            self.created.append(new.unit)
        self.names.set(new.unit, (new.name, new.kind), self.day)
        self.places.set(new.unit, (parent,), self.day)
        self.note("opened", unit=new.unit, name=new.name, kind=new.kind, parent=self.name_above(parent))
        if new.manager:
            self.appoint(new.unit, new.manager)

    def appoint(self, unit: str, manager: User) -> None:
        """Let somebody answer for the department, beside those who do."""
        number = number_of(manager)
        if holding(self.managers.of((unit, number)), self.day):
            self.refuse(_("%(manager)s is a manager of %(name)s already.") % {"manager": manager, "name": self.name(unit)})
            return
        self.managers.set((unit, number), (number,), self.day)
        self.note("manages", manager=number, name=self.name(unit))

    def dismiss(self, unit: str, number: str) -> None:
        """Let somebody no longer answer for the department."""
        self.managers.end((unit, number), self.day)
        self.note("leaves", manager=number, name=self.name(unit))

    def rename(self, unit: str, name: str, kind: str) -> None:
        """Give the department another name or kind."""
        before = holding(self.names.of(unit), self.day)
        old_name, old_kind = before.value if before else (unit, "")
        self.names.set(unit, (name, kind), self.day)
        until = self._until(self.names, unit)
        if name != old_name:
            self.note("renamed", unit=unit, before=old_name, after=name, until=until)
        if kind != old_kind:
            self.note("kind", unit=unit, name=name, before=old_kind, after=kind, until=until)

    def move(self, unit: str, parent: str) -> None:
        """Let the department stand below another, or at the top."""
        before = self.parent(unit)
        self.places.set(unit, (parent,), self.day)
        if before != parent:
            self.note_move(unit, before, parent, self._until(self.places, unit))

    def below(self, unit: str) -> list[str]:
        """Return what stands right below the department that day or later."""
        return sorted(
            one
            for one in self.places.about()
            if any(place.value[0] == unit and place.is_live(self.day) for place in self.places.of(one))
        )

    def move_from_below(self, unit: str, to: Callable[[str], str]) -> None:
        """Let everything that would stand below the department stand below another instead."""
        for one in self.below(unit):
            parent = to(one)
            if one == parent:
                continue
            before, after = split_at(self.places.of(one), self.day)
            moved = [stay._replace(value=(parent,)) if stay.value[0] == unit else stay for stay in after]
            self.places.wanted[one] = [*before, *moved]
            self.note_move(one, unit, parent, "")

    def close(self, unit: str) -> None:
        """End the department, with everything that was known to come."""
        later = [row for sheet in (self.names, self.places) for row in sheet.before(unit) if row.from_on > self.day]
        name = self.name(unit)
        self.note("closed", unit=unit, name=name)
        if later:
            self.note("dropped", name=name, count=len(later))
        self.names.end(unit, self.day)
        self.places.end(unit, self.day)
        for key in self.managers.about():
            if key[0] == unit and any(row.is_live(self.day) for row in self.managers.of(key)):
                self.dismiss(unit, key[1])

    def read_people(self, units: Collection[str]) -> None:
        """Read the employments in the departments; one query."""
        rows = Employment.objects.known_at(None).filter(department__external_id__in=units).order_by("from_on")
        found: dict[tuple[int, str], list[Known]] = defaultdict(list)
        for row in rows.select_related("department"):
            stretch = Stretch(row.from_on, row.until_on, (row.occupation, row.meets_young))
            found[row.user_id, row.department.external_id].append(Known(row.pk, stretch))
        self.people.now.update(found)

    def employed_in(self, units: Collection[str]) -> set[int]:
        """Return who works in the departments that day or later."""
        return {person for person, unit in self._staff(units)}

    def move_people(self, units: Collection[str], to: Callable[[int], str]) -> None:
        """Let whoever works in the departments that day or later work in another, in the same occupation."""
        moved: dict[tuple[str, str], set[int]] = defaultdict(set)
        united: dict[str, set[int]] = defaultdict(set)
        for person, unit in sorted(self._staff(units)):
            goal = to(person)
            before, after = split_at(self.people.of((person, unit)), self.day)
            there = self.people.of((person, goal))
            both = filled(there, after)
            self.people.wanted[person, unit] = before
            self.people.wanted[person, goal] = both
            moved[unit, goal].add(person)
            if len(both) != len(there) + len(after) or not set(after) <= set(both):
                united[goal].add(person)
        for (unit, goal), people in moved.items():
            self.note("people", before=self.name(unit), after=self.name(goal), count=len(people))
        for goal, people in united.items():
            self.note("united", name=self.name(goal), count=len(people))

    def read_successions(self) -> None:
        """Read which departments stand in others' places; one query."""
        rows = DepartmentSuccession.objects.known_at(None).select_related("predecessor", "successor").order_by("from_on")
        found: dict[tuple[str, str], list[Known]] = defaultdict(list)
        for row in rows:
            pair = row.predecessor.external_id, row.successor.external_id
            found[pair].append(Known(row.pk, Stretch(row.from_on, row.until_on, (row.kind,))))
        self.succeeding.now.update(found)

    def succeed(self, unit: str, successors: Collection[str], kind: str) -> None:
        """Let others stand in the department's place, and no longer those who were to from that day on."""
        for pair in self.succeeding.about():
            if pair[0] == unit and pair[1] not in successors:
                coming = [one for one in self.succeeding.of(pair) if one.from_on >= self.day]
                self.succeeding.wanted[pair] = [one for one in self.succeeding.of(pair) if one not in coming]
        for successor in successors:
            self.succeeding.end((unit, successor), self.day)
            self.succeeding.set((unit, successor), (kind,), self.day)
            self.successions.append((unit, successor))

    def _staff(self, units: Collection[str]) -> Iterator[tuple[int, str]]:
        for key in self.people.about():
            if key[1] in units and any(row.is_live(self.day) for row in self.people.of(key)):
                yield key

    def note(self, what: str, **about: Any) -> None:
        """Say what changes."""
        self.lines.append(Line(what, about))

    def note_move(self, unit: str, before: str, after: str, until: str) -> None:
        """Say that the department stands below another."""
        names = {"before": self.name_above(before), "after": self.name_above(after)}
        self.note("moved", unit=unit, name=self.name(unit), until=until, **names)

    def _until(self, sheet: Sheet[str], unit: str) -> str:
        """Return the day of the next change that is known already, or nothing."""
        now = holding(sheet.of(unit), self.day)
        return now.until_on.isoformat() if now and now.until_on else ""

    @staticmethod
    def _day(day: dt.date) -> str:
        return date_format(day, "j F Y")
