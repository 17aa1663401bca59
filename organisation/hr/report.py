"""The figures and lists of an import, as plain data. Persons with protected identity are counted and never listed."""

from __future__ import annotations

from typing import Any

from organisation.hr.differences import Changes

Lines = list[tuple[str, ...]]
Counts = dict[str, dict[str, int]]
"""How many, by kind of thing and by what happens to it."""


def counts_of(changes: Changes) -> Counts:
    """Return how many of each kind of thing change in what way; what is unchanged too."""
    departments, employments, people = changes.departments, changes.employments, changes.people
    return {
        "departments": {name: len(lines) for name, lines in _department_lists(changes).items()}
        | {"unchanged": departments.unchanged},
        "employments": {name: len(lines) for name, lines in _employment_lists(changes).items()}
        | {"unchanged": employments.unchanged},
        "people": {name: len(lines) for name, lines in _people_lists(changes).items()} | {"unchanged": people.unchanged},
        "absences": {"changed": changes.absences.changed},
    }


def lists_of(changes: Changes) -> dict[str, dict[str, Lines]]:
    """Return which: departments by id, persons by employee number."""
    protected = changes.people.protected
    return {
        "departments": _department_lists(changes),
        "employments": {name: _open(lines, protected) for name, lines in _employment_lists(changes).items()},
        "people": {name: _open(lines, protected) for name, lines in _people_lists(changes).items()},
    }


def is_empty(counts: Counts) -> bool:
    """Whether nothing changes."""
    return not any(number for kinds in counts.values() for name, number in kinds.items() if name != "unchanged")


def as_data(changes: Changes, ignored: dict[str, list[str]], *, dry_run: bool) -> dict[str, Any]:
    """Return the answer of `import_hr --format json`; the lists only when nothing is done yet."""
    data: dict[str, Any] = {"as_of": changes.as_of.isoformat(), "dry_run": dry_run, **counts_of(changes), "ignored": ignored}
    return data | {"lists": lists_of(changes)} if dry_run else data


def _open(lines: Lines, protected: set[str]) -> Lines:
    return [line for line in lines if line[0] not in protected]


def _department_lists(changes: Changes) -> dict[str, Lines]:
    found = changes.departments
    return {
        "new": found.new,
        "renamed": found.renamed,
        "moved": found.moved,
        "manager": found.given_manager,
        "ended": found.closed,
    }


def _employment_lists(changes: Changes) -> dict[str, Lines]:
    found = changes.employments
    return {
        "new": found.new,
        "moved": found.moved,
        "changed": found.changed,
        "corrected": found.corrected,
        "ended": found.ended,
    }


def _people_lists(changes: Changes) -> dict[str, Lines]:
    found = changes.people
    return {
        "new": found.new,
        "renamed": found.renamed,
        "new_address": found.new_address,
        "left": found.left,
        "returned": found.returned,
    }
