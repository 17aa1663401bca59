"""What a manager may see of the persons in a line of departments: done, not done, overdue, exempt, and days."""

from __future__ import annotations

import datetime as dt
import enum
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from courses.assignments import targets_on
from organisation.models import Employment, User
from organisation.tree import Tree
from organisation.work import works_of
from reports.record import absences_by_person, done_by_person, exempt_on, terms_on
from reports.standing import Standing, Terms, standing
from reports.targets import meant_by


class Status(enum.StrEnum):
    """Where a person stands with a module, as far as it is the manager's business; the most urgent first."""

    OVERDUE = "overdue"
    NOT_DONE = "not_done"
    DONE = "done"
    EXEMPT = "exempt"


class PersonStatus(NamedTuple):
    """One person and one module. `departments` are those of the employments that it concerns.

    `due_on` is the last day to be done, or to be done again; `None` without one.
    """

    person_id: int
    module_id: int
    departments: frozenset[int]
    status: Status
    completed_on: dt.date | None = None
    due_on: dt.date | None = None
    waits_for_refresher: bool = False


@dataclass(frozen=True)
class Share:
    """How many of the persons of a department, with everything below it, are where."""

    overdue: int
    not_done: int
    done: int
    exempt: int

    @property
    def target(self) -> int:
        """All but the exempt."""
        return self.overdue + self.not_done + self.done

    @property
    def before_overdue(self) -> int:
        """Where the overdue begin in a bar that shows the done first."""
        return self.done + self.not_done

    @property
    def percent(self) -> int:
        """How many of a hundred are done, rounded down so that only all of them is 100."""
        return 100 * self.done // self.target if self.target else 0


@dataclass(frozen=True)
class LineStatuses:
    """Everybody in a line of departments, with every module that somebody there is to take."""

    tree: Tree
    terms: Mapping[int, Terms]
    statuses: list[PersonStatus]

    @property
    def modules(self) -> list[Terms]:
        """The modules that concern somebody, by title."""
        concerned = {status.module_id for status in self.statuses}
        return sorted((self.terms[module] for module in concerned), key=lambda terms: terms.title)

    def of_module(self, module_id: int) -> list[PersonStatus]:
        """Everybody whom the module concerns."""
        return [status for status in self.statuses if status.module_id == module_id]

    def share(self, module_id: int, departments: Iterable[int]) -> Share:
        """Count each person once in these departments with everything below them."""
        below = frozenset().union(*(self.tree.below(department) for department in departments))
        return share_of(Counter(status.status for status in self.of_module(module_id) if status.departments & below))

    def shares(self, module_id: int) -> dict[int, Share]:
        """Count each person once in every department at or above the employments; departments with nobody are absent."""
        found: dict[int, Counter[Status]] = defaultdict(Counter)
        # Most work in the same few departments, so each of those is gone through once.
        alike = Counter((status.departments, status.status) for status in self.of_module(module_id))
        for (departments, status), count in alike.items():
            for department in self.tree.all_above(departments):
                found[department][status] += count
        return {department: share_of(count) for department, count in found.items()}


def share_of(count: Counter[Status]) -> Share:
    """Return what has been counted."""
    return Share(**{status.value: count[status] for status in Status})


def statuses_in(departments: frozenset[int], day: dt.date, tree: Tree) -> LineStatuses:
    """Return where everybody employed in the departments stands that day; seven queries, whatever the number of persons.

    Employments elsewhere count for the due day, as in the figures, and are never shown.
    """
    here = Employment.objects.on(day).filter(department__in=departments).values("user")
    begun = works_of(Employment.objects.known_at(None).filter(user__in=here, from_on__lte=day))
    terms = terms_on(day)
    meant = {key: value for key, value in meant_by(targets_on(day), tree, begun, day).items() if key[0] in terms}
    people = {person for _module, person in meant}
    exempt = exempt_on(day, people=people)
    completions, absences = done_by_person(day, people=people), absences_by_person(people=people)
    found = []
    for key, value in meant.items():
        module, person = key
        if inside := frozenset(value.departments & departments):
            where = standing(day, terms[module], value.periods, completions.get(key, []), absences.get(person, []))
            found.append(_person_status(person, module, inside, where, is_exempt=key in exempt))
    return LineStatuses(tree, terms, found)


def _person_status(person: int, module: int, departments: frozenset[int], where: Standing, *, is_exempt: bool) -> PersonStatus:
    if is_exempt:
        return PersonStatus(person, module, departments, Status.EXEMPT)
    status = Status.OVERDUE if where.is_overdue else Status.DONE if where.is_completed else Status.NOT_DONE
    due_on = where.valid_through if where.is_completed else where.due_on
    return PersonStatus(person, module, departments, status, where.completed_on, due_on, where.waits_for_refresher)


_SWEDISH = str.maketrans({"å": "{", "ä": "|", "ö": "}"})


def in_swedish_order(person: User) -> tuple[str, str]:
    """Return what sorts names as in a Swedish register: å, ä, ö last."""
    return person.last_name.lower().translate(_SWEDISH), person.first_name.lower().translate(_SWEDISH)
