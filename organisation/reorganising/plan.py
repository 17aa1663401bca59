"""What a reorganisation would do: for whoever decides about it, and for those who write it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from organisation.hr.periods import Edits
from organisation.hr.state import CurrentOrganisation
from organisation.models import Reorganisation
from organisation.reorganising.checking import check
from organisation.reorganising.draft import Draft, Line
from organisation.reorganising.requests import Request
from organisation.reorganising.sheets import holding


@dataclass(frozen=True)
class Staff:
    """How many persons work in a department on the day, and how many would."""

    name: str
    before: int
    after: int


@dataclass(frozen=True)
class Plan:
    """Everything that would change from `day` on. With `reasons` nothing of it may be done."""

    request: Request
    day: dt.date
    reasons: Sequence[str]
    lines: Sequence[Line]
    created: Sequence[str]
    names: Edits
    places: Edits
    managers: Edits
    people: Edits
    succeeding: Edits
    successions: Sequence[tuple[str, str]]
    touched: frozenset[str]
    staff: Sequence[Staff]
    takes_back: Reorganisation | None

    @property
    def changes_anything(self) -> bool:
        """Whether there is something to write."""
        return any(edit.withdrawn or edit.ended or edit.added for edit in self._edits)

    @property
    def fingerprint(self) -> str:
        """The same as long as the same would be written."""
        edits = [(edit.withdrawn, sorted(edit.ended.items()), sorted(edit.added, key=repr)) for edit in self._edits]
        told = repr((self.request.kind, self.day, self.created, edits, self.successions))
        return hashlib.sha256(told.encode()).hexdigest()

    @property
    def _edits(self) -> tuple[Edits, ...]:
        return self.names, self.places, self.managers, self.people, self.succeeding


def plan_of(request: Request, day: dt.date, today: dt.date) -> Plan:
    """Return what the request would change from `day` on. `today` decides what ends where it stands.

    A fixed number of queries.
    """
    draft = Draft.of(CurrentOrganisation().departments, day, today)
    request.draw(draft)
    if not draft.reasons:
        check(draft)
    plan = Plan(
        request,
        day,
        draft.reasons,
        draft.lines,
        draft.created,
        draft.names.edits(today),
        draft.places.edits(today),
        draft.managers.edits(today),
        draft.people.edits(today),
        draft.succeeding.edits(today),
        successions=draft.successions,
        touched=_touched(draft),
        staff=_staff(draft),
        takes_back=draft.takes_back,
    )
    if not plan.reasons and not plan.changes_anything:
        draft.refuse(_("Nothing would change."))
    return plan


def _touched(draft: Draft) -> frozenset[str]:
    succeeding = {unit for pair in draft.succeeding.wanted for unit in pair}
    managed = {unit for unit, _who in draft.managers.wanted}
    employing = {unit for _who, unit in draft.people.wanted}
    return frozenset({*draft.names.wanted, *draft.places.wanted, *succeeding, *managed, *employing})


def _staff(draft: Draft) -> list[Staff]:
    keys = draft.people.about()
    before = Counter(key[1] for key in keys if holding(draft.people.before(key), draft.day))
    after = Counter(key[1] for key in keys if holding(draft.people.of(key), draft.day))
    return [Staff(draft.name(unit), before[unit], after[unit]) for unit in sorted({*before, *after}, key=draft.name)]
