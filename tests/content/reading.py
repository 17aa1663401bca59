"""What a reader sees of a text, and how heavy it is to read (LIX)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import singledispatch
from html import unescape

from cms.starter.exercise_texts import CasesText, CaseText, DialogueText, EndingText, JudgementText, LayerText, TurnText
from cms.starter.texts import (
    ActivitiesText,
    Block,
    CheckText,
    CityText,
    Content,
    FactText,
    HeadingText,
    ImageText,
    LegalText,
    LessonText,
    OptionText,
    QuestionText,
    QuotationText,
    ReflectionText,
    RichText,
    StepsText,
    StepText,
    TableText,
)

# A full stop in these ends no sentence.
ABBREVIATIONS = re.compile(r"\b(kap|t\.ex|bl\.a|m\.m|dvs|st|nr)\.", re.IGNORECASE)
# LIX counts full stop, colon, question and exclamation mark; a colon inside a word (EU:s) is no end.
SENTENCE_END = re.compile(r"[.:?!]+(?=[\s”’)]|$)")
WORD = re.compile(r"[^\W\d_]+(?:[-:’][^\W\d_]+)*")
LONG_WORD = 7
END_OF_ELEMENT = re.compile(r"</(?:p|li|h3)>")
TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Readability:
    words: int
    sentences: int
    long_words: int

    @property
    def lix(self) -> float:
        """Björnsson's index: words a sentence plus the percentage of words longer than six letters."""
        return self.words / self.sentences + 100 * self.long_words / self.words


def readability(passages: list[str]) -> Readability:
    """Each passage (heading, paragraph, list item) ends at least one sentence, with or without a full stop."""
    words = [word for passage in passages for word in WORD.findall(passage)]
    return Readability(
        words=len(words),
        sentences=sum(_sentences(passage) for passage in passages),
        long_words=sum(len(word) >= LONG_WORD for word in words),
    )


def _sentences(passage: str) -> int:
    parts = SENTENCE_END.split(ABBREVIATIONS.sub(r"\1", passage))
    return sum(bool(WORD.search(part)) for part in parts)


def passages_of(html: str) -> list[str]:
    parts = (unescape(TAG.sub("", part)) for part in END_OF_ELEMENT.split(html))
    return [" ".join(part.split()) for part in parts if part.strip()]


def visible(block: Block, content: Content) -> list[str]:
    """Every passage of a block that the reader meets, in order."""
    label = [designation(block.key, content)] if isinstance(block, LegalText) else []
    return label + passages_in(block)


@singledispatch
def passages_in(block: Block) -> list[str]:
    """What the block itself says, without the name of a provision that it points to."""
    raise TypeError(block)


@passages_in.register
def _(block: ActivitiesText) -> list[str]:
    return []


@passages_in.register
def _(block: HeadingText) -> list[str]:
    return [block.text]


@passages_in.register
def _(block: RichText | LegalText) -> list[str]:
    return passages_of(block.html)


@passages_in.register
def _(block: FactText) -> list[str]:
    return [block.title, *passages_of(block.html)]


@passages_in.register
def _(block: QuotationText) -> list[str]:
    return [block.text, block.source]


@passages_in.register
def _(block: ReflectionText) -> list[str]:
    return [block.prompt]


@passages_in.register
def _(block: StepsText) -> list[str]:
    return [block.title, *block.items]


@passages_in.register
def _(block: TableText) -> list[str]:
    return [block.title, *(cell for row in (block.columns, *block.rows) for cell in row if cell)]


@passages_in.register
def _(block: CityText) -> list[str]:
    return [block.heading, block.text]


@passages_in.register
def _(block: ImageText) -> list[str]:
    return [block.alt] if block.alt else []


@passages_in.register
def _(question: QuestionText) -> list[str]:
    return [*_paragraphs(question.situation), question.prompt, *_answers(question.options)]


@passages_in.register
def _(case: CaseText) -> list[str]:
    answers = [part for html in (case.answer, case.why, case.mistake) for part in passages_of(html)]
    return [case.title, *passages_in(case.question), *answers]


@passages_in.register
def _(layer: LayerText) -> list[str]:
    return [layer.title, *_paragraphs(layer.situation), layer.prompt, *_answers(layer.options), *passages_of(layer.picture)]


@passages_in.register
def _(turn: TurnText) -> list[str]:
    choices = [
        part for choice in turn.choices for part in (choice.text, choice.consequence, *(text for _side, text in choice.effects))
    ]
    return [*_paragraphs(turn.text), *choices]


@passages_in.register
def _(ending: EndingText) -> list[str]:
    return [ending.title, *passages_of(ending.html), *([ending.reflection] if ending.reflection else [])]


def _paragraphs(text: str) -> list[str]:
    return [part for part in text.split("\n\n") if part]


def _answers(options: tuple[OptionText, ...]) -> list[str]:
    return [part for option in options for part in (option.text, option.explanation)]


def blocks_of_step(step: StepText) -> Iterator[Block]:
    """Every block of a lesson or an exercise, in the order of reading."""
    match step:
        case LessonText(blocks=blocks):
            yield from blocks
        case CasesText(introduction=introduction, cases=cases):
            yield from (*introduction, *cases)
        case JudgementText(layers=layers, conclusion=conclusion):
            yield from (*layers, conclusion)
        case DialogueText(setting=setting, turns=turns, endings=endings):
            yield from (setting, *turns, *endings)
        case _:
            raise TypeError(step)


def designation(key: str, content: Content) -> str:
    return next(source.designation for source in content.legal_sources if source.key == key)


def visible_step(step: StepText, content: Content) -> list[str]:
    blocks = [passage for block in blocks_of_step(step) for passage in visible(block, content)]
    return [step.title, *([step.content_note] if step.content_note else []), *blocks]


def visible_check(check: CheckText) -> list[str]:
    return [passage for question in check.questions for passage in passages_in(question)]
