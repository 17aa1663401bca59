"""What a draft changes in a module, step by step."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from enum import StrEnum

import msgspec

from courses.grading import Response, right_response
from courses.models import Edition
from courses.payload import Check, Draft, StepContent, read_payload
from courses.reading_text import lines_of_step


class Change(StrEnum):
    """What became of a step since the last edition."""

    NEW = "new"
    REMOVED = "removed"
    MOVED = "moved"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class DiffLine:
    """A line of readable text; `kind` is added, removed or same."""

    kind: str
    text: str


@dataclass(frozen=True)
class StepDifference:
    """What became of one step. New steps and changed right answers are always material."""

    key: str
    title: str
    change: Change
    must_be_material: bool
    lines: tuple[DiffLine, ...]

    @property
    def may_be_material(self) -> bool:
        """Whether a trainer can ask those who completed before to take the step again."""
        return self.change in {Change.NEW, Change.CHANGED}


def content_of(edition: Edition | None) -> Draft | None:
    """Return what an edition holds."""
    return read_payload(edition.payload).content if edition else None


def differences(draft: Draft, last: Edition | None) -> list[StepDifference]:
    """Return what becomes of each step: those of the draft in its order, then the removed ones."""
    return compare(draft, content_of(last))


def compare(new: Draft, old: Draft | None) -> list[StepDifference]:
    """Return what became of each step between two contents."""
    before = {step.key: step for step in old.steps} if old else {}
    after = {step.key: step for step in new.steps}
    moved = _moved_keys(list(before), list(after))
    found = [_difference(step, before.get(step.key), step.key in moved) for step in new.steps]
    return found + [_removed(step) for key, step in before.items() if key not in after]


def _moved_keys(before: list[str], after: list[str]) -> set[str]:
    kept_before = [key for key in before if key in after]
    kept_after = [key for key in after if key in before]
    stayed = difflib.SequenceMatcher(None, kept_before, kept_after, autojunk=False).get_matching_blocks()
    return set(kept_after) - {key for block in stayed for key in kept_after[block.b : block.b + block.size]}


def _difference(step: StepContent, old: StepContent | None, moved: bool) -> StepDifference:
    if old is None:
        lines = tuple(DiffLine("added", line) for line in lines_of_step(step))
        return StepDifference(step.key, step.title, Change.NEW, True, lines)
    if not same_content(step, old):
        must = right_answers_changed(step, old)
        return StepDifference(step.key, step.title, Change.CHANGED, must, _diff(lines_of_step(old), lines_of_step(step)))
    return StepDifference(step.key, step.title, Change.MOVED if moved else Change.UNCHANGED, False, ())


def _removed(step: StepContent) -> StepDifference:
    lines = tuple(DiffLine("removed", line) for line in lines_of_step(step))
    return StepDifference(step.key, step.title, Change.REMOVED, False, lines)


def same_content(one: StepContent, other: StepContent) -> bool:
    """Whether two steps say the same; how often they changed before does not count."""
    return msgspec.structs.replace(one, material_revision=1) == msgspec.structs.replace(other, material_revision=1)


def right_answers_changed(new: StepContent, old: StepContent) -> bool:
    """Whether a question that stands in both has another right answer, or a check asks for more to be right."""
    before, after = _right_answers(old), _right_answers(new)
    stricter = isinstance(new, Check) and isinstance(old, Check) and new.pass_percent > old.pass_percent
    return stricter or any(before[id_] != after[id_] for id_ in before.keys() & after.keys())


def _right_answers(step: StepContent) -> dict[str, Response]:
    return {question.id: right_response(question) for question in step.questions}


def _diff(old: list[str], new: list[str]) -> tuple[DiffLine, ...]:
    kinds = {"+ ": "added", "- ": "removed", "  ": "same"}
    compared = difflib.ndiff(old, new)
    return tuple(DiffLine(kinds[line[:2]], line[2:]) for line in compared if line[:2] in kinds)
