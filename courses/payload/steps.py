"""Steps: what a module is made of. A new kind is a struct here, with the same first fields as the others."""

from __future__ import annotations

from typing import Annotated

import msgspec

from courses.payload.blocks import Block, Question, sources_of
from courses.payload.exercises import Cases, Dialogue, Judgement

Percent = Annotated[int, msgspec.Meta(ge=1, le=100)]


class Lesson(msgspec.Struct, frozen=True, kw_only=True, tag="lesson", tag_field="kind"):
    """A step to read, with questions to practise on."""

    key: str
    slug: str
    title: str
    minutes: int
    objectives: tuple[str, ...] = ()
    content_note: str = ""
    blocks: tuple[Block, ...] = ()
    material_revision: int = 1

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions in the order of the page."""
        return tuple(block for block in self.blocks if isinstance(block, Question))

    @property
    def source_keys(self) -> tuple[str, ...]:
        """Keys of the legal sources that the step rests on, sorted."""
        return tuple(sorted(set().union(*(sources_of(block) for block in self.blocks))))


class Check(msgspec.Struct, frozen=True, kw_only=True, tag="check", tag_field="kind"):
    """A knowledge check: `draw` of the questions are asked, `pass_percent` of them must be right."""

    key: str
    slug: str
    title: str
    minutes: int
    questions: tuple[Question, ...]
    draw: int
    pass_percent: Percent
    introduction: str = ""
    material_revision: int = 1

    @property
    def source_keys(self) -> tuple[str, ...]:
        """Keys of the legal sources that the questions rest on, sorted."""
        return tuple(sorted(set().union(*(question.sources for question in self.questions))))


Exercise = Cases | Judgement | Dialogue
StepContent = Lesson | Check | Exercise
