"""What a file of people changes in the persons: names, addresses, who may log in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from organisation.hr.employment_changes import EmploymentChanges
from organisation.hr.faults import Expected, Fault
from organisation.hr.rows import People, PersonRow


class Person(NamedTuple):
    """A person as the database should have her. `key` is `None` for somebody new."""

    key: int | None
    number: str
    first_name: str
    last_name: str
    address: str | None
    is_protected: bool
    is_active: bool


@dataclass
class PeopleChanges:
    """What happens to persons; the lists hold employee numbers, and what a name was and is."""

    new: list[tuple[str, ...]] = field(default_factory=list)
    renamed: list[tuple[str, ...]] = field(default_factory=list)
    new_address: list[tuple[str, ...]] = field(default_factory=list)
    left: list[tuple[str, ...]] = field(default_factory=list)
    returned: list[tuple[str, ...]] = field(default_factory=list)
    protected: set[str] = field(default_factory=set)
    saved: list[Person] = field(default_factory=list)
    released: list[int] = field(default_factory=list)
    """Keys of those whose address is taken away, before others get theirs."""
    keys: dict[str, int] = field(default_factory=dict)
    unchanged: int = 0
    faults: list[Fault] = field(default_factory=list)

    def save(self, person: Person, before: Person | None) -> None:
        """Note that the person becomes so."""
        if person.is_protected:
            self.protected.add(person.number)
        if person == before:
            self.unchanged += 1
            return
        self.saved.append(person)
        if before is None:
            self.new.append((person.number,))
            return
        if before.address and before.address != person.address:
            self.released.append(before.key or 0)
        self._list(person, before)

    def _list(self, person: Person, before: Person) -> None:
        line = (person.number,)
        if person[2:4] != before[2:4]:
            self.renamed.append((*line, " ".join(before[2:4]), " ".join(person[2:4])))
        if person.is_active != before.is_active:
            (self.returned if person.is_active else self.left).append(line)
        elif person.address != before.address:
            self.new_address.append(line)


def change_people(people: People, known: Iterable[Person], employments: EmploymentChanges) -> PeopleChanges:
    """Return what the file changes in persons. `known` are all accounts, also those without an employee number.

    A leaver's address is released, and nobody logs in as that person until she returns. An address goes to the number
    that the file gives it to, but never from an account that HR knows nothing of: that is a fault.
    """
    changes = PeopleChanges()
    wanted = {address: number for number, rows in people.by_number.items() if (address := _address(number, rows, employments))}
    for before in known:
        rows = people.by_number.get(before.number, ()) if before.number else ()
        if before.number:
            changes.keys[before.number] = before.key or 0
        if rows:
            changes.save(_by_file(rows, before, employments), before)
        else:
            _without_rows(changes, people, before, wanted, employments)
    for number, rows in people.by_number.items():
        if number not in changes.keys:
            changes.save(_by_file(rows, None, employments), None)
    return changes


def _address(number: str, rows: Sequence[PersonRow], employments: EmploymentChanges) -> str | None:
    return None if number in employments.left else next((row.address for row in rows if row.address), None)


def _by_file(rows: Sequence[PersonRow], before: Person | None, employments: EmploymentChanges) -> Person:
    first = rows[0]
    number = first.number
    said = [row.is_protected for row in rows if row.is_protected is not None]
    is_protected = any(said) if said else bool(before and before.is_protected)
    is_active = number not in employments.left
    if is_active and before and number not in employments.returned:
        # An administrator may have closed the account of somebody who works here.
        is_active = before.is_active
    return Person(
        before.key if before else None,
        number,
        first.first_name,
        first.last_name,
        _address(number, rows, employments),
        is_protected,
        is_active,
    )


def _without_rows(
    changes: PeopleChanges, people: People, before: Person, wanted: dict[str, str], employments: EmploymentChanges
) -> None:
    is_wanted = before.address is not None and before.address in wanted
    if before.number and before.number in employments.left:
        changes.save(before._replace(address=None, is_active=False), before)
    elif is_wanted and before.number in employments.unmentioned:
        changes.save(before._replace(address=None), before)
    elif is_wanted and before.address:
        row = next(row for row in people.by_number[wanted[before.address]] if row.address == before.address)
        changes.faults.append(Fault(people.file, Expected.FREE_ADDRESS, row.row, "epost", before.address))
