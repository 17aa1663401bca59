"""What learners send: where they stood, and what they answered."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from courses.grading import Response
from courses.reading import Place
from courses.sittings import FIRST, Turn

FIELD = "answer"
"""The field of an answer; in an order question each option has its own, `answer-<id>`, with its place."""


@dataclass(frozen=True)
class PageError:
    """A line of the summary above the heading, and the element that it leads to."""

    text: str
    target: str = ""


class SamePlace(ValueError):
    """Two options were given the same place, or one got none; the text is for the learner."""


def place_from(data: QueryDict, module_slug: str, step_slug: str) -> Place:
    """Return where the learner stood; a revision that is no number fits none."""
    return Place(module_slug, step_slug, number_from(data, "revision"))


def number_from(data: QueryDict, name: str) -> int:
    """Return a whole number of at most nine figures, or 0."""
    text = data.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def turn_from(data: QueryDict) -> Turn:
    """Return which question of a knowledge check was answered, and whether it was asked the first or the second time."""
    return data.get("question", ""), number_from(data, "turn") or FIRST


def response_from(data: QueryDict) -> Response:
    """Return the ids of the chosen options, in order where order is asked for. Raises `SamePlace`."""
    places = _places_in(data)
    if not places:
        return data.getlist(FIELD)
    if sorted(places.values()) != sorted(str(number) for number in range(1, len(places) + 1)):
        raise SamePlace(_same_place(list(places.values())))
    return sorted(places, key=lambda id_: int(places[id_]))


def _places_in(data: QueryDict) -> dict[str, str]:
    """What stands in the fields of an order question, by option."""
    return {name.removeprefix(f"{FIELD}-"): data.get(name, "") for name in data if name.startswith(f"{FIELD}-")}


def _same_place(values: list[str]) -> str:
    doubled = sorted({value for value in values if value and values.count(value) > 1})
    if doubled:
        return _("Two lines have number %(number)s. Give each line a number of its own.") % {"number": doubled[0]}
    return _("Give every line a number, from 1 to %(count)s.") % {"count": len(values)}


def entered_in(data: QueryDict) -> Response:
    """Return what was entered as far as it can be shown again, whatever is wrong with it."""
    places = _places_in(data)
    if not places:
        return data.getlist(FIELD)
    by_place = {value: id_ for id_, value in reversed(places.items())}
    return [by_place.get(str(number), "") for number in range(1, len(places) + 1)]
