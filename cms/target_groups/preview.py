"""What a rule means before it is saved: how many, who, and what then waits for a manager."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from courses.actions.change_audience import replaced_by
from courses.membership import DayChange, Membership, RuleTerms
from courses.models import Acceptance, Assignment, Audience, AudienceRule
from organisation.models import User
from organisation.tree import names_on
from reports.statuses import in_swedish_order

# More names than this are shown a department at a time.
MOST_NAMES = 200


@dataclass(frozen=True)
class Row:
    """A person in the target group, as listed."""

    name: str
    department: str
    occupation: str


@dataclass(frozen=True)
class Names:
    """Who is in the target group. Protected identities are counted and never listed.

    `choices` are departments to choose when there are too many for one list; `left` is how many names there was no room for.
    """

    rows: list[Row]
    protected: int
    choices: list[tuple[int, str]]
    chosen: int | None
    left: int = 0


@dataclass(frozen=True)
class Waiting:
    """An assignment that holds in some departments only when their managers have accepted it."""

    module: str
    departments: list[str]


@dataclass(frozen=True)
class Preview:
    """All that is shown before the rule is saved; `changes` is for the first day, and for today if that day has been."""

    changes: list[DayChange]
    names: Names
    replaced: list[AudienceRule]
    waiting: list[Waiting]

    @property
    def first(self) -> DayChange:
        """What it means on the first day."""
        return self.changes[0]


def preview_of(audience: Audience, terms: RuleTerms, changes: list[DayChange], department: int | None) -> Preview:
    """Return what is shown; names in one department, if one is chosen."""
    first = changes[0]
    names = names_on(first.day)
    replaced, waiting = replaced_by(audience, first.day), _waiting(audience, terms, first.day, names)
    return Preview(changes, names_of(first.after, names, department), replaced, waiting)


def names_of(membership: Membership, names: dict[int, str], department: int | None) -> Names:
    """Return the persons by name, all or those of one department with everything below it; one query."""
    by_department = membership.by_department
    choices = [(key, names.get(key, "")) for key in membership.tree.walk() if key in by_department]
    is_many = len(membership.persons) > MOST_NAMES
    chosen = department if department in by_department else None
    wanted = by_department[chosen] if chosen else frozenset() if is_many else membership.persons
    people = {person.pk: person for person in User.objects.filter(pk__in=wanted, is_protected=False)}
    protected = len(wanted) - len(people) if wanted else 0
    below = membership.tree.below(chosen) if chosen else None
    listed = sorted(
        (
            (
                in_swedish_order(people[one.user_id]),
                Row(str(people[one.user_id]), names.get(one.department_id, ""), one.occupation),
            )
            for one in membership.employments
            if one.user_id in people and (below is None or one.department_id in below)
        ),
        key=lambda pair: (pair[0], pair[1].department),
    )
    rows = [row for _order, row in listed]
    return Names(rows[:MOST_NAMES], protected, choices if is_many else [], chosen, max(len(rows) - MOST_NAMES, 0))


def _waiting(audience: Audience, terms: RuleTerms, day: dt.date, names: dict[int, str]) -> list[Waiting]:
    """What the managers of named departments have not accepted."""
    if not audience.pk:
        return []
    held = Assignment.objects.known_at(None).filter(Q(until_on=None) | Q(until_on__gt=day), audience=audience)
    found = []
    for assignment in held.select_related("module").order_by("module__title"):
        accepted = Acceptance.objects.filter(assignment=assignment).values_list("department_id", flat=True)
        if missing := terms.departments.difference(accepted):
            found.append(Waiting(assignment.module.title, sorted(names.get(key, "") for key in missing)))
    return found
