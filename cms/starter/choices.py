"""The answers of a turn: ``- a -> where: …``, and on lines that begin with ``>`` what each leads to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from cms.starter.documents import Line
from cms.starter.errors import Place, Problems
from cms.starter.exercise_texts import ChoiceText
from cms.starter.richtext import note_markup

CHOICE = re.compile(r"- (?P<id>[a-z0-9-]+) -> (?P<target>\S+): (?P<text>\S.*)")
EFFECT = re.compile(r"(?P<side>[a-zåäö]+(?: [a-zåäö]+)?): +(?P<text>\S.*)")
SIDES = {
    "trygghet": "safety",
    "relation": "relation",
    "gräns": "boundary",
    "saklighet": "factuality",
    "rätt väg": "right_way",
}
LOOKS = "”- a -> id: svar” eller en indragen rad med ”> följd”"


@dataclass
class _Choice:
    """A choice while its lines are being read. ``sides`` holds what comes of it; the empty side is the consequence itself."""

    place: Place
    id: str
    target: str
    text: list[str]
    sides: list[tuple[str, list[str]]] = field(default_factory=list)


def first_choice(lines: tuple[Line, ...]) -> int:
    """Where the choices begin among the lines of a turn."""
    return next((i for i, line in enumerate(lines) if line.text.startswith("- ")), len(lines))


def read_choices(turn_id: str, lines: tuple[Line, ...], problems: Problems) -> Iterator[tuple[Place, ChoiceText]]:
    """Yield each choice with the line where it begins."""
    for choice in _cut(lines, problems):
        effects = [(side, " ".join(text)) for side, text in choice.sides if side]
        consequence = " ".join(part for side, text in choice.sides if not side for part in text).strip()
        for text in (*choice.text, consequence, *(text for _side, text in effects)):
            note_markup(text, choice.place, problems)
        yield (
            choice.place,
            ChoiceText(
                id=f"{turn_id}-{choice.id}",
                text=" ".join(choice.text),
                leads_to=choice.target,
                consequence=consequence,
                effects=tuple(effects),
            ),
        )


def _cut(lines: tuple[Line, ...], problems: Problems) -> list[_Choice]:
    choices: list[_Choice] = []
    for line in lines:
        text = line.text.strip()
        if match := CHOICE.fullmatch(line.text):
            choices.append(_Choice(line.place, match["id"], match["target"], [match["text"]]))
        elif text.startswith(">") and choices:
            _add_consequence(choices[-1], line.place, text.removeprefix(">").strip(), problems)
        elif line.text.startswith("  ") and choices and not choices[-1].sides:
            choices[-1].text.append(text)
        elif text:
            problems.add(line.place, f"”{text[:60]}” bland svaren", LOOKS)
    return choices


def _add_consequence(choice: _Choice, place: Place, text: str, problems: Problems) -> None:
    """Begin a side if the line names one; otherwise the line goes on with what stands before it."""
    match = EFFECT.fullmatch(text)
    if match is None:
        if not choice.sides:
            choice.sides.append(("", []))
        choice.sides[-1][1].append(text)
        return
    if match["side"] not in SIDES:
        problems.add(place, f"sidan ”{match['side']}”", "något av " + ", ".join(SIDES))
    choice.sides.append((SIDES.get(match["side"], match["side"]), [match["text"]]))
