"""The pages of cases: the list, and each case with what the law says once it is decided. All at the step's own address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from courses.actions.lessons import answer_question
from courses.forms import PageError, entered_in, place_from, response_from
from courses.given_answers import given_answers
from courses.payload import Case, Cases, Source
from courses.reading import StepInForce
from courses.rendering import Asked, assembled_step, feedback_html, is_overdue_on, question_html
from courses.rounds import PresentRound
from courses.sittings import Given
from courses.situation_reading import named
from courses.situations import Workplace, workplace_names
from courses.views.exercises import exercise_context, note_before
from organisation.models import User

WORKPLACE = "workplace"
"""Where the session keeps whose cases come first."""


@dataclass(frozen=True)
class CaseRow:
    """A case in the list. `given` is the learner's answer, if it still fits the case."""

    case: Case
    number: int
    given: Given | None

    @property
    def status(self) -> str:
        """What the list says of it."""
        return "done" if self.given else "not_started"

    @property
    def workplaces(self) -> str:
        """The names of the workplaces where it is typical."""
        return workplace_names(self.case.workplaces)


@dataclass(frozen=True)
class DecidingSource:
    """A legal source as it stands at present."""

    source: Source
    is_overdue: bool


def cases_page(
    request: HttpRequest, step: StepInForce, present: PresentRound, errors: tuple[PageError, ...] = ()
) -> HttpResponse:
    """Show the case of `?fall=<id>`, else the list; the cases of the chosen workplace come first."""
    if note := note_before(request, step, present, errors):
        return note
    workplace = request.session.get(WORKPLACE, "")
    rows = _rows(cast(Cases, step.content), workplace, given_answers(step, present))
    asked_for = request.POST.get("question") or request.GET.get("fall")
    context = exercise_context(step, present, errors, rows=rows, all_decided=all(row.given for row in rows))
    context["may_finish"] = context["all_decided"] or present.is_done(step.line)
    if row := next((row for row in rows if row.case.id == asked_for), None):
        return render(request, "courses/case.html", context | _case(request, step, row, rows, errors))
    return render(request, "courses/cases.html", context | _list(step, rows, workplace))


def _rows(cases: Cases, workplace: str, given: dict[str, Given]) -> list[CaseRow]:
    own_first = sorted(cases.cases, key=lambda case: workplace not in case.workplaces) if workplace else cases.cases
    return [CaseRow(case, number, _fitting(case, given)) for number, case in enumerate(own_first, start=1)]


def _fitting(case: Case, given: dict[str, Given]) -> Given | None:
    """The answer, unless an editorial change has taken away what was chosen."""
    answer = given.get(case.id)
    known = {option.id for option in case.question.options}
    return answer if answer and set(answer.response) <= known else None


def _list(step: StepInForce, rows: list[CaseRow], workplace: str) -> dict[str, object]:
    cases, assembled = cast(Cases, step.content), assembled_step(step)
    own = [row for row in rows if workplace in row.case.workplaces]
    return {
        "introduction": cases.introduction,
        "sources": named(cases.introduction_sources, assembled.sources),
        "own": own,
        "others": [row for row in rows if row not in own],
        "workplace": workplace,
        "workplaces": Workplace.choices,
    }


def _case(
    request: HttpRequest, step: StepInForce, row: CaseRow, rows: list[CaseRow], errors: tuple[PageError, ...]
) -> dict[str, object]:
    is_open = row.given is None or "igen" in request.GET or bool(errors)
    shown = {"row": row, "count": len(rows), "next": _next(row, rows), "is_open": is_open}
    if row.given is None or is_open:
        return shown | {"heading": row.case.title, "html": _asked(request, step, row, errors)}
    outcome = _("Right answer – %(title)s") if row.given.is_right else _("Not quite – %(title)s")
    return shown | {
        "heading": outcome % {"title": row.case.title},
        "html": feedback_html(_asked_about(step, row.case), row.given.response, {}, is_right=row.given.is_right),
        "deciding": _deciding(step, row.case),
    }


def _next(row: CaseRow, rows: list[CaseRow]) -> CaseRow | None:
    """The first undecided case after this one, else the first undecided one at all."""
    left = [other for other in rows if other.given is None and other.case.id != row.case.id]
    return next((other for other in left if other.number > row.number), left[0] if left else None)


def _asked_about(step: StepInForce, case: Case) -> Asked:
    """The question alone; the situation stands above it."""
    question = msgspec.structs.replace(case.question, text=case.prompt)
    return Asked(step.module.edition.pk, step.line.key, question)


def _asked(request: HttpRequest, step: StepInForce, row: CaseRow, errors: tuple[PageError, ...]) -> SafeString:
    error = next((error.text for error in errors if error.target == f"question-{row.case.id}"), "")
    entered = entered_in(request.POST) if request.method == "POST" else []
    return question_html(_asked_about(step, row.case), entered, error)


def _deciding(step: StepInForce, case: Case) -> list[DecidingSource]:
    sources = named(case.question.sources, assembled_step(step).sources)
    return [DecidingSource(source, is_overdue_on(source, step.module.day)) for source in sources]


def decide(request: HttpRequest, slug: str, step_slug: str) -> HttpResponse:
    """Store what the learner would do in a case, and lead to what the law says."""
    case_id = request.POST.get("question", "")
    answer_question(
        user=cast(User, request.user),
        place=place_from(request.POST, slug, step_slug),
        question_id=case_id,
        response=response_from(request.POST),
        at=timezone.now(),
    )
    return redirect(f"{_address(slug, step_slug)}?{urlencode({'fall': case_id})}&svarat#answer-{case_id}")


def choose_workplace(request: HttpRequest, slug: str, step_slug: str) -> HttpResponse:
    """Keep whose cases come first, for this and every other list; with nothing chosen all are alike."""
    chosen = request.POST.get("workplace", "")
    if chosen in Workplace.values:
        request.session[WORKPLACE] = chosen
    else:
        request.session.pop(WORKPLACE, None)
    return redirect(f"{_address(slug, step_slug)}?visa=1")


def _address(slug: str, step_slug: str) -> str:
    return reverse("courses:step", kwargs={"slug": slug, "step": step_slug})
