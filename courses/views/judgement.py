"""The pages of a judgement: layer by layer, what each choice leads to, and the conclusion.

Nothing that is chosen is stored. The way goes from page to page in an encrypted field; every page but the first answers a form.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from courses.actions.lessons import grade_or_refuse
from courses.forms import PageError, place_from, response_from
from courses.payload import Judgement, Layer, Option
from courses.reading import StepClosed, StepInForce, step_to_work_on
from courses.rendering import Asked, assembled_step, question_html
from courses.rounds import PresentRound, present_round
from courses.situation_reading import named
from courses.views.check import onward_url
from courses.views.exercises import exercise_context, finish, note_before, way_in
from courses.ways import BadWay, Way, read_way, seal_way
from organisation.models import User


@dataclass(frozen=True)
class Chosen:
    """A layer that is behind, and the next step that was chosen in it."""

    layer: Layer
    option: Option


def judgement_page(
    request: HttpRequest, step: StepInForce, present: PresentRound, errors: tuple[PageError, ...] = ()
) -> HttpResponse:
    """Show the first layer; after a refusal the layer that the form was for, if it can still be told."""
    if note := note_before(request, step, present, errors):
        return note
    return _layer_page(request, step, present, _way_or_start(request, step), errors)


def _way_or_start(request: HttpRequest, step: StepInForce) -> Way:
    start = Way(edition_id=step.module.edition.pk, step_key=step.line.key)
    if "way" not in request.POST:
        return start
    try:
        way = read_way(request.POST["way"], edition_id=start.edition_id, step_key=start.step_key)
    except BadWay:
        return start
    return way if len(way.chosen) < len(_layers(step)) else start


def _layer_page(
    request: HttpRequest, step: StepInForce, present: PresentRound, way: Way, errors: tuple[PageError, ...] = ()
) -> HttpResponse:
    layer = _layers(step)[len(way.chosen)]
    error = next((error.text for error in errors if error.target == f"question-{layer.id}"), "")
    shown = {
        "heading": layer.title if way.chosen else step.line.title,
        "html": _asked(step, layer, error),
        "is_done": present.is_done(step.line),
        "onward_url": onward_url(step, present),
    }
    return render(request, "courses/judgement.html", _context(step, present, way, errors) | {"layer": layer} | shown)


def _asked(step: StepInForce, layer: Layer, error: str) -> SafeString:
    return question_html(Asked(step.module.edition.pk, step.line.key, layer.question), [], error)


def _context(
    step: StepInForce, present: PresentRound, way: Way, errors: tuple[PageError, ...] = (), **more: Any
) -> dict[str, Any]:
    context = exercise_context(step, present, errors, way=seal_way(way))
    count, number = len(_layers(step)), min(len(way.chosen) + 1, len(_layers(step)))
    return context | {"behind": _behind(step, way), "count": count, "number": number} | more


def _layers(step: StepInForce) -> tuple[Layer, ...]:
    return cast(Judgement, step.content).layers


def _behind(step: StepInForce, way: Way) -> list[Chosen]:
    """The layers that are behind, with what was chosen."""
    pairs = zip(_layers(step), way.chosen, strict=False)
    return [Chosen(layer, option) for layer, id_ in pairs for option in layer.options if option.id == id_]


@sensitive_variables()
def judge(request: HttpRequest, slug: str, step_slug: str) -> HttpResponse:
    """Say what a next step leads to, and how the picture changes."""
    step, present, way = _opened(request, slug, step_slug)
    if len(way.chosen) == len(_layers(step)):
        return _conclusion(request, step, present, way)
    layer = _layers(step)[len(way.chosen)]
    response = response_from(request.POST)
    grade_or_refuse(layer.question, response)
    option = next(option for option in layer.options if option.id == response[0])
    outcome = _("A reasonable step – %(title)s") if option.is_right else _("Not quite – %(title)s")
    shown = {
        "layer": layer,
        "option": option,
        "heading": outcome % {"title": layer.title},
        "sources": named(layer.sources, assembled_step(step).sources),
        "way": seal_way(msgspec.structs.replace(way, chosen=(*way.chosen, option.id))),
        "is_last": len(way.chosen) + 1 == len(_layers(step)),
    }
    return render(request, "courses/judgement_feedback.html", _context(step, present, way) | shown)


def go_on(request: HttpRequest, slug: str, step_slug: str) -> HttpResponse:
    """Show the next layer; after the last one the conclusion."""
    step, present, way = _opened(request, slug, step_slug)
    if len(way.chosen) < len(_layers(step)):
        return _layer_page(request, step, present, way)
    return _conclusion(request, step, present, way)


def _conclusion(request: HttpRequest, step: StepInForce, present: PresentRound, way: Way) -> HttpResponse:
    judgement = cast(Judgement, step.content)
    shown = {
        "heading": _("Conclusion – %(title)s") % {"title": step.line.title},
        "conclusion": judgement.conclusion,
        "sources": named(judgement.conclusion_sources, assembled_step(step).sources),
    }
    return render(request, "courses/judgement_conclusion.html", _context(step, present, way) | shown)


def finish_judgement(request: HttpRequest, slug: str, step_slug: str) -> HttpResponse:
    """Mark the judgement as done; nothing else of it is stored."""
    step = step_to_work_on(place_from(request.POST, slug, step_slug), timezone.localdate())
    way = way_in(request, step)
    return finish(request, slug, step_slug, at_end=len(way.chosen) == len(cast(Judgement, step.exercise()).layers))


def _opened(request: HttpRequest, slug: str, step_slug: str) -> tuple[StepInForce, PresentRound, Way]:
    """The step that the form was for, where the learner stands, and the way until now."""
    step = step_to_work_on(place_from(request.POST, slug, step_slug), timezone.localdate())
    if not isinstance(step.exercise(), Judgement):
        raise StepClosed(_("The form said nothing that can be done here. Try again."))
    return step, present_round(cast(User, request.user), step.module), way_in(request, step)
