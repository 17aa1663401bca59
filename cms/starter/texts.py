"""What the files under ``content/`` say, as plain frozen records.

Nothing here knows Django or Wagtail. The loader turns these records into pages; the tests of the texts read them directly.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from cms.starter.errors import Place


@dataclass(frozen=True, kw_only=True)
class Block:
    """One piece of a lesson or a page.

    ``id`` is unique in the whole folder and never changes. ``facts`` points into ``content/underlag.md``.
    ``legal_sources`` holds the keys of the provisions that the block rests on.
    """

    id: str
    facts: tuple[str, ...]
    legal_sources: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class HeadingText(Block):
    text: str


@dataclass(frozen=True, kw_only=True)
class RichText(Block):
    """``html`` uses only p, b, i, ul, ol, li, a and h3."""

    html: str


@dataclass(frozen=True, kw_only=True)
class FactText(Block):
    title: str
    html: str


@dataclass(frozen=True, kw_only=True)
class QuotationText(Block):
    """Words taken from the plan or from a statute; ``source`` says where, in words."""

    text: str
    source: str


@dataclass(frozen=True, kw_only=True)
class LegalText(Block):
    """One provision (``key``) and what it means for the reader here."""

    key: str
    html: str


@dataclass(frozen=True, kw_only=True)
class ReflectionText(Block):
    prompt: str


@dataclass(frozen=True, kw_only=True)
class StepsText(Block):
    title: str
    items: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class TableText(Block):
    """Plain words; every row is as long as ``columns``, and its first cell names it."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True)
class ImageText(Block):
    """``file`` is an existing file. A decorative image has an empty ``alt``, every other image has one."""

    file: Path
    alt: str
    is_decorative: bool


@dataclass(frozen=True, kw_only=True)
class CityText(Block):
    """A place that only the city can fill in. Shown under ``heading``, so that nobody takes it for finished."""

    title: str
    text: str

    @property
    def heading(self) -> str:
        return f"Fylls i av staden: {self.title}"


class QuestionKind(StrEnum):
    """The values are the words used in the files."""

    ONE = "en"
    SEVERAL = "flera"
    TRUE_FALSE = "sant-falskt"
    ORDER = "ordna"


@dataclass(frozen=True, kw_only=True)
class OptionText:
    """One answer. ``id`` is ``<question id>-<letter in the file>``.

    ``position`` counts from 1 in a question of kind ORDER, where every option is right, and is None in all others.
    """

    id: str
    text: str
    is_right: bool
    explanation: str
    position: int | None = None


@dataclass(frozen=True, kw_only=True)
class QuestionText(Block):
    """``situation`` may be empty; its paragraphs are separated by an empty line."""

    kind: QuestionKind
    situation: str
    prompt: str
    objective_id: str
    options: tuple[OptionText, ...]
    signs: tuple[str, ...] = ()
    """Keys of the entries in the library of signs that the answer rests on."""


@dataclass(frozen=True, kw_only=True)
class ObjectiveText:
    id: str
    text: str


@dataclass(frozen=True, kw_only=True)
class StepText:
    """What every step but the knowledge check begins with: a lesson, or an exercise."""

    key: str
    slug: str
    title: str
    minutes: int
    objective_ids: tuple[str, ...]
    content_note: str


@dataclass(frozen=True, kw_only=True)
class LessonText(StepText):
    blocks: tuple[Block, ...]

    @property
    def questions(self) -> tuple[QuestionText, ...]:
        return tuple(block for block in self.blocks if isinstance(block, QuestionText))

    @property
    def legal_sources(self) -> tuple[str, ...]:
        """The keys of all provisions that the lesson rests on, each once, in the order they are met."""
        return tuple(dict.fromkeys(key for block in self.blocks for key in block.legal_sources))


@dataclass(frozen=True, kw_only=True)
class CheckText:
    """The knowledge check: ``draw`` of ``questions`` are asked, ``pass_percent`` of them must be right."""

    key: str
    slug: str
    title: str
    minutes: int
    pass_percent: int
    draw: int
    questions: tuple[QuestionText, ...]


