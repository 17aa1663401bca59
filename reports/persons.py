"""The persons behind a department's numbers: each once, with every module that concerns her, as far as a manager may see."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Max

from organisation.models import User
from organisation.tree import Tree
from reports.managing import days_of
from reports.models import Notice
from reports.standing import Terms
from reports.statuses import LineStatuses, PersonStatus, Share, Status, in_swedish_order, share_of

ORDER = list(Status)


@dataclass(frozen=True)
class Choice:
    """Whom a list is about: those in a department with everything below it, perhaps only one module or one status."""

    department: int
    module: Terms | None = None
    status: Status | None = None


@dataclass(frozen=True)
class ModuleLine:
    """Where a person stands with one module; `days` is a sentence."""

    module: Terms
    status: Status
    days: str
    completed_on: dt.date | None
    due_on: dt.date | None


def reminded_of(people: Collection[int]) -> dict[tuple[int, int], dt.date]:
    """Return the day of the latest mail to these persons about a module, by (person, module); one query."""
    sent = Notice.objects.filter(user__in=people, is_passed_over=False).exclude(mailing__sent_at=None)
    latest = sent.values_list("user_id", "module_id").annotate(Max("on"))
    return {(person, module): day for person, module, day in latest}


@dataclass(frozen=True)
class Entry:
    """A person on the list. `status` is the most urgent one, `units` the names of where she works."""

    person: User
    units: str
    status: Status
    lines: list[ModuleLine]

    @property
    def name(self) -> str:
        return self.person.get_full_name()

    @property
    def has_address(self) -> bool:
        """Whether mail reaches her."""
        return bool(self.person.email)


@dataclass(frozen=True)
class Roll:
    """A list of persons. `share` counts all whom the department and the module concern, each as what is most urgent for her;
    `hidden` of those chosen have a protected identity and do not stand on the list.
    """

    share: Share
    entries: list[Entry]
    hidden: int


def roll_of(statuses: LineStatuses, people: Mapping[int, User], names: Mapping[int, str], choice: Choice) -> Roll:
    """Return the list, the most urgent first. `people` are those whom the viewer may see as persons."""
    of_person = _by_person(statuses, choice)
    worst = {person: most_urgent(found) for person, found in of_person.items()}
    chosen = {person for person, status in worst.items() if choice.status in (None, status)}
    entries = [
        _entry(people[person], worst[person], of_person[person], statuses.terms, names)
        for person in chosen & people.keys()
        if not people[person].is_protected
    ]
    entries.sort(key=lambda entry: (ORDER.index(entry.status), in_swedish_order(entry.person), entry.person.pk))
    return Roll(share_of(Counter(worst.values())), entries, len(chosen) - len(entries))


def shares_of_persons(statuses: LineStatuses, module: Terms | None = None) -> dict[int, Share]:
    """Count, for each department with everything below it, each person once, as what is most urgent for her there."""
    of_person: dict[int, set[tuple[frozenset[int], Status]]] = defaultdict(set)
    for one in _of_module(statuses, module):
        of_person[one.person_id].add((one.departments, one.status))
    found: dict[int, Counter[Status]] = defaultdict(Counter)
    # Most stand as others do in the same departments, so each way to stand is gone through once.
    for stands, count in Counter(map(frozenset, of_person.values())).items():
        for department, status in _worst(statuses.tree, stands).items():
            found[department][status] += count
    return {department: share_of(count) for department, count in found.items()}


def _worst(tree: Tree, stands: Iterable[tuple[frozenset[int], Status]]) -> dict[int, Status]:
    """Return what is most urgent for one person in each department at or above where she works."""
    found: dict[int, Status] = {}
    for departments, status in sorted(stands, key=lambda stand: ORDER.index(stand[1]), reverse=True):
        found |= dict.fromkeys(tree.all_above(departments), status)
    return found


def most_urgent(statuses: Iterable[PersonStatus]) -> Status:
    """Return what is most urgent for one person. Whoever is exempt from one module and done with the others is done."""
    found = {status.status for status in statuses}
    return next(status for status in ORDER if status in found)


def _by_person(statuses: LineStatuses, choice: Choice) -> Mapping[int, list[PersonStatus]]:
    below = statuses.tree.below(choice.department)
    found: dict[int, list[PersonStatus]] = defaultdict(list)
    for status in _of_module(statuses, choice.module):
        if status.departments & below:
            found[status.person_id].append(status)
    return found


def _of_module(statuses: LineStatuses, module: Terms | None) -> list[PersonStatus]:
    return statuses.statuses if module is None else statuses.of_module(module.module_id)


def _entry(
    person: User, worst: Status, statuses: list[PersonStatus], terms: Mapping[int, Terms], names: Mapping[int, str]
) -> Entry:
    lines = [
        ModuleLine(terms[one.module_id], one.status, days_of(one), one.completed_on, one.due_on)
        for one in sorted(statuses, key=lambda one: (ORDER.index(one.status), terms[one.module_id].title))
    ]
    units = sorted({names.get(department, "") for one in statuses for department in one.departments})
    return Entry(person, ", ".join(units), worst, lines)
