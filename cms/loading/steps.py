"""Steps of the text files: which page each is, and what stands in its fields."""

from __future__ import annotations

from functools import singledispatch
from typing import Any

from cms.loading.dialogues import dialogue_stream
from cms.loading.streams import StreamWriter
from cms.models import CasesPage, DialoguePage, JudgementPage, KnowledgeCheckPage, LessonPage
from cms.models.modules import StepPage
from cms.starter.exercise_texts import CasesText, DialogueText, JudgementText
from cms.starter.texts import CheckText, LessonText, StepText

Values = dict[str, Any]


@singledispatch
def page_of(text: StepText | CheckText, writer: StreamWriter) -> tuple[type[StepPage], Values]:
    """Return the kind of page that the step becomes, and the values of its fields."""
    raise TypeError(f"no page is made from {type(text).__name__}")


@page_of.register
def _lesson(text: LessonText, writer: StreamWriter) -> tuple[type[StepPage], Values]:
    return LessonPage, _common(text) | {"body": writer.stream(text.blocks)}


@page_of.register
def _cases(text: CasesText, writer: StreamWriter) -> tuple[type[StepPage], Values]:
    own = {"introduction": writer.stream(text.introduction), "cases": writer.stream(text.cases)}
    return CasesPage, _common(text) | own


@page_of.register
def _judgement(text: JudgementText, writer: StreamWriter) -> tuple[type[StepPage], Values]:
    own = {"layers": writer.stream(text.layers), "conclusion": writer.stream([text.conclusion])}
    return JudgementPage, _common(text) | _situation(text) | own


@page_of.register
def _dialogue(text: DialogueText, writer: StreamWriter) -> tuple[type[StepPage], Values]:
    own = {"setting": text.setting.html, "body": dialogue_stream(text, writer)}
    return DialoguePage, _common(text) | _situation(text) | own


@page_of.register
def _check(text: CheckText, writer: StreamWriter) -> tuple[type[StepPage], Values]:
    return KnowledgeCheckPage, {
        "title": text.title,
        "slug": text.slug,
        "minutes": text.minutes,
        "draw": text.draw,
        "pass_percent": text.pass_percent,
        "questions": writer.stream(text.questions),
    }


def _common(text: StepText) -> Values:
    return {
        "title": text.title,
        "slug": text.slug,
        "minutes": text.minutes,
        "objectives": ", ".join(text.objective_ids),
        "content_note": text.content_note,
    }


def _situation(text: JudgementText | DialogueText) -> Values:
    return {"workplaces": list(text.workplaces), "milieu": text.milieu, "gender": text.gender}
