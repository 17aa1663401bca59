"""Why a draft cannot be given out: every reason, with the place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from courses.exercise_faults import exercise_faults, unexplained
from courses.payload import Block, Cases, Check, Dialogue, Draft, Image, Judgement, Lesson, Question, StepContent, Video

RESERVED_SLUGS = frozenset({"klar", "skriv-ut", "fortsatt"})
"""Addresses below a module that `courses.urls` keeps for its own pages."""


@dataclass(frozen=True)
class Fault:
    """One reason. `step_key` and `block_id` say where; both are empty when it concerns the module itself."""

    step_key: str
    block_id: str
    message: str


def faults_of(draft: Draft) -> list[Fault]:
    """Return every reason not to give out the draft, in the order of the page."""
    found = list(_module_faults(draft))
    for step in draft.steps:
        found += [Fault(step.key, block, message) for block, message in _step_faults(step)]
    return found + list(_reference_faults(draft)) + list(_bank_faults(draft))


def _module_faults(draft: Draft) -> Iterator[Fault]:
    if not any(isinstance(step, Lesson) for step in draft.steps):
        yield Fault("", "", _("The module has no published lesson."))
    if not any(isinstance(step, Check) for step in draft.steps):
        yield Fault("", "", _("The module has no published knowledge check."))
    if not draft.objectives:
        yield Fault("", "", _("The module has no learning objectives."))
    slugs = Counter(step.slug for step in draft.steps)
    for step in draft.steps:
        if step.slug in RESERVED_SLUGS:
            yield Fault(step.key, "", _("The address %(slug)s is used by the module's own pages.") % {"slug": step.slug})
        if slugs[step.slug] > 1:
            yield Fault(step.key, "", _("Two steps have the same address: %(slug)s.") % {"slug": step.slug})


def _reference_faults(draft: Draft) -> Iterator[Fault]:
    known = {source.key for source in draft.sources}
    objectives = {objective.id for objective in draft.objectives}
    for step in draft.steps:
        for key in step.source_keys:
            if key not in known:
                yield Fault(step.key, "", _("The legal source %(key)s does not exist.") % {"key": key})
        for question in step.questions:
            if question.objective and question.objective not in objectives:
                yield Fault(step.key, question.id, _("The question tests an objective that the module does not have."))


def _bank_faults(draft: Draft) -> Iterator[Fault]:
    """Every objective is tested, in whatever way the lots fall."""
    checks = [step for step in draft.steps if isinstance(step, Check)]
    tested = {question.objective for check in checks for question in check.questions}
    for objective in draft.objectives:
        if checks and objective.id not in tested:
            named = {"objective": objective.text}
            yield Fault(checks[0].key, "", _("No question of the knowledge check tests the objective “%(objective)s”.") % named)
    for check in checks:
        count = len({question.objective for question in check.questions} - {""})
        if check.draw < count:
            counts = {"draw": check.draw, "count": count}
            yield Fault(
                check.key,
                "",
                _("The check draws %(draw)s questions but tests %(count)s objectives. Draw at least %(count)s.") % counts,
            )


def _step_faults(step: StepContent) -> Iterator[tuple[str, str]]:
    match step:
        case Check() if not 1 <= step.draw <= len(step.questions):
            counts = {"draw": step.draw, "count": len(step.questions)}
            yield "", _("The check draws %(draw)s questions but has %(count)s.") % counts
        case Lesson(blocks=()):
            yield "", _("The lesson is empty.")
        case Cases() | Judgement() | Dialogue():
            yield from exercise_faults(step)
    blocks = step.blocks if isinstance(step, Lesson) else step.questions
    for block in blocks:
        yield from ((block.id, message) for message in _block_faults(block))


def _block_faults(block: Block) -> Iterator[str]:
    match block:
        case Image(alt="", is_decorative=False):
            yield _("The image has neither a text alternative nor the decision that it is decorative.")
        case Video():
            if not block.captions:
                yield _("The video has no captions.")
            if not block.transcript.strip():
                yield _("The video has no transcript.")
        case Question():
            yield from _question_faults(block)


def _question_faults(question: Question) -> Iterator[str]:
    if not question.text.strip():
        yield _("The question has no text.")
    if len(question.options) < 2:
        yield _("The question has fewer than two options.")
    yield from unexplained(question.options)
    yield from _answer_key_faults(question)


def _answer_key_faults(question: Question) -> Iterator[str]:
    right = sum(option.is_right for option in question.options)
    if question.kind == "order":
        if sorted(option.position for option in question.options) != list(range(1, len(question.options) + 1)):
            yield _("The options are not numbered 1, 2, 3 … without gaps.")
    elif right == 0:
        yield _("The question has no right option.")
    elif right > 1 and question.kind != "several":
        yield _("The question has more than one right option.")
