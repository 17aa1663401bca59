"""Tables: real ones for a screen reader, broken over pages between their rows, with the head repeated for the eye."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from certificates.columns import Style
from certificates.flowing.galley import Galley, Line, Mark, Node, height_of, lines_of, set_lines
from certificates.flowing.look import CAPTION, EDGE, MIST, RULE
from certificates.flowing.shapes import filled, rule
from certificates.flowing.widths import LEVEL_INDENT, Laid, laid
from certificates.layout import DEEP
from certificates.structure import Box

PADDING = 2.5
"""Above and below the text of a row, points."""
HEAD_MARGIN = 4.0
"""How far the ground of the head reaches beyond the columns."""
NEVER_BROKEN = 170.0
"""So high are the rows of a table that stands on one page."""
MOST_AT_ONCE = 120.0
"""A higher row is rather broken than moved to the next page with the table's head."""
COLUMN_SCOPE = "<</O/Table/Scope/Column>>"
ROW_SCOPE = "<</O/Table/Scope/Row>>"


@dataclass(frozen=True)
class Column:
    """A column's heading; numbers stand at the right."""

    title: str
    is_number: bool = False


@dataclass(frozen=True)
class Row:
    """A row, whose first cell is its heading. `level` is how far down a tree it is; totals stand out."""

    cells: tuple[str, ...]
    level: int = 0
    is_total: bool = False


