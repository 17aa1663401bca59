"""What learners think of modules, to those who write them and those who plan."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cms.giving_out.views import only_with
from courses.evaluations import modules_with_answers, report_of

VIEW_EVALUATIONS = "courses.view_evaluation"


@only_with(VIEW_EVALUATIONS)
@require_safe
def evaluation_list(request: HttpRequest) -> HttpResponse:
    """All modules, with how many answers may be read."""
    return render(request, "cms/evaluations/list.html", {"modules": modules_with_answers()})


@only_with(VIEW_EVALUATIONS)
@require_safe
def evaluation(request: HttpRequest, pk: int) -> HttpResponse:
    """What those who answered think of a module, ten at a time."""
    module = get_object_or_404(modules_with_answers(), pk=pk)
    return render(request, "cms/evaluations/module.html", {"module": module, "report": report_of(module)})
