"""The way that a learner has taken through an exercise, as a form field that only this site can read or make.

Nothing of it is kept anywhere else: not with the person, not in the session, the address or a log.
"""

from __future__ import annotations

import msgspec
from cryptography.fernet import InvalidToken

from courses.locks import locks_for

PURPOSE = "courses.ways"


class BadWay(ValueError):
    """The field was not made here, belongs to another exercise or edition, or is too old to be read."""


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """Where in which exercise the learner stands. `chosen` holds ids of options or choices, in the order of choosing."""

    edition_id: int
    step_key: str
    chosen: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """Say nothing of what was chosen: an error report shows what functions worked with."""
        return f"Way({self.step_key})"


def seal_way(way: Way) -> str:
    """Return the way as text for a hidden field: encrypted, and refused when anybody changes it."""
    return locks_for(PURPOSE).encrypt(msgspec.json.encode(way)).decode()


def read_way(field: str, *, edition_id: int, step_key: str) -> Way:
    """Return the way in the field. Raises `BadWay` unless it was made here for this step of this edition."""
    try:
        way = msgspec.json.decode(locks_for(PURPOSE).decrypt(field.encode()), type=Way)
    except (InvalidToken, msgspec.DecodeError, UnicodeEncodeError) as bad:
        raise BadWay(step_key) from bad
    if (way.edition_id, way.step_key) != (edition_id, step_key):
        raise BadWay(step_key)
    return way
