"""Reads everything that an answer is made from, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from organisation.models import Department
from organisation.snapshot import snapshot
from organisation.tree import Tree, names_on
from reports.asking.areas import Area, areas_of
from reports.asking.questions import Question, Scope
from reports.bridge import Comparison, Moment
from reports.comparing import AsOf, chosen_terms, compare, moment_of
from reports.standing import Terms


@dataclass(frozen=True)
class Reading:
    """What was read for a question. `terms` has the modules of either day, by title."""

    question: Question
    scope: Scope
    later: Moment
    comparison: Comparison | None
    terms: list[Terms]
    names: Mapping[int, str]
    external_ids: Mapping[int, str]
    areas: list[Area]

    @property
    def tree(self) -> Tree:
        """The tree of the day itself."""
        return self.later.tree


def read(question: Question, scope: Scope) -> Reading:
    """Read what the question asks for, all of it as it was at one moment."""
    with snapshot():
        modules = question.modules or None
        comparison = compare(question.earlier, question.later, modules) if question.earlier else None
        later = comparison.later if comparison else moment_of(question.later, modules)
        days = [question.later] + ([AsOf(question.earlier.day)] if question.earlier else [])
        terms = {key: terms for day in reversed(days) for key, terms in chosen_terms(day, modules).items()}
        names = {key: name for day in reversed(days) for key, name in names_on(day.day).items()}
        departments = list(Department.objects.values_list("pk", "external_id", "is_other_principal"))
    external_ids = {pk: external_id for pk, external_id, _is_other in departments}
    principals = {pk for pk, _external_id, is_other in departments if is_other}
    earlier = (_tops(question, scope, comparison.earlier.tree), comparison.earlier.tree) if comparison else None
    areas = areas_of(_tops(question, scope, later.tree), later.tree, principals, earlier)
    by_title = sorted(terms.values(), key=lambda one: one.title)
    return Reading(question, scope, later, comparison, by_title, names, external_ids, areas)


def _tops(question: Question, scope: Scope, tree: Tree) -> list[int]:
    """The departments that are added up: those chosen, else all that one may ask about."""
    if question.departments:
        return list(question.departments)
    return list(tree.children.get(None, ())) if scope.is_whole_city else list(scope.line)
