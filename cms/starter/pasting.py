"""One step that somebody pastes: the same format as a file, held against the module that it comes to."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

from cms.starter.documents import FENCE, Document, cut_containers, cut_document
from cms.starter.errors import Place, Problems
from cms.starter.exercise_texts import CaseText
from cms.starter.fields import Fields
from cms.starter.modules import PlacedBlock, placed_blocks, read_check, read_step
from cms.starter.texts import CheckText, QuestionText, StepText

NAME = "texten"
# Nothing lies beside a text that was pasted.
NOWHERE = Path("inklistrad")
IMAGE = "bild"


@dataclass(frozen=True)
class Known:
    """What a text may point to: signs of the module's objectives, keys of legal sources, keys of signs in the library."""

    objectives: Collection[str]
    legal_sources: Collection[str]
    signs: Collection[str]


def read_pasted(text: str, known: Known) -> StepText | CheckText | tuple[QuestionText, ...]:
    """Return the step that the text is, or its questions when it has no head. Raises ContentError; every error has its line."""
    problems = Problems()
    lines = text.replace("\ufeff", "").splitlines()
    found, placed = _step(lines, problems) if FENCE in lines else _questions(lines, problems)
    _note_unknown(found, placed, known, problems)
    problems.raise_if_any()
    return found


def _step(lines: list[str], problems: Problems) -> tuple[StepText | CheckText, list[PlacedBlock]]:
    document = _without_images(cut_document(lines, NAME, NOWHERE, problems), problems)
    return (read_check if "antal" in document.head.values else read_step)(document, problems)


def _questions(lines: list[str], problems: Problems) -> tuple[tuple[QuestionText, ...], list[PlacedBlock]]:
    """A text without a head is questions for the bank, and nothing else."""
    start = Place(NAME, 1)
    document = Document(NOWHERE, Fields(start, problems), tuple(cut_containers(lines, NAME, problems)))
    placed = placed_blocks(_without_images(document, problems), problems)
    for item in placed:
        if not isinstance(item.block, QuestionText):
            problems.add(item.place, "ett block som inte är en fråga", "bara frågor, eller ett huvud mellan två rader ---")
    if not placed:
        problems.add(start, "ingen text som går att läsa", "ett huvud mellan två rader ---, eller en fråga")
    return tuple(item.block for item in placed if isinstance(item.block, QuestionText)), placed


def _without_images(document: Document, problems: Problems) -> Document:
    """A pasted text must never make the server open a file."""
    for container in document.containers:
        if container.kind == IMAGE:
            problems.add(container.place, "en bild", "text; lägg till bilden i formuläret sedan")
    return replace(document, containers=tuple(one for one in document.containers if one.kind != IMAGE))


def _note_unknown(
    found: StepText | CheckText | tuple[QuestionText, ...], placed: list[PlacedBlock], known: Known, problems: Problems
) -> None:
    if isinstance(found, StepText):
        for name in found.objective_ids:
            _note(Place(NAME, 1), "målet", name, known.objectives, problems)
    for item in placed:
        question = item.block.question if isinstance(item.block, CaseText) else item.block
        for key in item.block.legal_sources:
            _note(item.place, "rättskällan", key, known.legal_sources, problems)
        if isinstance(question, QuestionText):
            _note(item.place, "målet", question.objective_id, known.objectives, problems)
            for key in question.signs:
                _note(item.place, "tecknet", key, known.signs, problems)


def _note(place: Place, what: str, name: str, known: Collection[str], problems: Problems) -> None:
    if name not in known:
        problems.add(place, f"{what} ”{name}” finns inte", "något av " + ", ".join(sorted(known)[:20]))
