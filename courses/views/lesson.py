"""A lesson's page: blocks to read, questions to practise on with what is said after each answer."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from courses.forms import PageError, entered_in
from courses.given_answers import given_answers
from courses.payload import Question
from courses.reading import StepInForce
from courses.rendering import Asked, AssembledStep, assembled_step, feedback_html, question_html
from courses.rounds import PresentRound
from courses.sittings import Given

SEEN = {"visa", "svarat", "igen", "fall"}
"""Whoever comes with one of these has read the content note."""


@dataclass(frozen=True)
class ShownQuestion:
    """A question as finished HTML: to answer, or with what is said about the learner's answer."""

    id: str
    number: int
    html: SafeString
    is_answered: bool = False
    is_right: bool = False


@dataclass(frozen=True)
class ShownPart:
    """Finished HTML, or a question."""

    html: SafeString | None = None
    shown: ShownQuestion | None = None


def lesson_page(
    request: HttpRequest, step: StepInForce, present: PresentRound, errors: tuple[PageError, ...] = ()
) -> HttpResponse:
    """Show the lesson; with `?svarat=<question>` what became of that answer is said first."""
    context = {"step": step, "present": present, "errors": errors, "minutes_left": present.minutes_left(step.module.lines)}
    if step.lesson().content_note and not errors and not SEEN.intersection(request.GET):
        return render(request, "courses/content_note.html", context)
    assembled = assembled_step(step)
    parts = _shown_parts(request, step, assembled, given_answers(step, present), errors)
    said = request.GET.get("svarat")
    answered = (part.shown for part in parts if part.shown and part.shown.is_answered)
    context |= {
        "parts": parts,
        "legal_state": assembled.legal_state,
        "just_answered": next((shown for shown in answered if shown.id == said), None),
        "next_line": present.next_line(step.module.lines, after=step.line.position),
    }
    return render(request, "courses/lesson.html", context)


def _shown_parts(
    request: HttpRequest,
    step: StepInForce,
    assembled: AssembledStep,
    answers: dict[str, Given],
    errors: tuple[PageError, ...],
) -> list[ShownPart]:
    numbers = count(1)
    shown = []
    for part in assembled.parts:
        if isinstance(part, Question):
            number = next(numbers)
            label = _("Question %(number)s.") % {"number": number}
            asked = Asked(step.module.edition.pk, step.line.key, part, label)
            shown.append(ShownPart(shown=_shown_question(request, asked, number, answers.get(part.id), errors, assembled)))
        else:
            shown.append(ShownPart(part))
    return shown


def _shown_question(
    request: HttpRequest,
    asked: Asked,
    number: int,
    given: Given | None,
    errors: tuple[PageError, ...],
    assembled: AssembledStep,
) -> ShownQuestion:
    question = asked.question
    if error := next((error.text for error in errors if error.target == f"question-{question.id}"), ""):
        entered = entered_in(request.POST) if request.POST.get("question") == question.id else []
        return ShownQuestion(question.id, number, question_html(asked, entered, error))
    fits = given is not None and set(given.response) <= {option.id for option in question.options}
    if given is None or not fits or request.GET.get("igen") == question.id:
        return ShownQuestion(question.id, number, question_html(asked, []))
    html = feedback_html(asked, given.response, assembled.sources, is_right=given.is_right)
    return ShownQuestion(question.id, number, html, is_answered=True, is_right=given.is_right)
