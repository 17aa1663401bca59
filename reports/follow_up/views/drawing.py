"""A report's sections as a page draws them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reports.asking.charts import MOST_BARS, chart_of
from reports.asking.words import signed
from reports.follow_up.report import Block, Chart, Grid, Section
from reports.tables import HIDDEN, Cell, Column, Kind

# Larger tables can be moved sideways on a phone; smaller ones stand there as a card a row, which takes more bytes. Rows of
# words are read one by one, so there may be more of them.
MOST_CARDS, MOST_CARDS_OF_WORDS = 12, 60
INDENT = "\u2003"
NO_BREAK = "\u00a0"
HASH = 64


@dataclass(frozen=True)
class DrawnCell:
    """A cell as it is read; `label` is its column's name."""

    text: str
    label: str
    kind: Kind
    is_hidden: bool

    @property
    def is_number(self) -> bool:
        """Whether it stands at the right."""
        return self.kind.is_number

    @property
    def looks(self) -> str:
        """Its class: numbers stand at the right, days stay on one line, and a hash may be broken anywhere."""
        is_hash = len(self.text) == HASH and " " not in self.text
        return "number" if self.is_number else "day" if self.kind is Kind.DAY else "hash" if is_hash else ""


@dataclass(frozen=True)
class DrawnRow:
    """A row: the cells that name it, then the others. `level` is how far below the first one it lies."""

    heads: list[DrawnCell]
    cells: list[DrawnCell]
    level: int
    is_strong: bool


@dataclass(frozen=True)
class DrawnTable:
    """A table. `has_hidden` asks for an explanation of the dash; a heading above may say what its caption says."""

    caption: str
    columns: tuple[Column, ...]
    rows: list[DrawnRow]
    is_named_above: bool = False

    @property
    def has_hidden(self) -> bool:
        """Whether something in it is not shown."""
        return any(cell.is_hidden for row in self.rows for cell in row.cells)

    @property
    def is_of_cards(self) -> bool:
        """Whether a phone shows it as a card a row."""
        return len(self.rows) <= (MOST_CARDS if self.is_of_numbers else MOST_CARDS_OF_WORDS)

    @property
    def is_of_numbers(self) -> bool:
        """Whether all but the names are numbers."""
        return all(cell.is_number for row in self.rows for cell in row.cells)


@dataclass(frozen=True)
class Drawn:
    """A section: each block with the template that draws it, then the sections below."""

    key: str
    title: str
    level: int
    blocks: list[tuple[str, object]]
    below: list[Drawn]
    url: str = ""

    @property
    def below_level(self) -> int:
        """The level of headings in it."""
        return self.level + 1


def drawn(section: Section, level: int, numbers: Iterator[int] | None = None) -> Drawn:
    """Return the section with everything below it; `level` is that of its heading."""
    numbers = numbers or count(1)
    blocks = [_drawn_block(block, numbers, section.title) for block in section.blocks if not _is_too_long(block)]
    return Drawn(section.key, section.title, level, blocks, [drawn(one, level + 1, numbers) for one in section.sections])


def all_drawn(sections: Iterable[Section]) -> list[Drawn]:
    """Return the sections of a page; every picture has a number of its own."""
    numbers = count(1)
    return [drawn(section, 2, numbers) for section in sections]


def _is_too_long(block: Block) -> bool:
    """A picture of more bars than can be taken in at a glance; the table that it is drawn from says the same."""
    return isinstance(block, Chart) and len(block.bars) > MOST_BARS


def _drawn_block(block: Block, numbers: Iterator[int], heading: str) -> tuple[str, object]:
    name = type(block).__name__.lower()
    template = f"reports/follow_up/blocks/{name}.html"
    if isinstance(block, Chart):
        bars = [(bar.label, bar.value, bar.percent or 0.0) for bar in block.bars]
        return template, (next(numbers), chart_of(block.title, bars))
    return template, table_of(block, heading) if isinstance(block, Grid) else block


def table_of(grid: Grid, heading: str = "") -> DrawnTable:
    """Return the table with its cells in words. `heading` is that of its section."""
    table = grid.table
    rows = [_row(grid, number, row) for number, row in enumerate(table.rows)]
    return DrawnTable(table.title, table.columns, rows, table.title == heading)


def _row(grid: Grid, number: int, row: tuple[Cell, ...]) -> DrawnRow:
    columns = grid.table.columns
    is_nobody = grid.is_of_nobody(number)
    cells = [_cell(column, cell, is_nobody=is_nobody) for column, cell in zip(columns, row, strict=True)]
    first = row[0] if isinstance(row[0], str) else ""
    level = len(first) - len(first.lstrip(INDENT))
    return DrawnRow(cells[: grid.heads], cells[grid.heads :], level, number in grid.strong)


def _cell(column: Column, cell: Cell, *, is_nobody: bool) -> DrawnCell:
    text = _words(column.kind, cell)
    if cell is None and is_nobody and column.key == "share":
        text = _("nobody in the target group")
    return DrawnCell(text, column.title, column.kind, cell is HIDDEN)


def _words(kind: Kind, cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, int) and kind is Kind.CHANGE:
        return signed(cell)
    if isinstance(cell, int):
        return f"{cell}{NO_BREAK}%" if kind is Kind.PERCENT else f"{cell:,}".replace(",", NO_BREAK)
    if kind is Kind.DAY and not isinstance(cell, str) and cell is not HIDDEN:
        return date_format(cell, "j F Y")
    return str(cell).strip(INDENT)
