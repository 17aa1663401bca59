"""A module on paper: every lesson, its questions without their answers, exercises, and the sources as they stand."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from courses.legal_status import status_of
from courses.models import Step
from courses.payload import Block, Check, Legal, Lesson, Question, Source, StepContent, read_step
from courses.reading import ModuleInForce
from courses.rendering import READ_WHOLE, content_of, legal_html, render_block, with_status


@dataclass(frozen=True)
class PrintedBlock:
    """Finished HTML, or a question to think about."""

    html: SafeString | str = ""
    question: Question | None = None


@dataclass(frozen=True)
class PrintedStep:
    """A step with its blocks; withdrawn ones have a `stop` and nothing else. A knowledge check is only named."""

    title: str
    stop: str
    is_check: bool
    content_note: str = ""
    blocks: tuple[PrintedBlock, ...] = ()


def printed_steps(module: ModuleInForce) -> list[PrintedStep]:
    """Return the steps as they are printed; at most four queries."""
    stops = module.stops()
    status = status_of(module.edition.pk)
    sources = {source.key: with_status(source, status) for source in content_of(module.edition).sources}
    printed = []
    for step in Step.objects.filter(edition=module.edition).order_by("position"):
        content, stop = read_step(step.content), stops.edition or stops.reason(step.key)
        note = "" if stop or isinstance(content, Check) else content.content_note
        blocks = () if stop else _printed_blocks(content, sources, module)
        printed.append(PrintedStep(step.title, stop, isinstance(content, Check), note, blocks))
    return printed


def _printed_blocks(content: StepContent, sources: dict[str, Source], module: ModuleInForce) -> tuple[PrintedBlock, ...]:
    if read := READ_WHOLE.get(type(content)):
        return (PrintedBlock(read(content, sources)),)
    return tuple(_printed(block, sources, module) for block in (content.blocks if isinstance(content, Lesson) else ()))


def _printed(block: Block, sources: dict[str, Source], module: ModuleInForce) -> PrintedBlock:
    if isinstance(block, Question):
        return PrintedBlock(question=block)
    if isinstance(block, Legal):
        return PrintedBlock(mark_safe(legal_html(block, sources[block.source], module.day, is_open=True)))  # noqa: S308  our own template
    return PrintedBlock(mark_safe(render_block(block, sources)))  # noqa: S308  our own template
