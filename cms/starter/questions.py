"""Questions: a body of ``- [x] a: …`` options, each with its explanation on lines that begin with ``>``."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from cms.starter.documents import Container, Line
from cms.starter.errors import Place, Problems
from cms.starter.richtext import note_markup
from cms.starter.texts import OptionText, QuestionKind, QuestionText

OPTION = re.compile(r"- \[(?P<mark>x| |[0-9]+)\] (?P<id>[a-z0-9-]+): (?P<text>\S.*)")
QUESTION_FIELDS = ("sort", "mål", "fakta", "rättskällor", "tecken")
TRUTH = ["falskt", "sant"]


@dataclass
class _Option:
    """An option while its lines are being read."""

    place: Place
    mark: str
    id: str
    text: list[str]
    explanation: list[str] = field(default_factory=list)

    @property
    def position(self) -> int:
        return int(self.mark) if self.mark.isdecimal() else 0


def read_question(container: Container, problems: Problems) -> QuestionText:
    container.fields.refuse_others(QUESTION_FIELDS)
    return asked(container, container.body, _kind(container, problems), problems)


def asked(container: Container, body: tuple[Line, ...], kind: QuestionKind, problems: Problems) -> QuestionText:
    """The question that ``body`` asks; its id, objective and sources are the container's."""
    first = first_option(body)
    situation, prompt = asked_paragraphs(container.place, body[:first], problems)
    fields = container.fields
    return QuestionText(
        id=container.id,
        facts=fields.words("fakta"),
        legal_sources=fields.words("rättskällor"),
        kind=kind,
        situation=situation,
        prompt=prompt,
        objective_id=fields.text("mål"),
        signs=fields.words("tecken"),
        options=read_options(container, body[first:], kind, problems),
    )


def first_option(body: tuple[Line, ...]) -> int:
    """The number of the line where the options begin."""
    return next((index for index, line in enumerate(body) if OPTION.fullmatch(line.text)), len(body))


def read_options(
    container: Container, lines: tuple[Line, ...], kind: QuestionKind, problems: Problems
) -> tuple[OptionText, ...]:
    """The options with their explanations; every fault is noted."""
    options = _options(lines, problems)
    _note_wrong_options(container.place, kind, options, problems)
    return tuple(_option_text(container.id, kind, option) for option in options)


def _kind(container: Container, problems: Problems) -> QuestionKind:
    word = container.fields.text("sort")
    try:
        return QuestionKind(word)
    except ValueError:
        if word:
            problems.add(container.fields.place_of("sort"), f"sorten ”{word}”", "en, flera, sant-falskt eller ordna")
        return QuestionKind.SEVERAL


def asked_paragraphs(place: Place, lines: tuple[Line, ...], problems: Problems) -> tuple[str, str]:
    """The paragraphs before the options: the last one is the question, those before it the situation."""
    text = "\n".join(line.text.strip() for line in lines).strip()
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\n+", text) if part.strip()]
    note_markup(" ".join(paragraphs), place, problems)
    if not paragraphs:
        problems.add(place, "en fråga utan frågetext", "frågan i ett eget stycke före alternativen")
        return "", ""
    return "\n\n".join(paragraphs[:-1]), paragraphs[-1]


def _options(lines: tuple[Line, ...], problems: Problems) -> list[_Option]:
    options: list[_Option] = []
    for line in lines:
        text = line.text.strip()
        if match := OPTION.fullmatch(line.text):
            options.append(_Option(line.place, match["mark"], match["id"], [match["text"]]))
        elif text.startswith(">"):
            options[-1].explanation.append(text.removeprefix(">").strip())
        elif line.text.startswith("  ") and not options[-1].explanation:
            options[-1].text.append(text)
        elif text:
            problems.add(
                line.place, f"”{text[:60]}” bland alternativen", "”- [x] a: svar” eller en indragen rad med ”> förklaring”"
            )
    return options


def _note_wrong_options(place: Place, kind: QuestionKind, options: list[_Option], problems: Problems) -> None:
    for option in options:
        if not "".join(option.explanation):
            problems.add(option.place, f"alternativ {option.id} saknar förklaring", "en indragen rad under som börjar med ”>”")
        note_markup(" ".join([*option.text, *option.explanation]), option.place, problems)
    for name, count in Counter(option.id for option in options).items():
        if count > 1:
            problems.add(place, f"alternativ {name} står {count} gånger", "ett eget id för varje alternativ")
    if len(options) < 2:
        problems.add(place, f"{len(options)} alternativ", "minst två alternativ")
    for found, expected in _wrong_marks(kind, options):
        problems.add(place, found, expected)


def _wrong_marks(kind: QuestionKind, options: list[_Option]) -> Iterator[tuple[str, str]]:
    if kind is QuestionKind.ORDER:
        yield from _wrong_order(options)
        return
    right = sum(option.mark == "x" for option in options)
    if any(option.position for option in options):
        yield "nummer inom klamrarna", "[x] eller [ ]; nummer hör till sorten ordna"
    if not right:
        yield "en fråga utan rätt svar", "minst ett alternativ med [x]"
    elif right > 1 and kind is not QuestionKind.SEVERAL:
        yield f"{right} rätta svar", "exakt ett [x], eller sorten flera"
    if kind is QuestionKind.TRUE_FALSE and sorted(option.id for option in options) != TRUTH:
        yield "andra alternativ än sant och falskt", "alternativen sant och falskt"


def _wrong_order(options: list[_Option]) -> Iterator[tuple[str, str]]:
    found = sorted(option.position for option in options)
    if found != list(range(1, len(options) + 1)):
        yield f"ordningen {', '.join(map(str, found))}", f"varje nummer från 1 till {len(options)} en gång"
    elif [option.position for option in options] == found:
        yield "alternativ som redan står i rätt ordning", "en blandad ordning i filen, så att svaret inte syns"


def _option_text(question_id: str, kind: QuestionKind, option: _Option) -> OptionText:
    is_order = kind is QuestionKind.ORDER
    return OptionText(
        id=f"{question_id}-{option.id}",
        text=" ".join(option.text),
        is_right=is_order or option.mark == "x",
        explanation=" ".join(option.explanation),
        position=option.position if is_order else None,
    )
