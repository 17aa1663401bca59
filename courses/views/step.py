"""One step a page: shows it, and takes what the learner does there."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from courses.actions.attempts import AttemptRefused, answer_in_attempt, start_attempt
from courses.actions.exercises import ExerciseUnfinished
from courses.actions.lessons import AnswerRefused, LessonUnfinished, answer_question, finish_lesson
from courses.forms import PageError, SamePlace, number_from, place_from, response_from, turn_from
from courses.models import Step
from courses.reading import NotInForce, StepClosed, StepInForce, find_module, find_step
from courses.rounds import present_round
from courses.views import cases, dialogue, exercises, judgement
from courses.views.check import check_page, onward_url
from courses.views.lesson import lesson_page
from courses.views.modules import moved_or_missing
from organisation.models import User

OK, REFUSED = 200, 422
PAGES = {
    Step.Kind.LESSON: lesson_page,
    Step.Kind.CASES: cases.cases_page,
    Step.Kind.JUDGEMENT: judgement.judgement_page,
    Step.Kind.DIALOGUE: dialogue.dialogue_page,
    Step.Kind.CHECK: check_page,
}
"""What shows each kind of step."""


@login_required
@sensitive_post_parameters()
def step(request: HttpRequest, slug: str, step: str) -> HttpResponse:
    """Show a step; a POST does one thing in it, and leads on."""
    try:
        response = _take(request, slug, step) if request.method == "POST" else _show(request, _found(slug, step))
    except NotInForce as unknown:
        response = _moved_step(unknown, slug, step)
    _say_who_may_keep(response, is_answer=request.method == "POST" and response.status_code == OK)
    return response


def _say_who_may_keep(response: HttpResponse, *, is_answer: bool) -> None:
    """Nobody keeps a page, but the learner's own browser those that answer a form: else Back would find nothing there."""
    if is_answer:
        patch_cache_control(response, private=True, max_age=0)
    else:
        add_never_cache_headers(response)


def _found(slug: str, step_slug: str) -> StepInForce:
    return find_step(slug, step_slug, timezone.localdate())


def _show(request: HttpRequest, found: StepInForce, errors: tuple[PageError, ...] = ()) -> HttpResponse:
    if found.stop:
        return render(request, "courses/step_withdrawn.html", {"step": found})
    present = present_round(cast(User, request.user), found.module)
    response = PAGES[Step.Kind(found.line.kind)](request, found, present, errors)
    response.status_code = REFUSED if errors else response.status_code
    return response


def _take(request: HttpRequest, slug: str, step_slug: str) -> HttpResponse:
    do = ACTIONS.get(request.POST.get("do", ""), _unknown)
    try:
        return do(request, slug, step_slug)
    except LessonUnfinished as unfinished:
        errors = tuple(
            PageError(_("Answer the question: %(question)s") % {"question": question.text}, f"question-{question.id}")
            for question in unfinished.questions
        )
    except (AnswerRefused, SamePlace) as refused:
        errors = (PageError(str(refused), f"question-{request.POST.get('question', '')}"),)
    except (AttemptRefused, ExerciseUnfinished, StepClosed) as refused:
        errors = (PageError(str(refused)),)
    return _show(request, _found(slug, step_slug), errors)


def _answer(request: HttpRequest, slug: str, step_slug: str) -> HttpResponse:
    question_id = request.POST.get("question", "")
    answer_question(
        user=cast(User, request.user),
        place=place_from(request.POST, slug, step_slug),
        question_id=question_id,
        response=response_from(request.POST),
        at=timezone.now(),
    )
    return redirect(f"{_address(slug, step_slug)}?svarat={question_id}#answer-{question_id}")


def _finish(request: HttpRequest, slug: str, step_slug: str) -> HttpResponse:
    finished = finish_lesson(
        user=cast(User, request.user),
        place=place_from(request.POST, slug, step_slug),
        at=timezone.now(),
        way_round=request.POST.get("way_round") == "1",
    )
    return redirect(onward_url(finished.step, finished.present))


def _start(request: HttpRequest, slug: str, step_slug: str) -> HttpResponse:
    sitting = start_attempt(
        user=cast(User, request.user),
        place=place_from(request.POST, slug, step_slug),
        seed=secrets.token_hex(),
        at=timezone.now(),
    )
    return redirect(f"{_address(slug, step_slug)}?fraga={sitting.next_number}")


def _answer_in_attempt(request: HttpRequest, slug: str, step_slug: str) -> HttpResponse:
    question_id, turn = turn_from(request.POST)
    answered = answer_in_attempt(
        user=cast(User, request.user),
        place=place_from(request.POST, slug, step_slug),
        number=number_from(request.POST, "attempt"),
        question_id=question_id,
        response=response_from(request.POST),
        at=timezone.now(),
        turn=turn,
    )
    return redirect(f"{_address(slug, step_slug)}?fraga={answered.sitting.asked.index((question_id, turn)) + 1}")


def _unknown(request: HttpRequest, slug: str, step_slug: str) -> HttpResponse:
    raise StepClosed(_("The form said nothing that can be done here. Try again."))


ACTIONS: dict[str, Callable[[HttpRequest, str, str], HttpResponse]] = {
    "answer": _answer,
    "finish": _finish,
    "start": _start,
    "answer_in_attempt": _answer_in_attempt,
    "finish_exercise": exercises.finish,
    "choose_workplace": cases.choose_workplace,
    "decide": cases.decide,
    "judge": judgement.judge,
    "go_on": judgement.go_on,
    "finish_judgement": judgement.finish_judgement,
    "choose": dialogue.choose,
    "turn_back": dialogue.turn_back,
    "end_conversation": dialogue.end_conversation,
}


def _address(slug: str, step_slug: str) -> str:
    return reverse("courses:step", kwargs={"slug": slug, "step": step_slug})


def _moved_step(unknown: NotInForce, slug: str, step_slug: str) -> HttpResponse:
    """Lead from an address that the step had in an earlier edition to the present one, or to the module."""
    former = Step.objects.filter(edition__module__slug=slug, slug=step_slug, edition__in_force_from__lte=timezone.localdate())
    key = former.order_by("-edition").values_list("key", flat=True).first()
    if key is None:
        return moved_or_missing(unknown, "courses:step", slug, step=step_slug)
    line = next((line for line in find_module(slug, timezone.localdate()).lines if line.key == key), None)
    return redirect(_address(slug, line.slug)) if line else redirect("courses:module", slug=slug)
