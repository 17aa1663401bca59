"""A module's folder: ``modul.md``, the steps in the order of their numbers, ``kunskapskontroll.md``."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from cms.starter.blocks import read_block
from cms.starter.cases import read_cases
from cms.starter.dialogues import read_conversation
from cms.starter.documents import Document, read_document
from cms.starter.errors import Place, Problems
from cms.starter.exercise_texts import CasesText, CaseText, DialogueText, JudgementText, LayerText
from cms.starter.fields import Fields
from cms.starter.judgements import read_judgement
from cms.starter.situations import SITUATION_FIELDS, read_situation
from cms.starter.texts import Block, CheckText, LessonText, ModuleText, ObjectiveText, QuestionText, RichText, StepText

MODULE_FILE = "modul.md"
LESSON, CASES, JUDGEMENT, DIALOGUE = "lektion", "fall", "bedömning", "dialog"
CHECK_FILE = "kunskapskontroll.md"
STEP_FILE = re.compile(r"[0-9]{2}-[a-z0-9-]+\.md")
STEP_FIELDS = ("sort", "nyckel", "slug", "titel", "minuter", "mål", "innehållsnotis")
JUDGEMENT_FIELDS = (*STEP_FIELDS, *SITUATION_FIELDS)
DIALOGUE_FIELDS = (*STEP_FIELDS, *SITUATION_FIELDS, "börjar")
CHECK_FIELDS = ("nyckel", "slug", "titel", "minuter", "godkänt", "antal")
MODULE_FIELDS = (
    "nyckel",
    "slug",
    "titel",
    "gäller från",
    "sammanfattning",
    "för vem",
    "etiketter",
    "ansvarig",
    "granskas igen",
    "mål",
)


class CommonFields(TypedDict):
    """What every step begins with."""

    key: str
    slug: str
    title: str
    minutes: int
    objective_ids: tuple[str, ...]
    content_note: str


@dataclass(frozen=True)
class PlacedBlock:
    """A block and the line where it begins."""

    place: Place
    block: Block


@dataclass(frozen=True)
class ReadModule:
    """A module, and where each of its blocks stands, for the checks over the whole folder."""

    module: ModuleText
    place: Place
    step_places: tuple[Place, ...]
    blocks: tuple[PlacedBlock, ...]


def read_module(folder: Path, root: Path, problems: Problems) -> ReadModule:
    head = read_document(folder / MODULE_FILE, root, problems)
    step_files = sorted(path for path in folder.iterdir() if STEP_FILE.fullmatch(path.name))
    if not step_files:
        problems.add(head.head.place, "en modul utan lektioner", "filer som 01-namn.md")
    documents = [read_document(path, root, problems) for path in step_files]
    read = [read_step(document, problems) for document in documents]
    check, check_blocks = _read_check(folder, root, problems)
    return ReadModule(
        module=_module(head, tuple(step for step, _placed in read), check),
        place=head.head.place,
        step_places=tuple(document.head.place for document in documents),
        blocks=tuple(placed for group in (*(placed for _step, placed in read), check_blocks) for placed in group),
    )


def read_step(document: Document, problems: Problems) -> tuple[StepText, list[PlacedBlock]]:
    word = document.head.optional_text("sort") or LESSON
    read = STEP_READERS.get(word)
    if read is None:
        problems.add(document.head.place_of("sort"), f"sorten ”{word}”", "något av " + ", ".join(STEP_READERS))
    return (read or _lesson)(document, problems)


def common_fields(fields: Fields) -> CommonFields:
    """What the head of every step says."""
    return {
        "key": fields.safe_name("nyckel"),
        "slug": fields.safe_name("slug"),
        "title": fields.text("titel"),
        "minutes": fields.number("minuter"),
        "objective_ids": fields.words("mål"),
        "content_note": fields.optional_text("innehållsnotis"),
    }


def placed_blocks(document: Document, problems: Problems) -> list[PlacedBlock]:
    """The blocks of a file, without those whose kind nobody knows (noted as problems)."""
    read = [(container.place, read_block(container, document.path.parent, problems)) for container in document.containers]
    return [PlacedBlock(place, block) for place, block in read if block is not None]


def _lesson(document: Document, problems: Problems) -> tuple[StepText, list[PlacedBlock]]:
    document.head.refuse_others(STEP_FIELDS)
    placed = placed_blocks(document, problems)
    return LessonText(**common_fields(document.head), blocks=tuple(item.block for item in placed)), placed


def _cases(document: Document, problems: Problems) -> tuple[StepText, list[PlacedBlock]]:
    document.head.refuse_others(STEP_FIELDS)
    read = read_cases(document, problems)
    step = CasesText(
        **common_fields(document.head),
        introduction=tuple(block for _place, block in read if isinstance(block, RichText)),
        cases=tuple(block for _place, block in read if isinstance(block, CaseText)),
    )
    return step, [PlacedBlock(place, block) for place, block in read]


def _judgement(document: Document, problems: Problems) -> tuple[StepText, list[PlacedBlock]]:
    document.head.refuse_others(JUDGEMENT_FIELDS)
    read = read_judgement(document, problems)
    conclusions = [block for _place, block in read if isinstance(block, RichText)]
    step = JudgementText(
        **common_fields(document.head),
        **read_situation(document.head),
        layers=tuple(block for _place, block in read if isinstance(block, LayerText)),
        conclusion=conclusions[0] if conclusions else RichText(id="", facts=(), html=""),
    )
    return step, [PlacedBlock(place, block) for place, block in read]


def _dialogue(document: Document, problems: Problems) -> tuple[StepText, list[PlacedBlock]]:
    document.head.refuse_others(DIALOGUE_FIELDS)
    read = read_conversation(document, problems)
    step = DialogueText(
        **common_fields(document.head),
        **read_situation(document.head),
        setting=read.setting or RichText(id="", facts=(), html=""),
        start=document.head.optional_text("börjar"),
        turns=tuple(read.turns),
        endings=tuple(read.endings),
    )
    return step, [PlacedBlock(place, block) for place, block in read.in_order]


def _read_check(folder: Path, root: Path, problems: Problems) -> tuple[CheckText, list[PlacedBlock]]:
    path = folder / CHECK_FILE
    if not path.is_file():
        problems.add(Place(path.relative_to(root).as_posix(), 1), "filen finns inte", "en kunskapskontroll")
        return _EMPTY_CHECK, []
    return read_check(read_document(path, root, problems), problems)


def read_check(document: Document, problems: Problems) -> tuple[CheckText, list[PlacedBlock]]:
    """The knowledge check that the file holds."""
    placed = placed_blocks(document, problems)
    for item in placed:
        if not isinstance(item.block, QuestionText):
            problems.add(item.place, "ett block som inte är en fråga", "bara frågor i kunskapskontrollen")
    questions = tuple(item.block for item in placed if isinstance(item.block, QuestionText))
    return _check(document, questions, problems), placed


def _check(document: Document, questions: tuple[QuestionText, ...], problems: Problems) -> CheckText:
    fields = document.head
    fields.refuse_others(CHECK_FIELDS)
    draw = fields.number("antal")
    if draw > len(questions):
        problems.add(fields.place_of("antal"), f"{draw} frågor ska dras av {len(questions)}", "högst så många som finns")
    return CheckText(
        key=fields.safe_name("nyckel"),
        slug=fields.safe_name("slug"),
        title=fields.text("titel"),
        minutes=fields.number("minuter"),
        pass_percent=fields.number("godkänt", highest=100),
        draw=draw,
        questions=questions,
    )


def _module(document: Document, steps: tuple[StepText, ...], check: CheckText) -> ModuleText:
    fields = document.head
    fields.refuse_others(MODULE_FIELDS)
    objectives = fields.mapping("mål")
    return ModuleText(
        key=fields.safe_name("nyckel"),
        slug=fields.safe_name("slug"),
        title=fields.text("titel"),
        summary=fields.text("sammanfattning"),
        for_whom=fields.text("för vem"),
        minutes=sum(step.minutes for step in steps) + check.minutes,
        tags=fields.words("etiketter"),
        responsible=fields.text("ansvarig"),
        review_on=fields.day("granskas igen"),
        in_force_from=fields.day("gäller från"),
        objectives=tuple(ObjectiveText(id=name, text=objectives.text(name)) for name in objectives.values),
        steps=steps,
        check=check,
    )


_EMPTY_CHECK = CheckText(key="", slug="", title="", minutes=0, pass_percent=100, draw=0, questions=())
STEP_READERS: dict[str, Callable[[Document, Problems], tuple[StepText, list[PlacedBlock]]]] = {
    LESSON: _lesson,
    CASES: _cases,
    JUDGEMENT: _judgement,
    DIALOGUE: _dialogue,
}
"""One reader for each ``sort`` of step; it returns the step, and its blocks with their places."""
