"""A go at a knowledge check, with what has been answered in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from courses.grading import Response
from courses.models import Attempt
from courses.reading import Line


@dataclass(frozen=True)
class Given:
    """An answer as stored."""

    response: Response
    is_right: bool


FIRST, SECOND = 1, 2
Turn = tuple[str, int]
"""A question, and whether it is asked the first or the second time."""


@dataclass(frozen=True)
class Sitting:
    """An attempt and its answers, by turn."""

    pk: int
    number: int
    edition_id: int
    question_ids: tuple[str, ...]
    finished_at: dt.datetime | None
    is_passed: bool
    answers: Mapping[Turn, Given]

    @property
    def is_open(self) -> bool:
        """Whether something is still unanswered."""
        return self.finished_at is None

    @property
    def returned(self) -> tuple[str, ...]:
        """The questions that are asked once more: those answered wrong, when all have been answered once."""
        first = [self.answers.get((id_, FIRST)) for id_ in self.question_ids]
        if not all(first):
            return ()
        wrong = (id_ for id_, given in zip(self.question_ids, first, strict=True) if given and not given.is_right)
        return tuple(id_ for id_ in wrong if self.is_open or (id_, SECOND) in self.answers)

    @property
    def asked(self) -> tuple[Turn, ...]:
        """What is asked, in order; what comes back last."""
        return tuple((id_, FIRST) for id_ in self.question_ids) + tuple((id_, SECOND) for id_ in self.returned)

    def standing(self, question_id: str) -> Given | None:
        """Return the answer that counts: the second where there is one."""
        return self.answers.get((question_id, SECOND)) or self.answers.get((question_id, FIRST))

    @property
    def right(self) -> int:
        """How many questions were right in the end."""
        return sum(given.is_right for id_ in self.question_ids if (given := self.standing(id_)))

    @property
    def is_answered(self) -> bool:
        """Whether nothing is left to ask."""
        return all(turn in self.answers for turn in self.asked)

    @property
    def next_number(self) -> int:
        """The number, from 1, of the first turn without an answer; the last one's if there is none."""
        left = (number for number, turn in enumerate(self.asked, start=1) if turn not in self.answers)
        return next(left, len(self.asked))


_COLUMNS = (
    "pk",
    "number",
    "edition_id",
    "question_ids",
    "finished_at",
    "is_passed",
    "answers__question_id",
    "answers__turn",
    "answers__response",
    "answers__is_right",
)


def sittings_of(round_id: int | None, line: Line) -> list[Sitting]:
    """Return the attempts at a check in a round, as worded now, the latest first; one query."""
    attempts = Attempt.objects.filter(round=round_id, step_key=line.key, material_revision=line.material_revision)
    found: dict[int, tuple[Sitting, dict[Turn, Given]]] = {}
    for *own, question_id, turn, response, is_right in attempts.order_by("-number").values_list(*_COLUMNS):
        pk, number, edition_id, question_ids, finished_at, is_passed = own
        if pk not in found:
            answers: dict[Turn, Given] = {}
            found[pk] = (
                Sitting(pk, number, edition_id, tuple(question_ids), finished_at, bool(is_passed), answers),
                answers,
            )
        if question_id is not None:
            found[pk][1][question_id, turn] = Given(response, is_right)
    return [sitting for sitting, _answers in found.values()]
