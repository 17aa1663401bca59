"""Where a conversation stands after what was chosen in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from courses.conversation.graph import places_of
from courses.payload import Choice, Dialogue, Ending, Turn


class BrokenWay(ValueError):
    """What was chosen is no way through this conversation."""


@dataclass(frozen=True)
class Said:
    """One turn that has passed: what was said, and what was answered."""

    turn: Turn
    choice: Choice


@dataclass(frozen=True)
class Standing:
    """What has passed, and what comes now: a turn to answer, or an ending."""

    past: tuple[Said, ...]
    now: Turn | Ending

    @property
    def latest(self) -> Said | None:
        """What has just passed; nothing at the beginning."""
        return self.past[-1] if self.past else None

    @property
    def is_over(self) -> bool:
        """Whether an ending is reached."""
        return isinstance(self.now, Ending)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ids of the choices, in the order of choosing."""
        return tuple(said.choice.id for said in self.past)


def follow(dialogue: Dialogue, chosen: Iterable[str]) -> Standing:
    """Return where the conversation stands. Raises `BrokenWay` if a choice was not there to be chosen."""
    places = places_of(dialogue)
    past: list[Said] = []
    now = places.get(dialogue.start)
    for id_ in chosen:
        if not isinstance(now, Turn):
            raise BrokenWay(id_)
        choice = next((choice for choice in now.choices if choice.id == id_), None)
        if choice is None:
            raise BrokenWay(id_)
        past.append(Said(now, choice))
        now = places.get(choice.leads_to)
    if now is None:
        raise BrokenWay(dialogue.key)
    return Standing(tuple(past), now)
