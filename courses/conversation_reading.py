"""A whole conversation to be read at once, on paper and by its editor: an ordered list instead of a page a turn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from courses.conversation import layers_of, places_of
from courses.payload import Choice, Dialogue, Ending, Source, Turn
from courses.situations import Side


@dataclass(frozen=True)
class ReadEffect:
    """What an answer did to one side, with the side's name."""

    side: str
    label: str
    text: str


@dataclass(frozen=True)
class ReadChoice:
    """An answer, and the number of the place that it leads to."""

    text: str
    leads_to: int | None
    consequence: str
    effects: tuple[ReadEffect, ...]


@dataclass(frozen=True)
class ReadPlace:
    """A turn or an ending under its number. A turn has `paragraphs` and `choices`, an ending `html` and a `reflection`."""

    number: int
    title: str
    sources: tuple[Source, ...]
    paragraphs: tuple[str, ...] = ()
    choices: tuple[ReadChoice, ...] = ()
    html: str = ""
    reflection: str = ""


def conversation_html(dialogue: Dialogue, sources: Mapping[str, Source]) -> SafeString:
    """Return the whole conversation as HTML, in the order of reading."""
    content = places_of(dialogue)
    order = layers_of(dialogue).order
    numbers = {id_: number for number, id_ in enumerate(order, start=1)}
    places = [_place(content[id_], numbers, sources) for id_ in order]
    return render_to_string("courses/dialogue_read.html", {"dialogue": dialogue, "places": places})


def read_effects(choice: Choice) -> tuple[ReadEffect, ...]:
    """Return what an answer does to each side that it touches, with the names of the sides."""
    return tuple(ReadEffect(effect.side, str(Side(effect.side).label), effect.text) for effect in choice.effects)


def paragraphs_of(text: str) -> tuple[str, ...]:
    """Return the paragraphs of plain text."""
    return tuple(part.strip() for part in text.split("\n\n") if part.strip())


def _place(content: Turn | Ending, numbers: Mapping[str, int], sources: Mapping[str, Source]) -> ReadPlace:
    number, own = numbers[content.id], tuple(sources[key] for key in content.sources if key in sources)
    if isinstance(content, Ending):
        return ReadPlace(number, content.title, own, html=content.html, reflection=content.reflection)
    choices = tuple(_choice(choice, numbers) for choice in content.choices)
    return ReadPlace(number, content.speaker, own, paragraphs=paragraphs_of(content.text), choices=choices)


def _choice(choice: Choice, numbers: Mapping[str, int]) -> ReadChoice:
    return ReadChoice(choice.text, numbers.get(choice.leads_to), choice.consequence, read_effects(choice))
