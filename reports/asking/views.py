"""The pages for free questions. Each asks first what the viewer may ask about; all else is not found."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from courses.models import Module
from organisation.models import User
from organisation.tree import Tree, names_on
from reports.asking.answers import AreaAnswer, answers, is_cut
from reports.asking.charts import Chart, by_department, funnel
from reports.asking.choosing import choices_of
from reports.asking.questions import Question, QuestionForm, Scope, departments_asked
from reports.asking.reading import Reading, read
from reports.asking.tables import tables_of
from reports.standing import Terms
from reports.tables import FORMATS, as_attachment


@dataclass(frozen=True)
class Shown:
    """One module in one area, with its pictures."""

    area: AreaAnswer
    pictures: list[Chart]


@dataclass(frozen=True)
class Section:
    """What a page says of one module."""

    terms: Terms
    shown: list[Shown]


@login_required
@never_cache
@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """The figures of a day, their picture, and what changed since another day."""
    today = timezone.localdate()
    scope = Scope.of(cast(User, request.user), today)
    departments = departments_asked(request, scope)
    form = _form(request, today)
    context = {"form": form, "scope": scope}
    if not form.is_valid():
        choices = choices_of(scope, Tree.on(today), names_on(today), departments)
        return render(request, "reports/question.html", context | {"choices": choices}, status=422)
    reading = read(form.question(departments), scope)
    context |= {"choices": choices_of(scope, reading.tree, reading.names, departments), "reading": reading}
    context |= {"sections": _sections(reading), "is_cut": is_cut(reading), "question": reading.question}
    return render(request, "reports/question.html", context)


@login_required
@never_cache
@require_safe
def answer_file(request: HttpRequest, ending: str) -> HttpResponse:
    """The same answer as a file. A question that cannot be answered is not found."""
    today = timezone.localdate()
    scope = Scope.of(cast(User, request.user), today)
    form = _form(request, today)
    if ending not in FORMATS or not form.is_valid():
        raise Http404
    reading = read(form.question(departments_asked(request, scope)), scope)
    tables = tables_of(reading, answers(reading))
    if ending == "csv":
        # It holds one table: the changes if they are asked for, and the figures otherwise.
        tables = tables[1:] if request.GET.get("tabell") == "forandringar" and tables[1:] else tables[:1]
    return as_attachment(ending, _file_name(reading.question, tables[0].title if ending == "csv" else _("Figures")), *tables)


def _form(request: HttpRequest, today: dt.date) -> QuestionForm:
    given_out = Module.objects.filter(editions__isnull=False).distinct().order_by("title")
    return QuestionForm(request.GET, today=today, modules=given_out)


def _sections(reading: Reading) -> list[Section]:
    found = answers(reading, is_page=True)
    return [Section(one.terms, [Shown(area, _pictures(one.terms.title, area)) for area in one.areas]) for one in found]


def _pictures(module: str, area: AreaAnswer) -> list[Chart]:
    if not area.counts.target:
        return []
    charts = [funnel(module, area.counts), by_department(module, area.rows)]
    return [chart for chart in charts if chart]


def _file_name(question: Question, title: str) -> str:
    days = [day.isoformat() for day in (question.compared_with, question.day) if day]
    return "-".join([title, *days])
