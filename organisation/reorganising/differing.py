"""Says what is otherwise in a draft than in the organisation as it is: for what is called off, where no request says it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from organisation.hr.periods import Stretch, Value
from organisation.hr.rows import ONE_DAY
from organisation.reorganising.draft import Draft
from organisation.reorganising.sheets import Key, Sheet, holding
from organisation.reorganising.traces import Traces


def note_differences(draft: Draft, traces: Traces) -> None:
    """Note what becomes of each department and of the people, in the order of the departments' ids."""
    for unit in traces.begun:
        draft.note("unbegun", unit=unit, name=draft.name(unit))
    for unit in sorted(traces.places.keys() - set(traces.begun)):
        _note_place(draft, unit)
    for unit in sorted(traces.names.keys() - set(traces.begun)):
        _note_name(draft, unit)
    for unit, number in sorted(traces.managers):
        _note_manager(draft, unit, number)
    _note_people(draft)
    for unit in sorted({*traces.places, *traces.names}):
        count = _coming_again(draft.names, unit, draft.day) + _coming_again(draft.places, unit, draft.day)
        if count:
            draft.note("restored", name=draft.name(unit), count=count)


def _note_place(draft: Draft, unit: str) -> None:
    before, after = _differing(draft.places, unit, draft.day)
    if after and not before:
        draft.note("goes_on", unit=unit, name=draft.name(unit))
    elif after and before and after == _value(draft.places.of(unit), draft.day - ONE_DAY):
        draft.note("stays", unit=unit, name=draft.name(unit), after=draft.name_above(after[0]))
    elif after and before:
        draft.note_move(unit, before[0], after[0], "")


def _note_name(draft: Draft, unit: str) -> None:
    before, after = _differing(draft.names, unit, draft.day)
    if before and after and before[0] != after[0]:
        draft.note("renamed", unit=unit, before=before[0], after=after[0], until="")
    if before and after and before[1] != after[1]:
        draft.note("kind", unit=unit, name=after[0], before=before[1], after=after[1], until="")


def _note_manager(draft: Draft, unit: str, number: str) -> None:
    before, after = _differing(draft.managers, (unit, number), draft.day)
    if before != after:
        goes_on = holding(draft.managers.of((unit, number)), draft.day - ONE_DAY)
        what = "leaves" if before else "manages_on" if goes_on else "manages"
        draft.note(what, manager=number, name=draft.name(unit))


def _differing(sheet: Sheet[Key], key: Key, day: dt.date) -> tuple[Value | None, Value | None]:
    """Return what held and what is to hold on the first day from `day` on when it is not the same."""
    before, after = sheet.before(key), sheet.of(key)
    turns = {turn for one in [*before, *after] for turn in (one.from_on, one.until_on) if turn and turn > day}
    for turn in sorted({day, *turns}):
        pair = _value(before, turn), _value(after, turn)
        if pair[0] != pair[1]:
            return pair
    return None, None


def _value(stretches: Sequence[Stretch], day: dt.date) -> Value | None:
    found = holding(stretches, day)
    return found.value if found else None


def _note_people(draft: Draft) -> None:
    """Note how many go from where to where on the day; who keeps another employment there comes from nowhere."""
    left: dict[int, list[str]] = {}
    came: dict[int, list[str]] = {}
    for person, unit in sorted(draft.people.wanted):
        worked, works = (bool(holding(rows((person, unit)), draft.day)) for rows in (draft.people.before, draft.people.of))
        if worked != works:
            (came if works else left).setdefault(person, []).append(unit)
    moves = Counter((left.get(person, [""])[0], unit) for person, units in came.items() for unit in units)
    for (before, after), count in sorted(moves.items()):
        names = {"before": draft.name(before), "after": draft.name(after)} if before else {"name": draft.name(after)}
        draft.note("stay" if before else "again", count=count, **names)


def _coming_again(sheet: Sheet[str], unit: str, day: dt.date) -> int:
    """Return how many later changes hold again."""
    return len({one for one in sheet.of(unit) if one.from_on > day} - set(sheet.before(unit)))
