"""What learners think of modules, as far as it may be shown: ten answers at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from courses.models import Evaluation, Module
from courses.models.evaluations import Degree


@dataclass(frozen=True)
class Counted:
    """How many gave one answer to a question. `degree` is empty for those who gave none."""

    degree: str
    label: str
    count: int


@dataclass(frozen=True)
class EvaluationReport:
    """What those who answered said; `answers` is a multiple of ten, never less than ten. Texts stand in an order of chance."""

    answers: int
    worth_time: tuple[Counted, ...]
    knows_what_to_do: tuple[Counted, ...]
    unclear: tuple[str, ...]


def modules_with_answers() -> QuerySet[Module]:
    """Return every module with `released`: how many answers may be shown of it."""
    return Module.objects.annotate(released=Count("evaluations", filter=Q(evaluations__is_released=True))).order_by("title")


def report_of(module: Module) -> EvaluationReport | None:
    """Return what may be shown of a module; nothing before ten have answered. One query."""
    rows = Evaluation.objects.filter(module=module, is_released=True).order_by("pk")
    found = list(rows.values_list("worth_time", "knows_what_to_do", "unclear"))
    if len(found) < Evaluation.RELEASED_AT_ONCE:
        return None
    worth, knows, texts = zip(*found, strict=True)
    return EvaluationReport(len(found), _counted(worth), _counted(knows), tuple(text for text in texts if text))


def _counted(degrees: Iterable[str]) -> tuple[Counted, ...]:
    """Every answer that could be given, zeros included, and those who gave none last."""
    counts = Counter(degrees)
    return (
        *(Counted(degree.value, str(degree.label), counts[degree.value]) for degree in Degree),
        Counted("", "", counts[""]),
    )
