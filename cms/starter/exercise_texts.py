"""What the files say of exercises, as plain frozen records; see ``cms.starter.texts``."""

from dataclasses import dataclass

from cms.starter.texts import Block, OptionText, QuestionText, RichText, StepText


@dataclass(frozen=True, kw_only=True)
class CaseText(Block):
    """A situation, what one may do, and what the law says. ``question`` has the case's own id, facts and sources."""

    title: str
    question: QuestionText
    answer: str
    why: str
    mistake: str
    workplaces: tuple[str, ...]
    milieu: str
    gender: str


@dataclass(frozen=True, kw_only=True)
class CasesText(StepText):
    """Several cases on one theme."""

    introduction: tuple[RichText, ...]
    cases: tuple[CaseText, ...]


@dataclass(frozen=True, kw_only=True)
class LayerText(Block):
    """One layer of a situation; the paragraphs of ``situation`` are separated by an empty line.

    Several options may be right, which means reasonable. ``picture`` is the HTML of how the picture changes.
    """

    title: str
    situation: str
    prompt: str
    options: tuple[OptionText, ...]
    picture: str


@dataclass(frozen=True, kw_only=True)
class JudgementText(StepText):
    """A situation in layers, and what was decided in the end."""

    workplaces: tuple[str, ...]
    milieu: str
    gender: str
    layers: tuple[LayerText, ...]
    conclusion: RichText


@dataclass(frozen=True, kw_only=True)
class ChoiceText:
    """Something to answer in a conversation. ``id`` is ``<turn id>-<letter in the file>``; ``effects`` is (side, text)."""

    id: str
    text: str
    leads_to: str
    consequence: str
    effects: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class TurnText(Block):
    """What is said or happens; paragraphs are separated by an empty line. ``speaker`` may be empty."""

    speaker: str
    text: str
    choices: tuple[ChoiceText, ...]


@dataclass(frozen=True, kw_only=True)
class EndingText(Block):
    """How a conversation ended, and something to think about."""

    title: str
    html: str
    reflection: str


@dataclass(frozen=True, kw_only=True)
class DialogueText(StepText):
    """A conversation as a graph that begins at the turn ``start``."""

    workplaces: tuple[str, ...]
    milieu: str
    gender: str
    setting: RichText
    start: str
    turns: tuple[TurnText, ...]
    endings: tuple[EndingText, ...]
