"""Counting conversations without keeping any: so many were led, and each answer was chosen in so many of them.

Until enough wait together, the tally is sealed: of one length whatever it holds, other letters each time, and no time in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cryptography.fernet import InvalidToken

from courses.locks import locks_for
from courses.payload import Dialogue

BATCH = 10
"""So many conversations are published at a time, never fewer."""
PURPOSE = "courses.tallies"


@dataclass(frozen=True)
class Tally:
    """How many conversations, and in how many of them each answer was chosen."""

    conversations: int = 0
    choices: Mapping[str, int] = field(default_factory=dict)

    def with_one_more(self, chosen: Iterable[str]) -> Tally:
        """Return the tally with a conversation in which these answers were chosen, once or several times."""
        return self.together_with(Tally(1, dict.fromkeys(chosen, 1)))

    def together_with(self, other: Tally) -> Tally:
        """Return the sum of both."""
        ids = sorted({*self.choices, *other.choices})
        choices = {id_: self.choices.get(id_, 0) + other.choices.get(id_, 0) for id_ in ids}
        return Tally(self.conversations + other.conversations, choices)


def seal_tally(tally: Tally, dialogue: Dialogue) -> str:
    """Return a tally of fewer than ten conversations as text that only this site can open."""
    digits = [tally.conversations, *(tally.choices.get(id_, 0) for id_ in _ids(dialogue))]
    if not all(0 <= digit < BATCH for digit in digits):
        raise ValueError("a tally of a whole batch is published, not sealed")
    # A moment of sealing would say when the latest conversation ended.
    return locks_for(PURPOSE).encrypt_at_time("".join(map(str, digits)).encode(), current_time=0).decode()


def open_tally(text: str, dialogue: Dialogue) -> Tally:
    """Return the sealed tally, or an empty one if the site's key has been changed since; then a few answers go uncounted."""
    ids = _ids(dialogue)
    try:
        digits = locks_for(PURPOSE).decrypt(text.encode()).decode()
    except InvalidToken:
        return Tally()
    counts = [int(digit) for digit in digits]
    return Tally(counts[0], dict(zip(ids, counts[1:], strict=True)))


def _ids(dialogue: Dialogue) -> list[str]:
    return [choice.id for turn in dialogue.turns for choice in turn.choices]
