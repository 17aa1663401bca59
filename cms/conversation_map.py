"""A conversation for its editor: the picture, the same as a list, and what is wrong where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cms.conversation_picture import Picture, draw_conversation
from courses.conversation import layers_of, places_of
from courses.conversation_faults import conversation_faults, names_of
from courses.payload import Dialogue, Ending, Turn


@dataclass(frozen=True)
class Way:
    """An answer and where it leads; without a number it leads nowhere."""

    text: str
    leads_to: int | None
    name: str


@dataclass(frozen=True)
class Station:
    """A turn or an ending in the list, under the number that the picture gives it."""

    id: str
    number: int
    kind: str
    name: str
    speaker: str
    ways: tuple[Way, ...]
    faults: tuple[str, ...]


@dataclass(frozen=True)
class ConversationMap:
    """What the editor sees. `faults` are those of the whole conversation."""

    picture: Picture
    stations: tuple[Station, ...]
    faults: tuple[str, ...]

    @property
    def has_faults(self) -> bool:
        return bool(self.faults) or any(station.faults for station in self.stations)


def map_of(dialogue: Dialogue) -> ConversationMap:
    """Return the map of a conversation, in the order of reading."""
    order = layers_of(dialogue).order
    numbers = {id_: number for number, id_ in enumerate(order, start=1)}
    content = places_of(dialogue)
    faults: dict[str, list[str]] = {}
    for place, sentence in conversation_faults(dialogue):
        faults.setdefault(place, []).append(sentence)
    names = names_of(dialogue)
    stations = (_station(content[id_], numbers, names, tuple(faults.get(id_, ()))) for id_ in order)
    return ConversationMap(draw_conversation(dialogue), tuple(stations), tuple(faults.get("", ())))


def _station(content: Turn | Ending, numbers: Mapping[str, int], names: Mapping[str, str], faults: tuple[str, ...]) -> Station:
    is_turn = isinstance(content, Turn)
    choices = content.choices if isinstance(content, Turn) else ()
    ways = (Way(choice.text, numbers.get(choice.leads_to), names.get(choice.leads_to, choice.leads_to)) for choice in choices)
    return Station(
        id=content.id,
        number=numbers[content.id],
        kind=_("Turn") if is_turn else _("Ending"),
        name=names[content.id],
        speaker=content.speaker if isinstance(content, Turn) else "",
        ways=tuple(ways),
        faults=faults,
    )
