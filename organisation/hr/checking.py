"""What is wrong although every cell is right: rows, and files, that contradict each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence

from organisation.hr.faults import Expected, Fault
from organisation.hr.rows import DepartmentRow, Departments, People, PersonRow


def faults_between(departments: Departments, people: People, as_of: dt.date, known: Collection[str]) -> list[Fault]:
    """Return every contradiction within and between the files.

    `known` are the ids of departments in the database: an employment that ended before `as_of` may name one that has closed.
    """
    return [
        *_twice(departments),
        *_parents(departments),
        *_cycles(departments),
        *_managers(departments, people),
        *_units(departments, people, as_of, known),
        *_persons(people),
        *_addresses(people),
    ]


def _twice(departments: Departments) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for row in departments.rows:
        other = first.setdefault(row.unit, row.row)
        if other != row.row:
            yield Fault(departments.file, Expected.UNIT_ONCE, row.row, "enhet", row.unit, {"other": other})


def _parents(departments: Departments) -> Iterator[Fault]:
    for row in departments.rows:
        if row.parent and row.parent not in departments.mentioned:
            yield Fault(departments.file, Expected.KNOWN_PARENT, row.row, "overordnad", row.parent)


def _cycles(departments: Departments) -> Iterator[Fault]:
    by_unit = {row.unit: row for row in departments.rows}
    done: set[str] = set()
    for row in departments.rows:
        path = _upwards(row, by_unit, done)
        if path and path[-1] in path[:-1]:
            circle = path[path.index(path[-1]) :]
            start = by_unit[circle[0]]
            about: dict[str, object] = {"path": " → ".join(circle)}
            yield Fault(departments.file, Expected.TREE, start.row, "overordnad", start.parent, about)
        done.update(path)


def _upwards(row: DepartmentRow, by_unit: dict[str, DepartmentRow], done: set[str]) -> list[str]:
    """Return the way up until the top, a unit that has been walked, or the unit where a circle closes."""
    path: list[str] = []
    seen: set[str] = set()
    current: DepartmentRow | None = row
    while current and current.unit not in done:
        path.append(current.unit)
        if current.unit in seen:
            break
        seen.add(current.unit)
        current = by_unit.get(current.parent)
    return path


def _managers(departments: Departments, people: People) -> Iterator[Fault]:
    for row in departments.rows:
        if row.manager and not people.mentions(row.manager):
            yield Fault(departments.file, Expected.KNOWN_MANAGER, row.row, "chef", row.manager, {"other": people.file})


def _units(departments: Departments, people: People, as_of: dt.date, known: Collection[str]) -> Iterator[Fault]:
    for rows in people.by_number.values():
        for row in rows:
            if row.unit in departments.mentioned:
                continue
            until_on = row.period[1]
            if until_on is None or until_on > as_of or row.unit not in known:
                yield Fault(people.file, Expected.KNOWN_UNIT, row.row, "enhet", row.unit, {"other": departments.file})


def _persons(people: People) -> Iterator[Fault]:
    for rows in people.by_number.values():
        if len(rows) > 1:
            yield from _same_person(people.file, rows)
            yield from _same_address(people.file, rows)
            yield from _overlaps(people.file, rows)


def _same_person(file: str, rows: Sequence[PersonRow]) -> Iterator[Fault]:
    first = rows[0]
    for row in rows[1:]:
        if (row.first_name, row.last_name) != (first.first_name, first.last_name):
            name = f"{row.first_name} {row.last_name}"
            about: dict[str, object] = {
                "number": row.number,
                "other": first.row,
                "name": f"{first.first_name} {first.last_name}",
            }
            yield Fault(file, Expected.SAME_PERSON, row.row, "fornamn, efternamn", name, about)


def _same_address(file: str, rows: Sequence[PersonRow]) -> Iterator[Fault]:
    with_address = [row for row in rows if row.address]
    for row in with_address[1:]:
        if row.address != with_address[0].address:
            about: dict[str, object] = {"number": row.number, "other": with_address[0].row}
            yield Fault(file, Expected.SAME_ADDRESS, row.row, "epost", row.address or "", about)


def _overlaps(file: str, rows: Sequence[PersonRow]) -> Iterator[Fault]:
    ordered = sorted(rows, key=lambda row: (row.unit, row.period[0]))
    last = ordered[0]
    for row in ordered[1:]:
        if row.unit != last.unit:
            last = row
            continue
        if last.period[1] is None or row.period[0] < last.period[1]:
            yield Fault(file, Expected.NO_OVERLAP, row.row, "fran", row.period[0].isoformat(), {"other": last.row})
        if last.period[1] is not None and (row.period[1] is None or row.period[1] > last.period[1]):
            last = row


def _addresses(people: People) -> Iterator[Fault]:
    first: dict[str, PersonRow] = {}
    for rows in people.by_number.values():
        for row in rows:
            if row.address:
                other = first.setdefault(row.address, row)
                if other.number != row.number:
                    about: dict[str, object] = {"other": other.row, "number": other.number}
                    yield Fault(people.file, Expected.OWN_ADDRESS, row.row, "epost", row.address, about)
