"""A conversation, a turn a page. Where the learner stands travels in a sealed form field, and is kept nowhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from courses.actions.conversations import finish_conversation
from courses.conversation import BrokenWay, Standing, follow
from courses.conversation_reading import paragraphs_of, read_effects
from courses.forms import PageError, place_from
from courses.payload import Dialogue, Turn
from courses.reading import NotInForce, StepClosed, StepInForce, find_step
from courses.rendering import assembled_step
from courses.rounds import PresentRound, present_round
from courses.views.check import onward_url
from courses.views.exercises import exercise_context, note_before, way_in
from courses.ways import Way, seal_way
from organisation.models import User

MOST_TURNS = 100
"""A way that is longer goes in circles."""
REFUSED = 422
SENTENCE_END = re.compile(r"(?:(?<=[.?!…])|(?<=[.?!…]”))\s+(?=[A-ZÅÄÖ”–])")


@dataclass(frozen=True)
class Passed:
    """A turn that has passed, for the list of what has been said."""

    speaker: str
    paragraphs: tuple[str, ...]
    answer: str


def dialogue_page(
    request: HttpRequest, step: StepInForce, present: PresentRound, errors: tuple[PageError, ...] = ()
) -> HttpResponse:
    """Show the beginning: the setting, and the first turn."""
    if note := note_before(request, step, present, errors):
        return note
    return _page(request, step, present, follow(_dialogue(step), ()), errors)


@sensitive_variables()
def choose(request: HttpRequest, slug: str, step_slug: str) -> HttpResponse:
    """Answer, and show what it led to."""
    step, standing = _standing(request, slug, step_slug)
    if len(standing.past) >= MOST_TURNS:
        raise StepClosed(_("The conversation has become too long. Begin it again. Nothing you did is stored."))
    try:
        further = follow(_dialogue(step), (*standing.chosen, request.POST.get("choice", "")))
    except BrokenWay:
        return _answer(request, step, standing, (PageError(_("Choose one of the answers."), "answers"),))
    return _answer(request, step, further)


@sensitive_variables()
def turn_back(request: HttpRequest, slug: str, step_slug: str) -> HttpResponse:
    """Go back to the latest answer, to give another."""
    step, standing = _standing(request, slug, step_slug)
    return _answer(request, step, follow(_dialogue(step), standing.chosen[:-1]))


@sensitive_variables()
def end_conversation(request: HttpRequest, slug: str, step_slug: str) -> HttpResponse:
    """Mark the dialogue as done at its end, and lead on."""
    step, standing = _standing(request, slug, step_slug)
    if not standing.is_over:
        return _answer(request, step, standing, (PageError(_("Lead the conversation to an end before you go on."), "answers"),))
    finished = finish_conversation(
        user=cast(User, request.user),
        place=place_from(request.POST, slug, step_slug),
        dialogue=_dialogue(step),
        edition_id=step.module.edition.pk,
        chosen=standing.chosen,
        at=timezone.now(),
    )
    return redirect(onward_url(finished.step, finished.present))


def _dialogue(step: StepInForce) -> Dialogue:
    if not isinstance(step.content, Dialogue):
        raise NotInForce(step.line.slug)
    return step.content


def _standing(request: HttpRequest, slug: str, step_slug: str) -> tuple[StepInForce, Standing]:
    """Return the step, and where the form's way leads in it. Raises `StepClosed` if it leads nowhere."""
    step = find_step(slug, step_slug, timezone.localdate())
    if step.stop:
        raise StepClosed(_("The step is withdrawn at present: %(reason)s") % {"reason": step.stop})
    dialogue, way = _dialogue(step), way_in(request, step)
    # Only this site makes the field, and an edition never changes: the way was there to be taken.
    return step, follow(dialogue, way.chosen)


def _answer(request: HttpRequest, step: StepInForce, standing: Standing, errors: tuple[PageError, ...] = ()) -> HttpResponse:
    present = present_round(cast(User, request.user), step.module)
    response = _page(request, step, present, standing, errors)
    response.status_code = REFUSED if errors else response.status_code
    return response


def _page(
    request: HttpRequest, step: StepInForce, present: PresentRound, standing: Standing, errors: tuple[PageError, ...]
) -> HttpResponse:
    assembled = assembled_step(step)
    way = Way(edition_id=step.module.edition.pk, step_key=step.line.key, chosen=standing.chosen)
    context = exercise_context(step, present, errors, way=seal_way(way))
    context |= _latest(standing) | {
        "dialogue": _dialogue(step),
        "now": standing.now,
        "is_over": standing.is_over,
        "paragraphs": paragraphs_of(standing.now.text) if isinstance(standing.now, Turn) else (),
        "past": [Passed(said.turn.speaker, paragraphs_of(said.turn.text), said.choice.text) for said in standing.past],
        "sources": [assembled.sources[key] for key in standing.now.sources if key in assembled.sources],
    }
    return render(request, "courses/dialogue.html", context)


def _latest(standing: Standing) -> dict[str, Any]:
    """What the latest answer led to. Its first sentence is the page's heading."""
    if standing.latest is None:
        return {}
    choice = standing.latest.choice
    happened, *rest = SENTENCE_END.split(choice.consequence, maxsplit=1)
    return {"heading": happened, "rest": " ".join(rest), "effects": read_effects(choice)}
