"""What people say in a follow-up report, as data: the departments' comments, the plan's activities, the learners' answers.

It is locked at publication, with a hash of its own; the figures were locked when they were frozen. It holds no person.
"""

from __future__ import annotations

import datetime as dt

import msgspec

SCHEMA = "motstandskraft/follow-up-statements/1"


class CommentOf(msgspec.Struct, frozen=True, kw_only=True):
    """What a department says of its figures. `unit` is its external id; `responsible` is a function."""

    unit: str
    reason: str
    action: str = ""
    responsible: str = ""
    by_when: dt.date | None = None


class ActivityOf(msgspec.Struct, frozen=True, kw_only=True):
    """One activity of the action plan. `standing` is one of `reports.models.plan.Standing`, with the day it was stated."""

    key: str
    section: str
    title: str
    responsible: str
    timetable: str
    standing: str
    comment: str = ""
    stood_on: dt.date | None = None


class HardQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """A question that many got wrong at first; only from `answers` ≥ 10."""

    module: str
    objective: str
    question: str
    answers: int
    wrong_at_first: int


class EvaluationAt(msgspec.Struct, frozen=True, kw_only=True):
    """What the released anonymous answers say of a module, only from ten; `degrees` is question → degree → how many."""

    module: str
    answers: int
    degrees: dict[str, dict[str, int]]


class Statements(msgspec.Struct, frozen=True, kw_only=True):
    """All of it: comments by the units' order, activities by the plan's.

    What learners found hard stands here and not in the basis: it is stored without day or person, so nobody could say later
    what it was on the cut-off day.
    """

    schema: str = SCHEMA
    comments: tuple[CommentOf, ...] = ()
    activities: tuple[ActivityOf, ...] = ()
    hard: tuple[HardQuestion, ...] = ()
    evaluations: tuple[EvaluationAt, ...] = ()
