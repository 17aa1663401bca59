"""A judgement: one file, one step. Layers (``lager``) in their order, and last what was decided (``slutsats``)."""

from cms.starter.blocks import COMMON_FIELDS, Reading, note_head
from cms.starter.documents import Document
from cms.starter.errors import Place, Problems
from cms.starter.exercise_texts import LayerText
from cms.starter.questions import asked_paragraphs, first_option, read_options
from cms.starter.sections import cut_sections, read_sections
from cms.starter.texts import Block, QuestionKind, RichText

LAYER, CONCLUSION = "lager", "slutsats"
PICTURE = "Så ändras bilden"
FEWEST_LAYERS = 3


def read_judgement(document: Document, problems: Problems) -> list[tuple[Place, Block]]:
    """The layers and the conclusion, each with the line where it begins."""
    read: list[tuple[Place, Block]] = []
    for container in document.containers:
        reading = Reading(container, document.path.parent, problems)
        if container.kind == LAYER:
            read.append((container.place, _layer(reading)))
        elif container.kind == CONCLUSION:
            read.append((container.place, _conclusion(reading)))
        else:
            problems.add(container.place, f"blocket ”{container.kind}” i en bedömning", f"{LAYER} eller {CONCLUSION}")
    _note_shape(read, document.head.place, problems)
    return read


def _note_shape(read: list[tuple[Place, Block]], head: Place, problems: Problems) -> None:
    layers = [block for _place, block in read if isinstance(block, LayerText)]
    conclusions = [place for place, block in read if isinstance(block, RichText)]
    if len(layers) < FEWEST_LAYERS:
        problems.add(head, f"{len(layers)} lager", "minst tre: det du ser, sammanhanget, förändring över tid")
    if not conclusions:
        problems.add(head, "en bedömning utan slutsats", "ett block ”::: slutsats id” sist")
    for place in conclusions[1:]:
        problems.add(place, "två slutsatser", "en enda, sist i filen")
    if conclusions and read[-1][0] != conclusions[-1]:
        problems.add(conclusions[0], "en slutsats före ett lager", "slutsatsen sist i filen")


def _layer(reading: Reading) -> LayerText:
    container, problems = reading.container, reading.problems
    note_head(reading)
    container.fields.refuse_others((*COMMON_FIELDS, "titel"))
    body, sections = cut_sections(container)
    first = first_option(body)
    situation, prompt = asked_paragraphs(container.place, body[:first], problems)
    if not situation:
        problems.add(container.place, "ett lager utan situation", "minst ett stycke före frågan")
    options = read_options(container, body[first:], QuestionKind.SEVERAL, problems)
    (picture,) = read_sections(container, sections, (PICTURE,), problems)
    title = container.fields.text("titel")
    return LayerText(**reading.common, title=title, situation=situation, prompt=prompt, options=options, picture=picture)


def _conclusion(reading: Reading) -> RichText:
    note_head(reading)
    reading.expect()
    return RichText(**reading.common, html=reading.html())