@dataclass(frozen=True, kw_only=True)
class ModuleText:
    key: str
    slug: str
    title: str
    summary: str
    for_whom: str
    minutes: int
    tags: tuple[str, ...]
    responsible: str
    review_on: date
    in_force_from: date
    objectives: tuple[ObjectiveText, ...]
    steps: tuple[StepText, ...]
    check: CheckText

    @property
    def lessons(self) -> tuple[LessonText, ...]:
        """The lessons among the steps."""
        return tuple(step for step in self.steps if isinstance(step, LessonText))


@dataclass(frozen=True, kw_only=True)
class LegalSourceText:
    """One provision. ``in_force_from`` is None where nobody has established the day.

    ``checked_on``, ``checked_by`` and ``check_again_on`` are all set, or all empty for a provision whose wording
    nobody has read; ``note`` then says so.
    """

    key: str
    law: str
    sfs: str
    chapter: str
    section: str
    designation: str
    summary: str
    url: str
    in_force_from: date | None
    checked_on: date | None
    checked_by: str
    check_again_on: date | None
    note: str


@dataclass(frozen=True, kw_only=True)
class ContactText(Block):
    """Whom to call, on a routine page: a function, never a person. `telephone` is empty where only the city knows it."""

    function: str
    when: str
    telephone: str
    hours: str
    is_required: bool


class SignKind(StrEnum):
    """The values are the words used in the files."""

    DIGITS = "siffra"
    RUNE = "runa"
    MARK = "märke"
    FLAG = "flagga"
    GESTURE = "gest"
    TYPED = "tecken i text"
    PICTURE = "bild eller meme"
    LETTERS = "bokstäver"


class SignCertainty(StrEnum):
    """How sure the extremist meaning is; only a verified entry is published when it is loaded."""

    VERIFIED = "kontrollerat"
    PARTLY = "delvis"
    GENERAL = "allmän kännedom"


@dataclass(frozen=True, kw_only=True)
class SignText:
    """An entry in the library of signs. `drawing` is an SVG as it stands in its file, or empty."""

    place: Place
    key: str
    slug: str
    name: str
    kind: SignKind
    tags: tuple[str, ...]
    certainty: SignCertainty
    checked_on: date
    check_again_on: date
    sources: tuple[str, ...]
    drawing: str
    drawing_shows: str
    summary: str
    content_note: str
    facts: tuple[str, ...]
    block_ids: tuple[str, ...]
    ordinary: str
    extremist: str
    how_to_ask: str


class PageKind(StrEnum):
    STANDARD = "standard"
    ROUTINE = "rutin"


@dataclass(frozen=True, kw_only=True)
class PageText:
    """An open page. ``language`` is sv or fi."""

    slug: str
    title: str
    kind: PageKind
    summary: str
    language: str = "sv"
    blocks: tuple[Block, ...]
    contacts: tuple[ContactText, ...] = ()


class StandingWord(StrEnum):
    """The values are the words used in the file."""

    NOT_STARTED = "ej påbörjad"
    ONGOING = "pågår"
    DONE = "genomförd"
    DROPPED = "utgår"
    UNKNOWN = "fylls i av staden"


@dataclass(frozen=True, kw_only=True)
class ActivityText:
    """One activity of the action plan."""

    place: Place
    key: str
    section: str
    title: str
    description: str
    responsible: str
    participants: str
    timetable: str
    standing: StandingWord
    comment: str
    changed_since: str
    legal_sources: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ActivitiesText(Block):
    """The place on a page where the plan's activities are listed, as they stand when it is read."""


@dataclass(frozen=True, kw_only=True)
class Content:
    modules: tuple[ModuleText, ...]
    legal_sources: tuple[LegalSourceText, ...]
    pages: tuple[PageText, ...]
    signs: tuple[SignText, ...] = ()
    activities: tuple[ActivityText, ...] = ()
