"""Why an exercise cannot be given out: every reason, with the case or layer that it concerns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from courses.conversation_faults import conversation_faults
from courses.payload import Case, Cases, Dialogue, Exercise, Judgement, Layer, Option

FEWEST_LAYERS = 3
Placed = tuple[str, str]
"""The id of a case or layer, or nothing for the whole exercise, and what is wrong."""


def exercise_faults(exercise: Exercise) -> Iterator[Placed]:
    """Yield what is wrong, apart from what holds for every question."""
    match exercise:
        case Cases():
            yield from _cases_faults(exercise)
        case Judgement():
            yield from _judgement_faults(exercise)
        case Dialogue():
            yield from conversation_faults(exercise)


def _cases_faults(exercise: Cases) -> Iterator[Placed]:
    if not exercise.cases:
        yield "", _("The step has no cases.")
    for case in exercise.cases:
        yield from ((case.id, message) for message in _case_faults(case))


def _case_faults(case: Case) -> Iterator[str]:
    parts = {
        _("Title"): case.title,
        _("What the law says"): case.answer,
        _("Why"): case.why,
        _("Common mistake"): case.mistake,
    }
    yield from _empty(parts)
    if not case.workplaces:
        yield _("The case does not say for which workplaces it is typical.")


def _judgement_faults(exercise: Judgement) -> Iterator[Placed]:
    if len(exercise.layers) < FEWEST_LAYERS:
        counts = {"count": len(exercise.layers), "fewest": FEWEST_LAYERS}
        yield "", _("The judgement has %(count)s layers. It needs at least %(fewest)s.") % counts
    yield from (("", message) for message in _empty({_("Conclusion"): exercise.conclusion}))
    if not exercise.workplaces:
        yield "", _("The judgement does not say for which workplaces it is typical.")
    for layer in exercise.layers:
        yield from ((layer.id, message) for message in _layer_faults(layer))


def _layer_faults(layer: Layer) -> Iterator[str]:
    yield from _empty({_("Title"): layer.title, _("Situation"): layer.text, _("How the picture changes"): layer.picture})
    if len(layer.options) < 2:
        yield _("The layer has fewer than two next steps.")
    elif not any(option.is_right for option in layer.options):
        yield _("The layer has no next step that is reasonable.")
    yield from unexplained(layer.options)


def unexplained(options: Iterable[Option]) -> Iterator[str]:
    """Yield a sentence for each option that has no text or no explanation."""
    for option in options:
        if not option.text.strip():
            yield _("An option has no text.")
        if not option.explanation.strip():
            yield _("The option “%(option)s” has no explanation.") % {"option": option.text}


def _empty(parts: dict[str, str]) -> Iterator[str]:
    for name, value in parts.items():
        if not strip_tags(value).strip():
            yield _("“%(part)s” is empty.") % {"part": name}
