"""Which questions of a knowledge check are asked."""

from __future__ import annotations

import random
from collections.abc import Sequence

from courses.payload import Check, Question


def draw(check: Check, seed: str) -> tuple[str, ...]:
    """Return the ids of the drawn questions, in the order in which they are asked; the same seed draws the same.

    Each objective is asked about while there is room: first one question of each, then the rest by chance.
    """
    lots = random.Random(seed)  # noqa: S311  chance, not secrecy
    shuffled = lots.sample(check.questions, len(check.questions))
    first = _one_of_each_objective(shuffled)
    rest = [question for question in shuffled if question not in first]
    drawn = (first + rest)[: check.draw]
    lots.shuffle(drawn)
    return tuple(question.id for question in drawn)


def _one_of_each_objective(questions: Sequence[Question]) -> list[Question]:
    found: dict[str, Question] = {}
    for question in questions:
        if question.objective:
            found.setdefault(question.objective, question)
    return list(found.values())
