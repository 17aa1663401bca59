"""A conversation: one file, one step. ``situation`` first, then ``replik`` and ``slut`` in any order."""

import re
from dataclasses import dataclass, field

from cms.starter import richtext
from cms.starter.blocks import COMMON_FIELDS, Reading, note_head
from cms.starter.choices import first_choice, read_choices
from cms.starter.conversation_faults import note_faults
from cms.starter.documents import Container, Document, Line
from cms.starter.errors import Place, Problems
from cms.starter.exercise_texts import ChoiceText, EndingText, TurnText
from cms.starter.texts import Block, RichText

KINDS = ("situation", "replik", "slut")
REFLECTION = re.compile(r"### +Att fundera på *")


@dataclass
class Conversation:
    """What the file's containers hold, and the line where each turn, choice and ending begins."""

    setting: RichText | None = None
    turns: list[TurnText] = field(default_factory=list)
    endings: list[EndingText] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    in_order: list[tuple[Place, Block]] = field(default_factory=list)


def read_conversation(document: Document, problems: Problems) -> Conversation:
    """Everything below the head, with every fault of the graph noted at its line."""
    read = Conversation()
    for container in document.containers:
        if container.kind not in KINDS:
            problems.add(container.place, f"blocket ”{container.kind}” i en dialog", "något av " + ", ".join(KINDS))
            continue
        _read(Reading(container, document.path.parent, problems), read)
    if read.setting is None:
        problems.add(document.head.place, "en dialog utan situation", "ett block ”::: situation id”")
    start = document.head.text("börjar")
    note_faults(start, document.head.place_of("börjar"), read.turns, read.endings, read.places, problems)
    return read


def _read(reading: Reading, read: Conversation) -> None:
    container = reading.container
    note_head(reading)
    read.places.setdefault(container.id, container.place)
    block = _block(reading, read)
    read.in_order.append((container.place, block))


def _block(reading: Reading, read: Conversation) -> Block:
    match reading.container.kind:
        case "situation":
            return _setting(reading, read)
        case "replik":
            turn = _turn(reading, read.places)
            read.turns.append(turn)
            return turn
    ending = _ending(reading)
    read.endings.append(ending)
    return ending


def _setting(reading: Reading, read: Conversation) -> RichText:
    """What law says belongs in a turn or an ending, which can name its source."""
    reading.container.fields.refuse_others(("fakta",))
    if read.setting is not None:
        reading.problems.add(reading.container.place, "två situationer", "en enda, först i filen")
    read.setting = RichText(**reading.common, html=reading.html())
    return read.setting


def _turn(reading: Reading, places: dict[str, Place]) -> TurnText:
    container = reading.container
    container.fields.refuse_others((*COMMON_FIELDS, "talar"))
    first = first_choice(container.body)
    choices: list[ChoiceText] = []
    for place, choice in read_choices(container.id, container.body[first:], reading.problems):
        places.setdefault(choice.id, place)
        choices.append(choice)
    text = _paragraphs(container.body[:first])
    richtext.note_markup(text, container.place, reading.problems)
    speaker = container.fields.optional_text("talar")
    return TurnText(**reading.common, speaker=speaker, text=text, choices=tuple(choices))


def _paragraphs(lines: tuple[Line, ...]) -> str:
    text = "\n".join(line.text.strip() for line in lines).strip()
    return "\n\n".join(" ".join(part.split()) for part in re.split(r"\n\n+", text) if part.strip())


def _ending(reading: Reading) -> EndingText:
    container = reading.container
    container.fields.refuse_others((*COMMON_FIELDS, "titel"))
    cut = next((i for i, line in enumerate(container.body) if REFLECTION.fullmatch(line.text)), len(container.body))
    told, reflection = container.body[:cut], _after(container, cut)
    if not reflection:
        reading.problems.add(container.place, "ett slut utan fråga att fundera på", "en rad ”### Att fundera på” och en fråga")
    richtext.note_markup(reflection, container.place, reading.problems)
    html = richtext.render(told, container.place, reading.problems)
    return EndingText(**reading.common, title=container.fields.text("titel"), html=html, reflection=reflection)


def _after(container: Container, cut: int) -> str:
    return _paragraphs(container.body[cut + 1 :])
