"""Right or wrong: a pure function of the sealed question and the answer."""

from __future__ import annotations

from dataclasses import dataclass

from courses.payload import Option, Question

Response = list[str]
"""Ids of the chosen options; for an order question all ids in the chosen order."""


class BadAnswer(ValueError):
    """The answer is none that this question allows; the text is for the person who gave it."""


@dataclass(frozen=True)
class Grade:
    """What became of an answer. `chosen` follows the response, `missed` holds right options that were not chosen."""

    is_right: bool
    chosen: tuple[Option, ...]
    missed: tuple[Option, ...]


def right_response(question: Question) -> Response:
    """Return the response that is right: chosen ids in the question's order, or all ids in their right order."""
    if question.kind == "order":
        return [option.id for option in sorted(question.options, key=lambda option: option.position)]
    return [option.id for option in question.options if option.is_right]


def grade(question: Question, response: Response) -> Grade:
    """Return the grade of a response. Raises `BadAnswer` for options of another question, none, too many or doubled ones."""
    by_id = {option.id: option for option in question.options}
    _refuse_impossible(question, response, set(by_id))
    right = right_response(question)
    is_right = response == right if question.kind == "order" else set(response) == set(right)
    missed = [] if question.kind == "order" else [by_id[id_] for id_ in right if id_ not in response]
    return Grade(is_right, tuple(by_id[id_] for id_ in response), tuple(missed))


def _refuse_impossible(question: Question, response: Response, known: set[str]) -> None:
    if not set(response) <= known:
        raise BadAnswer("foreign option")
    if len(set(response)) != len(response):
        raise BadAnswer("option twice")
    if not response:
        raise BadAnswer("no option")
    if question.kind in {"single", "true_false"} and len(response) != 1:
        raise BadAnswer("one option only")
    if question.kind == "order" and len(response) != len(known):
        raise BadAnswer("every option must have a place")
