"""Which questions of the knowledge checks many get wrong at first: numbers only, and only of ten persons or more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import Count, Q

from courses.models import Answer, Edition
from courses.payload import Check
from courses.payload.edition import read_payload

FEWEST = 10
"""So many must have answered."""
FEWEST_OF_A_KIND = 5
"""So many must have been wrong, and so many right, or either could be told apart."""
MOST_SHOWN = 5


@dataclass(frozen=True)
class Hard:
    """A question, and how many answered it the first time that they took the check, and wrongly. Each person counts once."""

    module: str
    objective: str
    question: str
    answers: int
    wrong: int


def hard_questions(editions: Collection[Edition]) -> list[Hard]:
    """Return for each edition's module the questions that the largest share got wrong, the hardest first; one query.

    Questions that the edition no longer has are left out.
    """
    first = Answer.objects.filter(turn=1, attempt__number=1, round__module__in=[edition.module_id for edition in editions])
    rows = first.values_list("round__module_id", "question_id").annotate(
        persons=Count("round__user", distinct=True), wrong=Count("round__user", distinct=True, filter=Q(is_right=False))
    )
    counted: dict[int, dict[str, tuple[int, int]]] = defaultdict(dict)
    for module, question, persons, wrong in rows:
        if persons >= FEWEST and min(wrong, persons - wrong) >= FEWEST_OF_A_KIND:
            counted[module][question] = persons, wrong
    return [hard for edition in editions for hard in _hardest(edition, counted[edition.module_id])]


def _hardest(edition: Edition, counted: dict[str, tuple[int, int]]) -> list[Hard]:
    if not counted:
        return []
    found = sorted(_of(edition, counted), key=lambda one: (-one.wrong / one.answers, one.question))
    return found[:MOST_SHOWN]


def _of(edition: Edition, counted: dict[str, tuple[int, int]]) -> Iterator[Hard]:
    content = read_payload(edition.payload).content
    objectives = {objective.id: objective.text for objective in content.objectives}
    for step in content.steps:
        if isinstance(step, Check):
            for question in step.questions:
                if question.id in counted:
                    answers, wrong = counted[question.id]
                    yield Hard(edition.module.slug, objectives.get(question.objective, ""), question.text, answers, wrong)
