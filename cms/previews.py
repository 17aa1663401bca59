"""What an editor sees beside the form: the same data, and the same template, as what learners will get."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cms.composing import compose_module, compose_sources, compose_step
from cms.models import KnowledgeCheckPage, LessonPage, ModulePage
from courses.rendering import render_step_preview


def module_preview(request: HttpRequest, page: ModulePage) -> HttpResponse:
    return render(request, "cms/module_preview.html", {"draft": compose_module(page)})


def step_preview(request: HttpRequest, page: LessonPage | KnowledgeCheckPage) -> HttpResponse:
    step = compose_step(page)
    html = render_step_preview(step, compose_sources([step]))
    return render(request, "cms/preview.html", {"step": step, "html": html})
