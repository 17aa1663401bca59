"""Sealed blocks as HTML. What never changes is rendered once in each process; what may change stands outside it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

import msgspec
from django.conf import settings
from django.core.cache import caches
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from courses.conversation_reading import conversation_html
from courses.grading import Response
from courses.legal_status import StatusByKey, status_of
from courses.models import Edition
from courses.payload import (
    Block,
    Cases,
    Dialogue,
    Draft,
    Judgement,
    Legal,
    Lesson,
    Question,
    Source,
    StepContent,
    read_payload,
    sources_of,
)
from courses.reading import StepInForce
from courses.situation_reading import cases_html, judgement_html


@dataclass(frozen=True)
class Fragment:
    """Blocks that never change, one after the other, as HTML."""

    html: str


Part = Fragment | Legal | Question
"""What a step's page consists of: fixed HTML, a legal source with its present status, a question with the learner's answer."""


@dataclass(frozen=True)
class RenderedStep:
    """A sealed step, rendered as far as it is the same for everybody and for ever."""

    parts: tuple[Part, ...]
    sources: Mapping[str, Source]


def rendered_step(step: StepInForce) -> RenderedStep:
    """Return the rendered step; reads the sealed sources (one query) when this process has not rendered it before."""
    edition = step.module.edition
    key = f"step-{edition.pk}-{step.line.key}-{get_language()}-{settings.RELEASE}"
    found = caches["rendered"].get_or_set(key, lambda: _render(step.content, content_of(edition).sources), None)
    return cast(RenderedStep, found)


def content_of(edition: Edition) -> Draft:
    """Return what the edition sealed; a query if its payload was not fetched. Kept by each process."""
    key = f"content-{edition.pk}"
    return cast(Draft, caches["rendered"].get_or_set(key, lambda: read_payload(edition.payload).content, None))


def _render(content: StepContent, sources: Iterable[Source]) -> RenderedStep:
    used = set(content.source_keys)
    own = {source.key: source for source in sources if source.key in used}
    blocks = content.blocks if isinstance(content, Lesson) else ()
    return RenderedStep(tuple(_parts(blocks, own)), own)


def _parts(blocks: Iterable[Block], sources: Mapping[str, Source]) -> Iterator[Part]:
    """Gather what never changes between those that do."""
    fixed: list[str] = []
    for block in blocks:
        if not isinstance(block, Legal | Question):
            fixed.append(render_block(block, sources))
            continue
        if fixed:
            yield Fragment("".join(fixed))
        fixed = []
        yield block
    if fixed:
        yield Fragment("".join(fixed))


def render_block(block: Block, sources: Mapping[str, Source]) -> str:
    """Return a block that stands for itself as HTML, with the names of the legal sources that it rests on."""
    context = {"block": block, "sources": named_sources(block, sources)}
    return render_to_string(f"courses/blocks/{type(block).__struct_config__.tag}.html", context)


def named_sources(block: Block, sources: Mapping[str, Source]) -> list[Source]:
    """Return the legal sources that a block rests on."""
    return [sources[key] for key in sources_of(block) if key in sources]


@dataclass(frozen=True)
class AssembledStep:
    """A rendered step with its legal sources as they stand at present.

    `legal_state` says above the step when they were checked, which of them nobody has checked in time, and whether a jurist
    has read the edition.
    """

    parts: tuple[SafeString | Question, ...]
    sources: Mapping[str, Source]
    legal_state: SafeString


def assembled_step(step: StepInForce) -> AssembledStep:
    """Return the step as it is shown today; kept for as long as its legal sources stand as they do."""
    status, day = status_of(step.module.edition.pk), step.module.day
    own = [(key, now, now.is_overdue_on(day)) for key in step.content.source_keys if (now := status.get(key))]
    digest = hashlib.sha256(repr(own).encode()).hexdigest()
    key = f"assembled-{step.module.edition.pk}-{step.line.key}-{get_language()}-{settings.RELEASE}-{digest}"
    found = caches["rendered"].get_or_set(key, lambda: _assemble(step.module.edition, rendered_step(step), status, day), None)
    return cast(AssembledStep, found)


def _assemble(edition: Edition, rendered: RenderedStep, status: StatusByKey, day: dt.date) -> AssembledStep:
    sources = {key: with_status(source, status) for key, source in rendered.sources.items()}
    parts = tuple(_assembled(part, sources, day) for part in rendered.parts)
    overdue = tuple(source for source in sources.values() if is_overdue_on(source, day))
    return AssembledStep(parts, sources, legal_state_html(edition, list(sources.values()), overdue))


def legal_state_html(edition: Edition, sources: list[Source], overdue: tuple[Source, ...]) -> SafeString:
    """Return when the sources were checked, if a jurist has read the edition, and what is overdue; nothing for no sources."""
    checked = [source.checked_on for source in sources if source.checked_on]
    context = {
        "has_sources": bool(sources),
        "checked_on": min(checked) if checked and len(checked) == len(sources) else None,
        "unchecked": len(sources) - len(checked),
        "edition": edition,
        "overdue": overdue,
    }
    return render_to_string("courses/_legal_state.html", context)


def _assembled(part: Part, sources: Mapping[str, Source], day: dt.date) -> SafeString | Question:
    if isinstance(part, Question):
        return part
    html = part.html if isinstance(part, Fragment) else legal_html(part, sources[part.source], day)
    return mark_safe(html)  # noqa: S308  our own templates' output


def legal_html(block: Legal, source: Source, day: dt.date | None = None, *, is_open: bool = False) -> str:
    """Return a legal source with the checks that it carries; overdue or not on a day, if one is given.

    One that the step only refers to can be unfolded, or is open from the beginning.
    """
    is_overdue = day is not None and is_overdue_on(source, day)
    return render_to_string(
        "courses/blocks/legal.html", {"block": block, "source": source, "is_overdue": is_overdue, "is_open": is_open}
    )


@dataclass(frozen=True)
class Asked:
    """A question, in the edition and step whose words it has. `label` stands before it, for instance its number.

    `turn` is 2 when it comes back in a knowledge check, with its options in another order.
    """

    edition_id: int
    step_key: str
    question: Question
    label: str = ""
    turn: int = 1

    @property
    def own(self) -> str:
        """What tells it from every other question in every edition, language and release."""
        place = f"{self.edition_id}|{self.step_key}|{self.question.id}|{self.turn}"
        return f"{place}|{self.label}|{get_language()}|{settings.RELEASE}"


def question_html(asked: Asked, response: Response, error: str = "") -> SafeString:
    """Return the fields to answer a question with; kept while nothing is entered and nothing is wrong."""
    context = {"question": asked.question, "label": asked.label, "response": response, "error": error}
    if response or error:
        return render_to_string("components/question.html", context)
    return _kept(f"question|{asked.own}", "components/question.html", context)


def feedback_html(asked: Asked, response: Response, sources: Mapping[str, Source], *, is_right: bool) -> SafeString:
    """Return what is said after an answer; the same answer is told the same, so it is kept."""
    named = named_sources(asked.question, sources)
    context = {"question": asked.question, "response": response, "is_right": is_right, "sources": named}
    return _kept(f"feedback|{asked.own}|{'|'.join(response)}", "components/feedback.html", context)


def _kept(key: str, template: str, context: dict[str, object]) -> SafeString:
    # Ids of questions and options are the authors' own; a hash fits every cache.
    digest = hashlib.sha256(key.encode()).hexdigest()
    html = caches["rendered"].get_or_set(digest, lambda: str(render_to_string(template, context)), None)
    return mark_safe(cast(str, html))  # noqa: S308  our own template's output


def with_status(source: Source, status: StatusByKey) -> Source:
    """Return the sealed source with the latest check in the place of the one that was sealed."""
    now = status.get(source.key)
    if now is None:
        return source
    return msgspec.structs.replace(
        source, checked_on=now.checked_on, checked_by=now.checked_by, check_again_on=now.check_again_on
    )


def is_overdue_on(source: Source, day: dt.date) -> bool:
    """Whether the source should have been checked before the day."""
    return source.check_again_on is None or source.check_again_on < day


def render_step_preview(step: StepContent, sources: Iterable[Source]) -> str:
    """Return a step that is not sealed, for the editor: the same blocks, and what is said after each question."""
    rendered = _render(step, sources)
    if read := READ_WHOLE.get(type(step)):
        shown = [read(step, rendered.sources)]
    else:
        blocks = step.blocks if isinstance(step, Lesson) else step.questions
        shown = [_previewed(block, rendered) for block in blocks]
    return render_to_string("courses/step_preview.html", {"step": step, "blocks": shown})


def _previewed(block: Block, rendered: RenderedStep) -> str:
    if isinstance(block, Question):
        context = {"question": block, "sources": named_sources(block, rendered.sources)}
        return render_to_string("courses/blocks/question_preview.html", context)
    if isinstance(block, Legal):
        source = rendered.sources.get(block.source)
        return legal_html(block, source) if source else ""
    return render_block(block, rendered.sources)


READ_WHOLE: dict[type, Callable[[Any, Mapping[str, Source]], str]] = {
    Cases: cases_html,
    Judgement: judgement_html,
    Dialogue: conversation_html,
}
"""What turns an exercise that has several pages into one text, for paper and for its editor."""
