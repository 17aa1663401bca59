"""What a coordinator may ask for. Each draws itself into the organisation, with every reason why it cannot be done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisation.models import DepartmentSuccession, Reorganisation, User
from organisation.reorganising.draft import TOP, Draft, NewDepartment

Kind = Reorganisation.Kind


class Request(Protocol):
    """Something that is asked for."""

    @property
    def kind(self) -> Kind: ...
    def draw(self, draft: Draft) -> None: ...


@dataclass(frozen=True)
class Opening:
    """A new department, below `parent` or at the top."""

    kind: ClassVar[Kind] = Kind.OPENING
    new: NewDepartment
    parent: str = TOP

    def draw(self, draft: Draft) -> None:
        draft.open(self.new, self.parent)


@dataclass(frozen=True)
class Renaming:
    """Another name or kind."""

    kind: ClassVar[Kind] = Kind.RENAMING
    unit: str
    name: str
    kind_of_department: str

    def draw(self, draft: Draft) -> None:
        if draft.has(self.unit):
            draft.rename(self.unit, self.name, self.kind_of_department)


@dataclass(frozen=True)
class Managing:
    """Those of `leaving`, by employee number, answer for the department no longer, and `joining` does too."""

    kind: ClassVar[Kind] = Kind.MANAGING
    unit: str
    leaving: tuple[str, ...] = ()
    joining: User | None = None

    def draw(self, draft: Draft) -> None:
        if not draft.has(self.unit):
            return
        for number in self.leaving:
            draft.dismiss(self.unit, number)
        if self.joining:
            draft.appoint(self.unit, self.joining)


@dataclass(frozen=True)
class Moving:
    """Another place, below `parent` or at the top."""

    kind: ClassVar[Kind] = Kind.MOVING
    unit: str
    parent: str

    def draw(self, draft: Draft) -> None:
        if self.unit in draft.known.other_principals and self.parent != TOP:
            about = {"name": draft.name(self.unit)}
            draft.refuse(_("%(name)s is another principal and stands at the top. Take that mark away first.") % about)
        if draft.has(self.unit) and (self.parent == TOP or draft.has(self.parent)):
            draft.move(self.unit, self.parent)


@dataclass(frozen=True)
class Merging:
    """Several departments become one: `into`, which is there, or `new` below `parent`."""

    kind: ClassVar[Kind] = Kind.MERGING
    units: tuple[str, ...]
    into: str = ""
    new: NewDepartment | None = None
    parent: str = TOP

    def draw(self, draft: Draft) -> None:
        units = [unit for unit in dict.fromkeys(self.units) if unit != self.into]
        if len(units) < (2 if self.new else 1):
            draft.refuse(_("Choose at least two departments to merge."))
        if not self._is_sound(draft, units):
            return
        goal = self.into
        if self.new:
            goal = self.new.unit
            draft.open(self.new, self.parent)
        draft.read_people([*units, goal])
        for unit in units:
            draft.move_from_below(unit, lambda _one: goal)
        draft.move_people(units, lambda _person: goal)
        draft.read_successions()
        for unit in units:
            draft.close(unit)
            draft.succeed(unit, [goal], DepartmentSuccession.Kind.MERGED)

    def _is_sound(self, draft: Draft, units: list[str]) -> bool:
        are_there = [draft.has(unit) for unit in units]
        return all(are_there) and (self.new is not None or draft.stays(self.into))


@dataclass(frozen=True)
class Splitting:
    """One department becomes several. Whoever is not mentioned in `people` or `below` goes with the first part."""

    kind: ClassVar[Kind] = Kind.SPLITTING
    unit: str
    parts: tuple[NewDepartment, ...]
    people: Mapping[int, str] = field(default_factory=dict)
    below: Mapping[str, str] = field(default_factory=dict)

    def draw(self, draft: Draft) -> None:
        units = [part.unit for part in self.parts]
        if len(units) < 2:
            draft.refuse(_("Choose at least two new departments."))
        if not draft.has(self.unit) or draft.reasons:
            return
        for part in self.parts:
            draft.open(part, draft.parent(self.unit))
        draft.read_people([self.unit])
        draft.move_from_below(self.unit, lambda one: _one_of(units, self.below.get(one)))
        draft.move_people([self.unit], lambda person: _one_of(units, self.people.get(person)))
        draft.close(self.unit)
        draft.read_successions()
        draft.succeed(self.unit, units, DepartmentSuccession.Kind.SPLIT)


def _one_of(units: list[str], chosen: str | None) -> str:
    return chosen if chosen in units else units[0]


@dataclass(frozen=True)
class Closing:
    """A department ends; people go to `move_to`, and so does what stands below it, if that does not end too."""

    kind: ClassVar[Kind] = Kind.CLOSING
    unit: str
    move_to: str = ""
    with_below: bool = False

    def draw(self, draft: Draft) -> None:
        if not draft.has(self.unit):
            return
        ends = list(self._ends(draft, self.unit)) if self.with_below else [self.unit]
        if self.move_to in ends:
            draft.refuse(_("Choose a department that is not closed to move people to."))
            return
        if self.move_to and not draft.stays(self.move_to):
            return
        draft.read_people([*ends, *([self.move_to] if self.move_to else [])])
        self._empty(draft, ends)
        for unit in reversed(ends):
            draft.close(unit)

    def _empty(self, draft: Draft, ends: list[str]) -> None:
        """Move what remains, or say what is in the way."""
        below, staff = [] if self.with_below else draft.below(self.unit), draft.employed_in(ends)
        if self.move_to:
            draft.move_from_below(self.unit, lambda one: one if one in ends else self.move_to)
            draft.move_people(ends, lambda _person: self.move_to)
            return
        name = draft.name(self.unit)
        if below:
            names = ", ".join(sorted(draft.name(one) for one in below))
            draft.refuse(
                _("Below %(name)s there are departments: %(names)s. Say where they are to stand, or close them too.")
                % {"name": name, "names": names}
            )
        if staff:
            draft.refuse(
                ngettext(
                    "%(count)s person works in %(name)s that day or later. Say where that person is to work.",
                    "%(count)s persons work in %(name)s that day or later. Say where they are to work.",
                    len(staff),
                )
                % {"name": name, "count": len(staff)}
            )

    def _ends(self, draft: Draft, unit: str, seen: frozenset[str] = frozenset()) -> Iterator[str]:
        """Yield the department and everything below it, each before what is below it."""
        yield unit
        for one in draft.below(unit):
            if one not in seen:
                yield from self._ends(draft, one, seen | {unit})
