"""The organisation of a day as boxes to tick, each with how many work there."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from organisation.models import Employment
from organisation.tree import Tree, names_on

# Larger trees are folded up, but for what is ticked.
UNFOLDED = 60


@dataclass(frozen=True)
class Branch:
    """One department, and those below it. `persons` counts each once, with everything below."""

    key: int
    name: str
    persons: int
    is_ticked: bool
    is_open: bool
    below: list[Branch]


def branches(day: dt.date, ticked: Collection[int]) -> list[Branch]:
    """Return the top departments with everything below, each level by name; three queries."""
    tree, names, persons = Tree.on(day), names_on(day), defaultdict[int, set[int]](set)
    for department, user in Employment.objects.on(day).values_list("department_id", "user_id"):
        for upper in tree.above(department):
            persons[upper].add(user)
    unfolds = len(tree.parents) <= UNFOLDED

    def grow(parent: int | None) -> list[Branch]:
        found = []
        for key in sorted(tree.children.get(parent, ()), key=lambda one: names.get(one, "")):
            below = grow(key)
            is_open = unfolds or any(one.is_ticked or one.is_open for one in below)
            found.append(Branch(key, names.get(key, str(key)), len(persons[key]), key in ticked, is_open, below))
        return found

    return grow(None)


def occupations_on(day: dt.date) -> dict[str, int]:
    """Return how many persons have each occupation that day, by name; one query."""
    persons: dict[str, set[int]] = defaultdict(set)
    for occupation, user in Employment.objects.on(day).values_list("occupation", "user_id"):
        persons[occupation].add(user)
    return {occupation: len(persons[occupation]) for occupation in sorted(persons)}
