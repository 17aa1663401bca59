"""What the learner has answered outside knowledge checks: in a lesson or in cases the latest answer stands."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from courses.models import Answer
from courses.prepared import Prepared, json_from
from courses.reading import StepInForce
from courses.rounds import PresentRound
from courses.sittings import Given


def given_answers(step: StepInForce, present: PresentRound) -> dict[str, Given]:
    """Return the learner's answers by question; no query where there can be none."""
    if not present.is_started(step.line) or present.pk is None or not step.content.questions:
        return {}
    key, revision = step.line.version
    rows = _ANSWERS.rows(round_id=present.pk, step_key=key, revision=revision)
    return {id_: Given(json_from(response), bool(right)) for id_, response, right in rows}


def _answers_query(round_id: int, step_key: str, revision: int) -> QuerySet[Answer, tuple[Any, ...]]:
    answers = Answer.objects.filter(round=round_id, attempt=None, step_key=step_key, material_revision=revision)
    return answers.values_list("question_id", "response", "is_right")


_ANSWERS = Prepared(_answers_query, round_id=-1, step_key="<step>", revision=2**31 - 1)
