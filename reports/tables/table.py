"""A table before it is a file: its columns with their meaning, and its rows."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass
from typing import Final, Literal


class Hiding(enum.Enum):
    """What stands in the place of a number that may not be shown."""

    HIDDEN = "–"

    def __str__(self) -> str:
        return self.value


HIDDEN: Final = Hiding.HIDDEN

Number = int | Literal[Hiding.HIDDEN]
"""A number, unless it is hidden."""

Cell = str | int | dt.date | None | Literal[Hiding.HIDDEN]
"""What a cell holds; `None` is an empty one."""


class Kind(enum.Enum):
    """What a column holds."""

    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"
    """Whole numbers of a hundred."""
    CHANGE = "change"
    """Whole numbers more or fewer, written with their sign."""
    DAY = "day"

    @property
    def is_number(self) -> bool:
        """Whether its cells stand at the right."""
        return self in (Kind.NUMBER, Kind.PERCENT, Kind.CHANGE)


@dataclass(frozen=True)
class Column:
    """A column. `key` is its name in JSON and never translated; `definition` says what it means, in the reader's language."""

    key: str
    title: str
    kind: Kind = Kind.TEXT
    definition: str = ""


@dataclass(frozen=True)
class Table:
    """Rows with a cell for each column, in the columns' order.

    `key` names the table in JSON and in file names. `facts` say what it was made from (label, value), for instance the day.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    facts: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"A row of {self.key} has {len(row)} cells for {len(self.columns)} columns.")
