"""What the installation holds about a person, kind by kind, and what becomes of each when she is erased.

Every app names its own kinds in a module `personal_records`, which its `ready` imports: this one knows none above it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from organisation.models import Erasure, User


@dataclass(frozen=True)
class PersonalRecord:
    """A kind of thing that is held about a person. `key` stands in the protocol, `label` on the page, in the plural.

    What `stays` stays as it is, with a person who has no name any more. The rest goes: its rows are deleted unless
    `erase` says how else. `erase` runs in the transaction of the erasure, after its protocol is written.
    """

    key: str
    label: Any
    find: Callable[[User], QuerySet[Any]]
    stays: bool = False
    erase: Callable[[User, Erasure], None] | None = None

    def go(self, person: User, erasure: Erasure) -> None:
        """Take it away, unless it stays."""
        if self.erase is not None:
            self.erase(person, erasure)
        elif not self.stays:
            self.find(person).delete()


_RECORDS: dict[str, PersonalRecord] = {}


def register(*records: PersonalRecord) -> None:
    """Name kinds of things. What is named first is taken away first; the same key again takes the place of the former."""
    _RECORDS.update({record.key: record for record in records})


def personal_records() -> tuple[PersonalRecord, ...]:
    """Return all kinds, in the order in which they are taken away."""
    return tuple(_RECORDS.values())


def counted(person: User) -> list[tuple[PersonalRecord, int]]:
    """Return how many there are of each kind about a person; one query a kind."""
    return [(record, record.find(person).count()) for record in personal_records()]
