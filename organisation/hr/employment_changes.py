"""What a file of people changes in employments and absences, person by person, so that a large one needs little memory."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from organisation.hr.periods import Edits, Known, Stretch, Value, as_planned, as_the_file_says, first_turn, joined
from organisation.hr.rows import ONE_DAY, Period, PersonRow

Where = tuple[str, str]
"""(employee number, id of a department)"""

LARGE_SHARE = 0.05
"""A file that ends a larger share of the employments than this is probably not whole."""


@dataclass
class EmploymentChanges:
    """What happens to employments; the lists hold employee numbers with ids of departments, and what was and is."""

    as_of: dt.date
    today: dt.date
    scope: Collection[str]
    edits: Edits
    planned: Mapping[str, Collection[dt.date]] = field(default_factory=dict)
    """The days of planned reorganisations of a department, by its id."""
    new: list[tuple[str, ...]] = field(default_factory=list)
    moved: list[tuple[str, ...]] = field(default_factory=list)
    changed: list[tuple[str, ...]] = field(default_factory=list)
    corrected: list[tuple[str, ...]] = field(default_factory=list)
    ended: list[tuple[str, ...]] = field(default_factory=list)
    unchanged: int = 0
    live_before: int = 0
    left: set[str] = field(default_factory=set)
    """Who has no employment any more, today or later."""
    returned: set[str] = field(default_factory=set)
    """Who had none and has one again."""
    unmentioned: set[str] = field(default_factory=set)
    """Who has employments that the file could speak about, and is not in it."""
    _values: dict[tuple[str, bool], tuple[str, bool]] = field(default_factory=dict)

    def change_person(self, number: str, known: Mapping[str, Sequence[Known]], rows: Sequence[PersonRow]) -> None:
        """Compare what is known of one person's employments, by department, with the person's rows in the file."""
        said = self._said(rows)
        if self.planned and rows:
            self._keep_planned(known, said)
        began: list[Where] = []
        ended: list[Where] = []
        works = worked = False
        for unit in sorted(known.keys() | said.keys()):
            now = known.get(unit, ())
            wanted = self._change((number, unit), now, said.get(unit, ()), began, ended)
            worked |= any(row.stretch.is_live(self.today) for row in now)
            works |= any(stretch.is_live(self.today) for stretch in wanted)
        self._pair(began, ended)
        if not rows and any(unit in self.scope for unit in known):
            self.unmentioned.add(number)
        if not works:
            self.left.add(number)
        elif known and not worked:
            self.returned.add(number)

    @property
    def is_large(self) -> bool:
        """Whether more employments end than a whole file would end. A person who is moved is not counted."""
        return len(self.ended) > LARGE_SHARE * self.live_before

    def _said(self, rows: Sequence[PersonRow]) -> dict[str, list[Stretch]]:
        said: dict[str, list[Stretch]] = defaultdict(list)
        for row in rows:
            value = (row.occupation, row.meets_young)
            said[row.unit].append(Stretch(*row.period, self._values.setdefault(value, value)))
        return {unit: sorted(stretches) for unit, stretches in said.items()}

    def _keep_planned(self, known: Mapping[str, Sequence[Known]], said: dict[str, list[Stretch]]) -> None:
        """Let a planned reorganisation move whoever works, by the file too, where it ends until the day before it."""
        now = {unit: [row.stretch for row in rows] for unit, rows in known.items() if unit in self.planned}
        turns = {unit: first_turn(stretches, self.planned[unit]) for unit, stretches in now.items()}
        stays = {day for unit, day in turns.items() if day and any(one.from_on < day < one.end for one in said.get(unit, ()))}
        for unit, day in turns.items():
            if day and day in stays:
                said[unit] = as_planned(said.get(unit, ()), now[unit], day)

    def _change(
        self, where: Where, now: Sequence[Known], said: Sequence[Stretch], began: list[Where], ended: list[Where]
    ) -> Sequence[Stretch]:
        """Note what happens in one department, and return what holds there afterwards."""
        before = [row.stretch for row in now]
        if not said and where[1] not in self.scope:
            return before
        lived = any(stretch.is_live(self.as_of) for stretch in before)
        self.live_before += lived
        wanted = as_the_file_says(before, said, self.as_of) if before != said else said
        lives = any(stretch.is_live(self.as_of) for stretch in wanted)
        if before == wanted or not self.edits.change(where, now, wanted):
            self.unchanged += lives
        elif lives != lived:
            (began if lives else ended).append(where)
        else:
            self._note(where, before, wanted)
        return wanted

    def _note(self, where: Where, before: Sequence[Stretch], wanted: Sequence[Stretch]) -> None:
        is_changed = before and before[-1].value != wanted[-1].value if wanted else False
        if is_changed:
            self.changed.append((*where, _occupation(before[-1].value), _occupation(wanted[-1].value)))
        else:
            self.corrected.append((*where, _days(before), _days(wanted)))

    def _pair(self, began: Sequence[Where], ended: Sequence[Where]) -> None:
        """An employment that ends and one that begins are one move."""
        pairs = min(len(began), len(ended))
        self.moved += [(number, old, new) for (number, old), (_number, new) in zip(ended, began, strict=False)]
        self.new += began[pairs:]
        self.ended += ended[pairs:]


def _occupation(value: Value) -> str:
    """Return an employment's values as the file has them: occupation, and whether it meets children and young people."""
    occupation, meets_young = value
    return f"{occupation}, {'ja' if meets_young else 'nej'}"


def _days(stretches: Sequence[Stretch]) -> str:
    """Return the first and last days as the file has them; without a last day if there is none."""
    return ", ".join(
        f"{one.from_on.isoformat()}–{(one.until_on - ONE_DAY).isoformat() if one.until_on else ''}" for one in joined(stretches)
    )


@dataclass
class AbsenceChanges:
    """What happens to absences; `changed` counts the persons."""

    as_of: dt.date
    edits: Edits
    changed: int = 0

    def change_person(self, number: str, now: Sequence[Known], rows: Sequence[PersonRow]) -> None:
        """Compare a person's known absences with those in the file."""
        said = [Stretch(*period, ()) for period in merged([row.absence for row in rows if row.absence])]
        wanted = as_the_file_says([row.stretch for row in now], said, self.as_of)
        self.changed += self.edits.change(number, now, wanted)


def merged(periods: Sequence[Period]) -> list[Period]:
    """Return the same days without overlaps: who is away from two employments is away once."""
    found: list[Period] = []
    for from_on, until_on in sorted(periods, key=lambda period: period[0]):
        if found and (found[-1][1] is None or from_on <= found[-1][1]):
            ends = [found[-1][1], until_on]
            found[-1] = (found[-1][0], None if None in ends else max(end for end in ends if end))
        else:
            found.append((from_on, until_on))
    return found
