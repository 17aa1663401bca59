"""A knowledge check's pages: before it, one question a page, and the result. All at the step's own address."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString

from courses.actions.attempts import check_of
from courses.forms import PageError, entered_in, turn_from
from courses.payload import Check, Question
from courses.reading import StepInForce, question_of
from courses.rendering import Asked, assembled_step, feedback_html, question_html
from courses.rounds import PresentRound
from courses.sittings import FIRST, SECOND, Given, Sitting, Turn, sittings_of


def check_page(
    request: HttpRequest, step: StepInForce, present: PresentRound, errors: tuple[PageError, ...] = ()
) -> HttpResponse:
    """Show the question of `?fraga=<n>`, the result of the latest attempt, or what the check asks for."""
    sittings = sittings_of(present.pk, step.line) if present.pk is not None else []
    latest = sittings[0] if sittings else None
    context = {
        "step": step,
        "present": present,
        "errors": errors,
        "minutes_left": present.minutes_left(step.module.lines),
        "is_passed": present.is_done(step.line),
    }
    if latest and (number := _number(request, latest)):
        return render(request, "courses/check_question.html", context | _question(request, step, latest, number, errors))
    if latest and latest.is_open and not errors:
        return redirect(f"{request.path}?fraga={latest.next_number}")
    context |= {"check": step.check(), "legal_state": assembled_step(step).legal_state}
    if latest is None or latest.is_open:
        return render(request, "courses/check.html", context)
    return render(request, "courses/check_result.html", context | _result(step, present, latest))


def _number(request: HttpRequest, sitting: Sitting) -> int:
    """The number of the question that is asked for, or 0."""
    if (turn := turn_from(request.POST)) in sitting.asked:
        return sitting.asked.index(turn) + 1
    text = request.GET.get("fraga", "")
    number = int(text) if text.isdecimal() and len(text) < 4 else 0
    return number if number <= len(sitting.asked) else 0


def _question(
    request: HttpRequest, step: StepInForce, sitting: Sitting, number: int, errors: tuple[PageError, ...]
) -> dict[str, object]:
    turn = sitting.asked[number - 1]
    question = question_of(check_of(sitting, step), turn[0])
    given = sitting.answers.get(turn)
    asked = Asked(sitting.edition_id, step.line.key, question if given else _as_asked(question, turn), turn=turn[1])
    return {
        "question": question,
        "number": number,
        "sitting": sitting,
        "given": given,
        "turn": turn[1],
        "html": _question_html(request, step, asked, given, errors),
        "next_number": str(sitting.next_number),
    } | _counted(sitting, turn)


def _counted(sitting: Sitting, turn: Turn) -> dict[str, object]:
    """The number that the page says, and of how many; what comes back is counted by itself."""
    ids = sitting.returned if turn[1] == SECOND else sitting.question_ids
    return {"said_number": ids.index(turn[0]) + 1, "said_count": len(ids), "is_second": turn[1] == SECOND}


def _as_asked(question: Question, turn: Turn) -> Question:
    """The second time the options stand in another order, so that they are read and not remembered by their place."""
    if turn[1] != SECOND or question.kind in {"true_false", "order"}:
        return question
    return msgspec.structs.replace(question, options=question.options[1:] + question.options[:1])


def _question_html(
    request: HttpRequest, step: StepInForce, asked: Asked, given: Given | None, errors: tuple[PageError, ...]
) -> SafeString:
    if given:
        return feedback_html(asked, given.response, assembled_step(step).sources, is_right=given.is_right)
    error = next((error.text for error in errors if error.target == f"question-{asked.question.id}"), "")
    return question_html(asked, entered_in(request.POST), error)


def _result(step: StepInForce, present: PresentRound, sitting: Sitting) -> dict[str, object]:
    check = check_of(sitting, step)
    return {
        "check": check,
        "sitting": sitting,
        "needed": needed(check, len(sitting.question_ids)),
        "answers": _answers(check, sitting),
        "onward_url": onward_url(step, present),
    }


@dataclass(frozen=True)
class AnswerLine:
    """A question of the attempt, and what became of it."""

    text: str
    number: int
    is_right: bool
    came_back: bool


def _answers(check: Check, sitting: Sitting) -> list[AnswerLine]:
    texts = {question.id: question.text for question in check.questions}
    lines = []
    for id_ in sitting.question_ids:
        came_back, given = id_ in sitting.returned, sitting.standing(id_)
        number = sitting.asked.index((id_, SECOND if came_back else FIRST)) + 1
        lines.append(AnswerLine(texts[id_], number, given is not None and given.is_right, came_back))
    return lines


def onward_url(step: StepInForce, present: PresentRound) -> str:
    """Return the address of the next step that is not done; with none left, of the completion."""
    slug = step.module.edition.module.slug
    line = present.next_line(step.module.lines, after=step.line.position)
    if line is None:
        return reverse("courses:completed", kwargs={"slug": slug})
    return reverse("courses:step", kwargs={"slug": slug, "step": line.slug})


def needed(check: Check, asked: int) -> int:
    """Return how many right answers are enough; the fraction of a question counts as a whole one."""
    return -(-check.pass_percent * asked // 100)
