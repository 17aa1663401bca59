"""What a report is put together of, whatever it is then drawn as: a page, a document, a workbook."""

from __future__ import annotations

from dataclasses import dataclass, field

from reports.tables import Number, Table


@dataclass(frozen=True)
class Paragraph:
    """Text. `is_lead` is said first and large."""

    text: str
    is_lead: bool = False


@dataclass(frozen=True)
class Facts:
    """Names and values, one pair a line."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Points:
    """A list of sentences."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """A table. The first `heads` cells of a row name it; `strong` are rows that hold others together."""

    table: Table
    heads: int = 1
    strong: frozenset[int] = frozenset()

    def is_of_nobody(self, number: int) -> bool:
        """Whether the row is one of figures without anybody in the target group: its share is neither 0 nor 100 percent."""
        named = zip(self.table.columns, self.table.rows[number], strict=True)
        return any(column.key == "target" and cell == 0 for column, cell in named)


@dataclass(frozen=True)
class Bar:
    """A part of a whole, as a bar. Both are hidden if one is."""

    label: str
    part: Number
    whole: Number
    value: str
    """What stands beside the bar."""

    @property
    def percent(self) -> float | None:
        """How much of the bar is filled, of a hundred; `None` if it may not be shown."""
        if not (isinstance(self.part, int) and isinstance(self.whole, int)):
            return None
        return round(100 * self.part / self.whole, 1) if self.whole else 0.0


@dataclass(frozen=True)
class Chart:
    """Bars under a title; `description` says the same in words."""

    title: str
    bars: tuple[Bar, ...]

    @property
    def description(self) -> str:
        """Every bar in words."""
        return "; ".join(f"{bar.label}: {bar.value}" for bar in self.bars)


Block = Paragraph | Facts | Points | Grid | Chart


@dataclass(frozen=True)
class Section:
    """A heading with what stands below it. `key` is its anchor. `unit` is the board's id where the section is one board's.

    A document begins a new page for a section that `starts_page`.
    """

    key: str
    title: str
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = field(default=())
    unit: str = ""
    starts_page: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing below the heading."""
        return not self.blocks and not self.sections

    def tables(self) -> list[Table]:
        """Every table in it, in order."""
        own = [block.table for block in self.blocks if isinstance(block, Grid)]
        return own + [table for section in self.sections for table in section.tables()]
