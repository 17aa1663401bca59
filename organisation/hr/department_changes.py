"""What a file of departments changes, from a day on. Departments are known by their id in the HR system."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from organisation.hr.periods import Edits, Known, Stretch, as_planned, first_turn, from_day_on
from organisation.hr.rows import DepartmentRow

Dated = Mapping[str, Sequence[Known]]
"""Rows in force, in the order of their first days, by department."""


@dataclass(frozen=True)
class KnownDepartments:
    """The departments that the database knows, with the rows in force of each.

    The value of a name is (name, kind), of a place (id of the one above, or empty), of a manager (employee number).
    """

    keys: Mapping[str, int]
    names: Dated
    places: Dated
    managers: Dated
    other_principals: Collection[str]

    def top_of(self, unit: str, day: dt.date) -> str:
        """Return the id of the department at the top of the unit's line that day, or when it was last there."""
        seen: set[str] = set()
        while unit not in seen:
            seen.add(unit)
            above = self._above(unit, day)
            if not above:
                break
            unit = above
        return unit

    def _above(self, unit: str, day: dt.date) -> str:
        places = [known.stretch for known in self.places.get(unit, ())]
        latest = [place for place in places if place.from_on <= day] or places
        return str(latest[-1].value[0]) if latest else ""


Planned = Mapping[str, Collection[dt.date]]
"""The days of planned reorganisations of a department, by its id. What they change is kept; the file holds until then."""


@dataclass
class DepartmentChanges:
    """What happens to departments; the lists hold ids, and what was and is."""

    names: Edits
    places: Edits
    managers: Edits
    created: list[str] = field(default_factory=list)
    new: list[tuple[str, ...]] = field(default_factory=list)
    renamed: list[tuple[str, ...]] = field(default_factory=list)
    moved: list[tuple[str, ...]] = field(default_factory=list)
    given_manager: list[tuple[str, ...]] = field(default_factory=list)
    closed: list[tuple[str, ...]] = field(default_factory=list)
    unchanged: int = 0
    planned: Planned = field(default_factory=dict)

    def until_planned(self, unit: str, wanted: list[Stretch], now: Sequence[Known]) -> list[Stretch]:
        """Return what is to hold, with what a planned reorganisation changes in it from its day on."""
        known = _stretches(now)
        day = first_turn(known, self.planned.get(unit, ()))
        return as_planned(wanted, known, day) if day else wanted


def scope_of(rows: Sequence[DepartmentRow], known: KnownDepartments, as_of: dt.date) -> frozenset[str]:
    """Return the departments that the file speaks about, also by leaving them out.

    Another principal has files of its own: the city's never close its departments, and its own never close the city's.
    """
    tops = {row.unit for row in rows if not row.parent}
    own = tops & set(known.other_principals)
    is_city = bool(tops - own)
    inside = {row.unit for row in rows}
    for unit in known.keys:
        top = known.top_of(unit, as_of)
        if top in own or (is_city and top not in known.other_principals):
            inside.add(unit)
    return frozenset(inside)


def change_departments(
    rows: Sequence[DepartmentRow],
    known: KnownDepartments,
    scope: Collection[str],
    as_of: dt.date,
    since: dt.date,
    today: dt.date,
    planned: Planned,
) -> DepartmentChanges:
    """Return what the rows change from `as_of` on; a department that never was before begins on `since`."""
    changes = DepartmentChanges(Edits(today), Edits(today), Edits(today), planned=planned)
    for row in rows:
        _change(changes, row, known, as_of, since)
    for unit in sorted(set(scope) - {row.unit for row in rows}):
        if not _is_to_begin(unit, known, planned):
            _close(changes, unit, known, as_of)
    return changes


def _is_to_begin(unit: str, known: KnownDepartments, planned: Planned) -> bool:
    """Whether a planned reorganisation begins the department, so that no file can have it yet."""
    places = known.places.get(unit, ())
    return unit in planned and bool(places) and places[0].stretch.from_on in planned[unit]


def _change(changes: DepartmentChanges, row: DepartmentRow, known: KnownDepartments, as_of: dt.date, since: dt.date) -> None:
    if row.unit not in known.keys:
        changes.created.append(row.unit)
    names, places = known.names.get(row.unit, ()), known.places.get(row.unit, ())
    is_new = not _is_live(places, as_of)
    named = from_day_on(_stretches(names), (row.name, row.kind), as_of, since)
    placed = from_day_on(_stretches(places), (row.parent,), as_of, since)
    renamed = changes.names.change(row.unit, names, changes.until_planned(row.unit, named, names))
    moved = changes.places.change(row.unit, places, changes.until_planned(row.unit, placed, places))
    managed = _manage(changes, row.unit, row.manager, known, as_of)
    if is_new:
        changes.new.append((row.unit, row.name))
        return
    if renamed:
        changes.renamed.append((row.unit, _last(names, as_of), row.name))
    if moved:
        changes.moved.append((row.unit, _last(places, as_of), row.parent))
    if managed:
        changes.given_manager.append((row.unit, row.manager))
    changes.unchanged += not (renamed or moved or managed)


def _close(changes: DepartmentChanges, unit: str, known: KnownDepartments, as_of: dt.date) -> None:
    was_there = _is_live(known.places.get(unit, ()), as_of)
    for edits, dated in ((changes.names, known.names), (changes.places, known.places)):
        now = dated.get(unit, ())
        edits.change(unit, now, from_day_on(_stretches(now), None, as_of, as_of))
    _manage(changes, unit, "", known, as_of)
    if was_there:
        changes.closed.append((unit, _last(known.names.get(unit, ()), as_of)))


def _manage(changes: DepartmentChanges, unit: str, manager: str, known: KnownDepartments, as_of: dt.date) -> bool:
    """Give the department the file's manager. One who is there already stays, with those who were added by hand beside."""
    by_manager: dict[str, list[Known]] = {manager: []} if manager else {}
    for row in known.managers.get(unit, ()):
        by_manager.setdefault(row.stretch.value[0], []).append(row)
    lasting = {None, *changes.planned.get(unit, ())}
    if manager and any(row.stretch.until_on in lasting and row.stretch.from_on <= as_of for row in by_manager[manager]):
        return False
    changed = False
    for number, rows in by_manager.items():
        value = (manager,) if number == manager else None
        wanted = from_day_on(_stretches(rows), value, as_of, as_of)
        changed |= changes.managers.change((unit, number), rows, changes.until_planned(unit, wanted, rows))
    return changed


def _stretches(rows: Sequence[Known]) -> list[Stretch]:
    return [row.stretch for row in rows]


def _is_live(rows: Sequence[Known], day: dt.date) -> bool:
    return any(row.stretch.is_live(day) for row in rows)


def _last(rows: Sequence[Known], day: dt.date) -> str:
    """Return what held on the day, or last before it."""
    earlier = [row for row in rows if row.stretch.from_on <= day] or list(rows)
    return str(earlier[-1].stretch.value[0]) if earlier else ""
