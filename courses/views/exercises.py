"""What the pages of all exercises have in common: the content note before them, the learner's way, the end."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.actions.exercises import finish_exercise
from courses.forms import PageError, place_from
from courses.reading import StepClosed, StepInForce
from courses.rendering import assembled_step
from courses.rounds import PresentRound
from courses.views.check import onward_url
from courses.views.lesson import SEEN
from courses.ways import BadWay, Way, read_way
from organisation.models import User


def exercise_context(
    step: StepInForce, present: PresentRound, errors: tuple[PageError, ...] = (), **more: Any
) -> dict[str, Any]:
    """Return what `courses/exercise.html` needs. `heading` begins with what happened, if something did."""
    context: dict[str, Any] = {"step": step, "present": present, "errors": errors, "heading": step.line.title}
    context["legal_state"] = assembled_step(step).legal_state
    return context | {"minutes_left": present.minutes_left(step.module.lines)} | more


def note_before(
    request: HttpRequest, step: StepInForce, present: PresentRound, errors: tuple[PageError, ...]
) -> HttpResponse | None:
    """Return the page of the content note to whoever opens an exercise that has one, else nothing."""
    if not step.exercise().content_note or errors or request.method == "POST" or SEEN.intersection(request.GET):
        return None
    return render(request, "courses/content_note.html", exercise_context(step, present, finish="finish_exercise"))


def way_in(request: HttpRequest, step: StepInForce) -> Way:
    """Return the way that a form carries. Raises `StepClosed`, so that the exercise begins anew, if it cannot be read."""
    try:
        return read_way(request.POST.get("way", ""), edition_id=step.module.edition.pk, step_key=step.line.key)
    except BadWay as bad:
        raise StepClosed(
            _("The page was too old, or its content had changed. Begin the exercise again. Nothing you did is stored.")
        ) from bad


def finish(request: HttpRequest, slug: str, step_slug: str, *, at_end: bool = False) -> HttpResponse:
    """Mark the exercise as done, and lead on; the way round a content note comes here too."""
    finished = finish_exercise(
        user=cast(User, request.user),
        place=place_from(request.POST, slug, step_slug),
        at=timezone.now(),
        at_end=at_end,
        way_round=request.POST.get("way_round") == "1",
    )
    return redirect(onward_url(finished.step, finished.present))
