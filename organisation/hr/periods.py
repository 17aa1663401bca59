"""What periods become when a file says something else about them, from a day on and backwards. Pure; see the tests.

`now` are the rows that are known, `file` what the file says, both about one thing (a person in a department, a department's
name) and without overlaps. Values are tuples that can be compared.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

FAR = dt.date.max
Value = tuple[Any, ...]


class Stretch(NamedTuple):
    """Something was so from a day until (not including) another, or still is."""

    from_on: dt.date
    until_on: dt.date | None
    value: Value

    @property
    def end(self) -> dt.date:
        """The day after the last; far away if it is open."""
        return self.until_on or FAR

    def is_live(self, day: dt.date) -> bool:
        """Whether it holds on the day, or will."""
        return self.end > day


class Known(NamedTuple):
    """A stretch that is a row in the database."""

    pk: int
    stretch: Stretch


def from_day_on(now: Sequence[Stretch], value: Value | None, as_of: dt.date, since: dt.date) -> list[Stretch]:
    """Return what holds if `value` (or nothing) holds from `as_of` on. What was never there before begins on `since`."""
    pieces = [cut for stretch in now if (cut := _before(stretch, as_of))]
    if value is None:
        return pieces
    if pieces and pieces[-1].until_on == as_of and pieces[-1].value == value:
        return [*pieces[:-1], Stretch(pieces[-1].from_on, None, value)]
    return [*pieces, Stretch(as_of if pieces else since, None, value)]


def as_the_file_says(now: Sequence[Stretch], file: Sequence[Stretch], as_of: dt.date) -> list[Stretch]:
    """Return what holds by the file.

    Its first and last days hold backwards too. Its values hold from `as_of` on, and before that on days about which
    nothing was known. What it does not mention ends on `as_of`.
    """
    homes: list[list[Stretch]] = [[] for _ in file]
    pieces: list[Stretch] = []
    cut: dt.date | None = None
    for stretch in now:
        home = _home(stretch, file)
        if home is not None:
            homes[home].append(stretch)
            last = max(said.end for said in file if _overlap(said, stretch))
            cut = stretch.end if last < stretch.end else None
        elif cut == stretch.from_on:
            # The file ends what this one followed upon, so it never was.
            cut = stretch.end
        elif before := _before(stretch, as_of):
            pieces.append(before)
    for said, known in zip(file, homes, strict=True):
        pieces += joined(_within(said, known, as_of))
    return sorted(pieces)


def first_turn(stretches: Iterable[Stretch], days: Iterable[dt.date]) -> dt.date | None:
    """Return the first of the days on which something begins or ends."""
    turns = {day for stretch in stretches for day in (stretch.from_on, stretch.until_on)}
    return min(turns.intersection(days), default=None, key=lambda day: day or FAR)


def as_planned(wanted: Sequence[Stretch], now: Sequence[Stretch], day: dt.date) -> list[Stretch]:
    """Return `wanted` until the day, and from it on what is known already."""
    later = [Stretch(max(stretch.from_on, day), stretch.until_on, stretch.value) for stretch in now if stretch.is_live(day)]
    return [*(cut for stretch in wanted if (cut := _before(stretch, day))), *later]


def joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Return the same days and values in as few stretches as possible."""
    found: list[Stretch] = []
    for stretch in sorted(stretches):
        if found and found[-1].until_on == stretch.from_on and found[-1].value == stretch.value:
            found[-1] = Stretch(found[-1].from_on, stretch.until_on, stretch.value)
        else:
            found.append(stretch)
    return found


def _overlap(one: Stretch, other: Stretch) -> bool:
    return one.from_on < other.end and other.from_on < one.end


def _home(stretch: Stretch, file: Sequence[Stretch]) -> int | None:
    """Return the place of what the file says about the stretch: where it begins, or else the first that it meets."""
    meets = [place for place, said in enumerate(file) if _overlap(said, stretch)]
    return next((place for place in meets if file[place].from_on <= stretch.from_on), meets[0] if meets else None)


def _before(stretch: Stretch, day: dt.date) -> Stretch | None:
    if stretch.from_on >= day:
        return None
    return stretch if stretch.end <= day else Stretch(stretch.from_on, day, stretch.value)


def _within(said: Stretch, known: Sequence[Stretch], as_of: dt.date) -> Iterator[Stretch]:
    past, cursor = min(said.end, as_of), said.from_on
    for stretch in known:
        start, end = max(stretch.from_on, said.from_on), min(stretch.end, past)
        if start < end:
            if cursor < start:
                yield Stretch(cursor, start, said.value)
            yield Stretch(start, end, stretch.value)
            cursor = end
    if cursor < said.end:
        yield Stretch(cursor, said.until_on, said.value)


@dataclass
class Edits:
    """What has to be done to rows of one kind. `added` holds (whose, stretch)."""

    today: dt.date
    withdrawn: list[int] = field(default_factory=list)
    ended: dict[dt.date, list[int]] = field(default_factory=lambda: defaultdict(list))
    added: list[tuple[Any, Stretch]] = field(default_factory=list)

    def change(self, whose: Any, now: Sequence[Known], wanted: Sequence[Stretch]) -> bool:
        """Let `wanted` take the place of `now` with as few changes as possible; say whether there is any."""
        if joined([known.stretch for known in now]) == joined(wanted):
            return False
        missing = list(wanted)
        for known in now:
            if known.stretch in missing:
                missing.remove(known.stretch)
            elif ended := self._ended(known.stretch, missing):
                missing.remove(ended)
                self.ended[ended.end].append(known.pk)
            else:
                self.withdrawn.append(known.pk)
        self.added += [(whose, stretch) for stretch in missing]
        return True

    def _ended(self, stretch: Stretch, missing: Sequence[Stretch]) -> Stretch | None:
        """Return the wanted stretch that is this open one, ended on a day to come: it is ended where it stands."""
        if stretch.until_on is not None:
            return None
        same = (other for other in missing if (other.from_on, other.value) == (stretch.from_on, stretch.value))
        return next((other for other in same if self.today < other.end < FAR), None)