@dataclass(frozen=True, eq=False)
class Grid:
    """A table with a caption. The first `headings` cells of a row name it. Without `has_head` columns have no headings.

    Without `has_caption`, where the section's heading says the same, the caption stands only where the table goes on.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    has_head: bool = True
    headings: int = 1
    has_caption: bool = True

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row.cells) != len(self.columns):
                raise ValueError(f"A row of {self.caption!r} has {len(row.cells)} cells for {len(self.columns)} columns.")

    def least(self, width: float) -> float:
        """All of a small table, else the caption, the head and two rows."""
        if not self.rows:
            return 0.0
        table = laid(self, width - 2 * HEAD_MARGIN)
        heights = [min(_row_height(row, table), MOST_AT_ONCE) for row in table.rows]
        begin = sum(heights) if sum(heights) <= NEVER_BROKEN else sum(heights[:2])
        return _caption_height(self.caption if self.has_caption else "", width) + _head_height(self, table) + begin

    def place(self, galley: Galley) -> None:
        """On as many pages as it takes; a table without rows is none."""
        if self.rows:
            _Table(self, galley, laid(self, galley.width - 2 * HEAD_MARGIN)).place()


def _caption_height(caption: str, width: float) -> float:
    if not caption:
        return CAPTION.before
    return CAPTION.before + height_of(lines_of(caption, CAPTION, width), CAPTION) + PADDING


def _head_height(grid: Grid, table: Laid) -> float:
    if not grid.has_head:
        return 0.0
    return max(height_of(lines, table.title) for lines in table.head) + 2 * PADDING + 1


def _row_height(cells: Sequence[Sequence[str]], table: Laid) -> float:
    return max(height_of(lines, table.cell) for lines in cells) + 2 * PADDING


@dataclass
class _Table:
    grid: Grid
    galley: Galley
    table: Laid
    node: Node = field(default_factory=lambda: Node("Table"))

    @property
    def left(self) -> float:
        return self.galley.area.left + HEAD_MARGIN

    def place(self) -> None:
        self.galley.skip(CAPTION.before)
        if self.grid.caption and self.grid.has_caption:
            self._place_caption(self.grid.caption, Node("Caption", self.node))
        if self.grid.has_head:
            self._place_head(Node("TR", Node("THead", self.node)))
        body = Node("TBody", self.node)
        heights = [_row_height(cells, self.table) for cells in self.table.rows]
        for number, cells in enumerate(self.table.rows):
            if number == len(heights) - 2 and max(heights[-2:]) < MOST_AT_ONCE:
                self._continue(sum(heights[-2:]))  # the last row does not stand alone on a page
            self._place_row(number, cells, Node("TR", body))

    def _place_caption(self, caption: str, node: Node | None) -> None:
        lines = lines_of(caption, CAPTION, self.galley.width)
        placed = tuple(set_lines(lines, CAPTION, self.galley.area.left, self.galley.top))
        self.galley.put(Mark(node, placed), height_of(lines, CAPTION) + PADDING)

    def _place_head(self, row: Node | None) -> None:
        """The columns' headings, on the bottom line of the head; decoration where they are repeated."""
        height, area = _head_height(self.grid, self.table), self.galley.area
        ground = Box(area.left, self.galley.top - height, area.right, self.galley.top)
        edge = rule(area.left, area.right, ground.bottom, DEEP, 0.9)
        self.galley.put(Mark(None, shapes=f"{filled(ground, MIST)} {edge}"))
        for number, lines in enumerate(self.table.head):
            top = ground.bottom + PADDING + 1 + height_of(lines, self.table.title)
            cell = Node("TH", row, COLUMN_SCOPE) if row else None
            self.galley.put(Mark(cell, tuple(self._set(number, lines, self.table.title, top))))
        self.galley.put(Mark(None), height)

    def _place_row(self, number: int, cells: Sequence[Sequence[str]], row: Node) -> None:
        nodes = [self._cell(place, row) for place in range(len(cells))]
        while True:
            height = _row_height(cells, self.table)
            if height <= self.galley.room + 0.01:
                self._place_lines(number, cells, nodes, height)
                return
            if height <= MOST_AT_ONCE:
                self._continue(height)
                continue
            cells = self._place_part(number, cells, nodes)

    def _cell(self, place: int, row: Node) -> Node:
        return Node("TH", row, ROW_SCOPE) if place < self._headings else Node("TD", row)

    @cached_property
    def _headings(self) -> int:
        """How many cells of a row are headings: fewer than wanted where more of the table would be headings than not."""
        rows, columns = len(self.grid.rows), len(self.grid.columns)
        wanted, above = self.grid.headings, columns if self.grid.has_head else 0
        while wanted and above + rows * wanted > rows * (columns - wanted):
            wanted -= 1
        return wanted

    def _place_part(self, number: int, cells: Sequence[Sequence[str]], nodes: list[Node]) -> Sequence[Sequence[str]]:
        """As many lines of a high row as there is room for; gives what is left of it."""
        line = self.table.cell.size * self.table.cell.leading
        fitting = int((self.galley.room - 2 * PADDING) // line)
        if fitting >= 2:
            here = [lines[:fitting] for lines in cells]
            self._place_lines(number, here, nodes, _row_height(here, self.table))
            cells = [lines[fitting:] for lines in cells]
        self._continue(self.galley.room + 1)
        return cells

    def _place_lines(self, number: int, cells: Sequence[Sequence[str]], nodes: list[Node], height: float) -> None:
        row = self.grid.rows[number]
        style = self.table.total if row.is_total else self.table.cell
        top = self.galley.top - PADDING
        indents = [row.level * LEVEL_INDENT, *[0.0] * (len(cells) - 1)]
        for place, (lines, node, indent) in enumerate(zip(cells, nodes, indents, strict=True)):
            self.galley.put(Mark(node, tuple(self._set(place, lines, style, top, indent))))
        bottom = self.galley.top - height
        edge = rule(self.galley.area.left, self.galley.area.right, bottom, EDGE if row.is_total else RULE)
        self.galley.put(Mark(None, shapes=edge), height)

    def _set(self, number: int, lines: Sequence[str], style: Style, top: float, indent: float = 0.0) -> Iterator[Line]:
        left, right = (self.left + edge for edge in self.table.edges[number])
        is_number = self.grid.columns[number].is_number
        return set_lines(lines, style, left + indent, top, right if is_number else None)

    @property
    def _continued(self) -> str:
        return self.galley.words.continued.format(caption=self.grid.caption) if self.grid.caption else ""

    def _continue(self, height: float) -> None:
        """Begins a page with the caption and the head again, unless there is room for so much."""
        if self.galley.room >= height or self.galley.is_fresh:
            return
        self.galley.new_page()
        if self.grid.caption:
            self._place_caption(self._continued, None)
        if self.grid.has_head:
            self._place_head(None)
