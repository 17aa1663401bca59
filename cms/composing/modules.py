"""A module and its steps as plain data."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from cms.composing.blocks import compose_block, question
from cms.composing.exercises import compose_cases, compose_dialogue, compose_judgement
from cms.composing.texts import final_html, passing_id
from cms.models import CasesPage, DialoguePage, JudgementPage, KnowledgeCheckPage, LessonPage, ModulePage
from cms.models.modules import StepPage
from cms.provisions import worded_sources
from courses import payload


def compose_module(page: ModulePage) -> payload.Draft:
    """Return the module as it would be given out now: its live steps in their order."""
    steps = tuple(compose_step(step) for step in live_steps(page))
    return payload.Draft(
        slug=page.slug,
        title=page.title,
        summary=page.summary,
        for_whom=page.for_whom,
        minutes=page.minutes or sum(step.minutes for step in steps),
        responsible=page.responsible,
        review_on=page.review_on,
        objectives=tuple(payload.Objective(id=block.value["sign"], text=block.value["text"]) for block in page.objectives),
        tags=tuple(sorted(page.tags.values_list("name", flat=True))),
        steps=steps,
        sources=compose_sources(steps),
    )


def live_steps(page: ModulePage) -> list[StepPage]:
    """Return the published steps below the page, in their order."""
    return [step for step in page.get_children().live().order_by("path").specific() if isinstance(step, StepPage)]


def compose_step(page: StepPage) -> payload.StepContent:
    """Return one step as it would be given out."""
    return STEP_COMPOSERS[type(page)](page)


def _check(page: KnowledgeCheckPage) -> payload.StepContent:
    return payload.Check(
        key=page.key,
        slug=page.slug,
        title=page.title,
        minutes=page.minutes,
        introduction=final_html(page.introduction),
        questions=tuple(question(child.id or passing_id(), child.value) for child in page.questions),
        draw=page.draw,
        pass_percent=page.pass_percent,
    )


def _lesson(page: LessonPage) -> payload.StepContent:
    return payload.Lesson(
        key=page.key,
        slug=page.slug,
        title=page.title,
        minutes=page.minutes,
        objectives=tuple(page.objective_signs),
        content_note=page.content_note,
        blocks=tuple(compose_block(child) for child in page.body),
    )


def compose_sources(steps: Iterable[payload.StepContent]) -> tuple[payload.Source, ...]:
    """Return the provisions that the steps rest on, as worded and checked now."""
    return worded_sources({key for step in steps for key in step.source_keys})


STEP_COMPOSERS: dict[type[StepPage], Callable[[Any], payload.StepContent]] = {
    LessonPage: _lesson,
    CasesPage: compose_cases,
    JudgementPage: compose_judgement,
    DialoguePage: compose_dialogue,
    KnowledgeCheckPage: _check,
}
