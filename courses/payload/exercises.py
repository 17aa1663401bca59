"""Exercises: cases to decide, situations to judge, conversations to lead.

`workplaces`, `milieu` and `gender` say what a situation is about, so that learners find their own and editors see the
balance. Their values are those of `courses.situations`.
"""

from __future__ import annotations

import msgspec

from courses.payload.blocks import Option, Question


def _apart(text: str) -> tuple[str, str]:
    """The paragraphs before the last one, and the last one, which asks."""
    situation, _empty_line, prompt = text.rpartition("\n\n")
    return situation, prompt


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """A situation, what one may do in it, and what the law says. `question.options` are actions; one is right."""

    id: str
    title: str
    question: Question
    answer: str
    """What the law says, as HTML."""
    why: str
    mistake: str
    workplaces: tuple[str, ...] = ()
    milieu: str = ""
    gender: str = ""

    @property
    def situation(self) -> str:
        """What has happened: plain paragraphs, with an empty line between."""
        return _apart(self.question.text)[0]

    @property
    def prompt(self) -> str:
        """What is asked."""
        return _apart(self.question.text)[1]


class Cases(msgspec.Struct, frozen=True, kw_only=True, tag="cases", tag_field="kind"):
    """Several cases on one theme, each on a page of its own. Done when every case is answered. `introduction` is HTML."""

    key: str
    slug: str
    title: str
    minutes: int
    cases: tuple[Case, ...]
    objectives: tuple[str, ...] = ()
    introduction: str = ""
    introduction_sources: tuple[str, ...] = ()
    content_note: str = ""
    material_revision: int = 1

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions in the order of the cases."""
        return tuple(case.question for case in self.cases)

    @property
    def source_keys(self) -> tuple[str, ...]:
        """Keys of the legal sources that decide the cases, sorted."""
        return tuple(sorted(set(self.introduction_sources).union(*(case.question.sources for case in self.cases))))


class Layer(msgspec.Struct, frozen=True, kw_only=True):
    """One layer of a situation: what is seen, what to do next, and how the picture changes.

    An option that `is_right` is a reasonable next step; several may be. What is chosen is stored nowhere.
    """

    id: str
    title: str
    text: str
    """Plain paragraphs, with an empty line between; the last one asks."""
    options: tuple[Option, ...]
    picture: str
    """How the picture changes, as HTML."""
    sources: tuple[str, ...] = ()

    @property
    def situation(self) -> str:
        """What is seen: plain paragraphs, with an empty line between."""
        return _apart(self.text)[0]

    @property
    def question(self) -> Question:
        """What to do next, as something to choose one of."""
        return Question(id=self.id, kind="single", text=_apart(self.text)[1], options=self.options, sources=self.sources)


class Judgement(msgspec.Struct, frozen=True, kw_only=True, tag="judgement", tag_field="kind"):
    """A situation revealed in layers, each on a page of its own. `conclusion` is HTML."""

    key: str
    slug: str
    title: str
    minutes: int
    layers: tuple[Layer, ...]
    conclusion: str
    conclusion_sources: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    content_note: str = ""
    workplaces: tuple[str, ...] = ()
    milieu: str = ""
    gender: str = ""
    material_revision: int = 1

    @property
    def questions(self) -> tuple[Question, ...]:
        """None: nothing of it is graded."""
        return ()

    @property
    def source_keys(self) -> tuple[str, ...]:
        """Keys of the legal sources that the feedback rests on, sorted."""
        return tuple(sorted(set(self.conclusion_sources).union(*(layer.sources for layer in self.layers))))


class Effect(msgspec.Struct, frozen=True, kw_only=True):
    """What a choice does to one side of the conversation; the sides are those of `courses.situations`."""

    side: str
    text: str


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """Something to say or do, the turn or ending that it leads to, and what comes of it."""

    id: str
    text: str
    leads_to: str
    consequence: str
    effects: tuple[Effect, ...] = ()


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """What is said or happens, and what one may answer. `text` is plain paragraphs, with an empty line between."""

    id: str
    text: str
    choices: tuple[Choice, ...]
    speaker: str = ""
    sources: tuple[str, ...] = ()


class Ending(msgspec.Struct, frozen=True, kw_only=True):
    """How the conversation ended, as HTML, and something to think about."""

    id: str
    title: str
    html: str
    reflection: str = ""
    sources: tuple[str, ...] = ()


class Dialogue(msgspec.Struct, frozen=True, kw_only=True, tag="dialogue", tag_field="kind"):
    """A conversation as a graph of turns that begins at `start`. `setting` is HTML. There is no score."""

    key: str
    slug: str
    title: str
    minutes: int
    setting: str
    start: str
    turns: tuple[Turn, ...]
    endings: tuple[Ending, ...]
    objectives: tuple[str, ...] = ()
    content_note: str = ""
    workplaces: tuple[str, ...] = ()
    milieu: str = ""
    gender: str = ""
    material_revision: int = 1

    @property
    def questions(self) -> tuple[Question, ...]:
        """None: nothing of it is graded."""
        return ()

    @property
    def source_keys(self) -> tuple[str, ...]:
        """Keys of the legal sources that turns and endings rest on, sorted."""
        of_turns = (turn.sources for turn in self.turns)
        return tuple(sorted(set().union(*of_turns, *(ending.sources for ending in self.endings))))
