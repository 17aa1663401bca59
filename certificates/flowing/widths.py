"""How a table's width is shared between its columns, and how its texts are broken in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from certificates.columns import Style
from certificates.flowing.galley import cleaned, lines_of, width_of
from certificates.flowing.look import CELL, COLUMN_TITLE, TOTAL

if TYPE_CHECKING:
    from certificates.flowing.grids import Grid

GAP = 9.0
"""Between two columns, points."""
LEVEL_INDENT = 9.0
LONGEST_WORD = 76.0
"""A longer word of a column of texts may be hyphenated."""
FEW_WORDS = 42.0
"""So much a column of texts has at least, if it says that much: room for two or three short words on a line."""
SCALES = (1.0, 0.94, 0.88, 0.82, 0.76)


@dataclass(frozen=True)
class Laid:
    """A table that is broken into lines: `edges` are each column's left and right from the table's left, in points."""

    edges: tuple[tuple[float, float], ...]
    title: Style
    cell: Style
    total: Style
    head: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[tuple[str, ...], ...], ...]


@lru_cache(maxsize=8)
def laid(grid: Grid, width: float) -> Laid:
    """The table at the largest size at which no word of a heading or number has to be cut."""
    for scale in SCALES:
        widths = _shared(grid, width, scale)
        if widths:
            break
    else:
        widths = _forced(grid, width, scale)
    return _broken(grid, widths, scale)


def _scaled(style: Style, scale: float) -> Style:
    return replace(style, size=round(style.size * scale, 2))


def _shared(grid: Grid, width: float, scale: float) -> list[float] | None:
    """The columns' widths; `None` if the longest words alone are wider than the table."""
    free = width - GAP * (len(grid.columns) - 1)
    natural = _natural(grid, scale)
    if sum(natural) <= free:
        return _stretched(grid, natural, free - sum(natural))
    widths = _least(grid, scale)
    room = free - sum(widths)
    if room < 0:
        return None
    # Names are read, the headings of numbers only looked up: what room there is goes to columns of texts first.
    bulk = _bulk(grid, scale)
    for numbers in (False, True):
        places = [place for place, column in enumerate(grid.columns) if column.is_number is numbers]
        budget = room + sum(widths[place] for place in places)
        least, most, wanted = ([known[place] for place in places] for known in (widths, natural, bulk))
        shares = _fair(least, most, wanted, budget)
        for place, share in zip(places, shares, strict=True):
            widths[place] = share
        room = budget - sum(shares)
    return _stretched(grid, widths, room)


def _fair(least: list[float], natural: list[float], bulk: list[float], budget: float) -> list[float]:
    """The budget in proportion to the columns' `bulk`, but nobody less than `least`, nor more than is `natural`."""
    if sum(natural) <= budget:
        return natural
    shares: dict[int, float] = {}
    while waiting := [place for place in range(len(least)) if place not in shares]:
        free = budget - sum(shares.values())
        whole = sum(bulk[place] for place in waiting)
        wanted = {place: free * bulk[place] / whole for place in waiting}
        settled = {place: least[place] for place, wide in wanted.items() if wide < least[place]}
        settled = settled or {place: natural[place] for place, wide in wanted.items() if wide > natural[place]}
        shares |= settled or wanted
    return [shares[place] for place in range(len(least))]


def _bulk(grid: Grid, scale: float) -> list[float]:
    """How much room each column's texts ask for: shared in this proportion the table gets about as low as it can.

    The sum of (length of a cell / width of its column)^3 stands for the height, in which the longest cells of the rows
    tell; it is least where the widths are as the fourth roots of the columns' sums of lengths^3.
    """
    style = _scaled(TOTAL, scale)
    lengths = (
        [_cell_width(row.cells[number], style, by_word=False) for row in grid.rows] for number in range(len(grid.columns))
    )
    return [sum(length**3 for length in column) ** 0.25 + 1 for column in lengths]


def _stretched(grid: Grid, natural: list[float], room: float) -> list[float]:
    """What is left over goes to the texts; in a table of facts to the facts, which stay near their names."""
    if not grid.has_head:
        return [*natural[:-1], natural[-1] + room]
    takers = [0.0 if column.is_number else wide for column, wide in zip(grid.columns, natural, strict=True)]
    return [wide + room * taker / (sum(takers) or 1.0) for wide, taker in zip(natural, takers, strict=True)]


def _forced(grid: Grid, width: float, scale: float) -> list[float]:
    free = width - GAP * (len(grid.columns) - 1)
    least = _least(grid, scale)
    return [narrow * free / sum(least) for narrow in least]


def _least(grid: Grid, scale: float) -> list[float]:
    """The longest word of each column, in points; not much less than a few words in one of texts."""
    natural = [0.0 if column.is_number else wide for column, wide in zip(grid.columns, _natural(grid, scale), strict=True)]
    words = _widest(grid, scale, by_word=True)
    return [max(word, min(wide, FEW_WORDS * scale)) for word, wide in zip(words, natural, strict=True)]


def _natural(grid: Grid, scale: float) -> list[float]:
    """What each column would take if nothing in it were broken."""
    return _widest(grid, scale, by_word=False)


def _widest(grid: Grid, scale: float, *, by_word: bool) -> list[float]:
    title, total = _scaled(COLUMN_TITLE, scale), _scaled(TOTAL, scale)
    widths = []
    for number, column in enumerate(grid.columns):
        heading = max((width_of(part, title.weight, title.size) for part in _parts(column.title, by_word)), default=0.0)
        longest = max((_cell_width(row.cells[number], total, by_word) for row in grid.rows), default=0.0)
        if by_word and not column.is_number:
            longest = min(longest, LONGEST_WORD * scale)
        deepest = max((row.level for row in grid.rows), default=0) if number == 0 else 0
        widths.append(max(heading, longest) + deepest * LEVEL_INDENT + 0.01)
    return widths


@lru_cache(maxsize=20_000)
def _cell_width(text: str, style: Style, by_word: bool) -> float:
    return max((width_of(part, style.weight, style.size) for part in _parts(text, by_word)), default=0.0)


def _parts(text: str, by_word: bool) -> Sequence[str]:
    drawn = [cleaned(line) for line in text.splitlines()]
    return [word for line in drawn for word in line.split(" ")] if by_word else drawn


def _broken(grid: Grid, widths: Sequence[float], scale: float) -> Laid:
    title, cell, total = (_scaled(style, scale) for style in (COLUMN_TITLE, CELL, TOTAL))
    head = tuple(lines_of(column.title, title, wide) for column, wide in zip(grid.columns, widths, strict=True))
    rows = []
    for row in grid.rows:
        style = total if row.is_total else cell
        indents = [row.level * LEVEL_INDENT, *[0.0] * (len(widths) - 1)]
        fitted = (lines_of(text, style, wide - indent) for text, wide, indent in zip(row.cells, widths, indents, strict=True))
        rows.append(tuple(fitted))
    edges = []
    left = 0.0
    for wide in widths:
        edges.append((left, left + wide))
        left += wide + GAP
    return Laid(tuple(edges), title, cell, total, head, tuple(rows))
