"""Cases: one file, one step. ``text`` blocks introduce, then each ``fall`` is a situation with its legal answer."""

from cms.starter.blocks import COMMON_FIELDS, Reading, note_head
from cms.starter.documents import Document
from cms.starter.errors import Place, Problems
from cms.starter.exercise_texts import CaseText
from cms.starter.questions import asked
from cms.starter.sections import cut_sections, read_sections
from cms.starter.situations import SITUATION_FIELDS, read_situation
from cms.starter.texts import Block, QuestionKind, RichText

CASE, INTRODUCTION = "fall", "text"
CASE_FIELDS = (*COMMON_FIELDS, "titel", "mål", *SITUATION_FIELDS)
SECTIONS = ("Rättsligt svar", "Varför", "Vanligt misstag")
FEWEST_OPTIONS, MOST_OPTIONS = 3, 4


def read_cases(document: Document, problems: Problems) -> list[tuple[Place, Block]]:
    """The introduction's texts and the cases, each with the line where it begins."""
    read: list[tuple[Place, Block]] = []
    for container in document.containers:
        reading = Reading(container, document.path.parent, problems)
        if container.kind == CASE:
            read.append((container.place, _case(reading)))
        elif container.kind != INTRODUCTION:
            problems.add(container.place, f"blocket ”{container.kind}” bland fallen", f"{INTRODUCTION} eller {CASE}")
        else:
            if any(isinstance(block, CaseText) for _place, block in read):
                problems.add(container.place, "en inledning efter ett fall", "inledningen före det första fallet")
            read.append((container.place, _introduction(reading)))
    if not any(isinstance(block, CaseText) for _place, block in read):
        problems.add(document.head.place, "ett steg utan fall", "minst ett block ”::: fall id”")
    return read


def _introduction(reading: Reading) -> RichText:
    note_head(reading)
    reading.expect()
    return RichText(**reading.common, html=reading.html())


def _case(reading: Reading) -> CaseText:
    container, problems = reading.container, reading.problems
    note_head(reading)
    container.fields.refuse_others(CASE_FIELDS)
    body, sections = cut_sections(container)
    question = asked(container, body, QuestionKind.ONE, problems)
    if not question.situation:
        problems.add(container.place, "ett fall utan situation", "minst ett stycke före frågan")
    if not FEWEST_OPTIONS <= len(question.options) <= MOST_OPTIONS:
        problems.add(container.place, f"{len(question.options)} handlingar", "tre eller fyra handlingar att välja mellan")
    answer, why, mistake = read_sections(container, sections, SECTIONS, problems)
    return CaseText(
        **reading.common,
        **read_situation(container.fields),
        title=container.fields.text("titel"),
        question=question,
        answer=answer,
        why=why,
        mistake=mistake,
    )
