"""A report's blocks as they stand in print."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import singledispatch

from django.utils.formats import date_format, number_format

from certificates.flowing import bars, beside, blocks, galley, grids
from certificates.flowing.look import BODY, LEAD
from reports.follow_up.report import Block, Chart, Facts, Grid, Paragraph, Points, Section
from reports.tables import HIDDEN, Cell, Kind

NUMBERS = frozenset({Kind.NUMBER, Kind.PERCENT})
MOST_SMALL_BARS = 14
LEVEL = "\N{EM SPACE}"
"""Stands before a name once for each level below the board."""


def printed(section: Section) -> Iterator[galley.Block]:
    """The section's blocks. Small pictures stand beside each other, before the tables that they are drawn from."""
    telling = [block for block in section.blocks if not (isinstance(block, Chart) and _is_all_hidden(block))]
    shown = telling or section.blocks
    charts = [block for block in shown if isinstance(block, Chart)]
    if len(charts) > 1 and all(len(chart.bars) <= MOST_SMALL_BARS for chart in charts):
        texts = [block for block in shown if isinstance(block, Paragraph)]
        tables = [block for block in shown if not isinstance(block, Chart | Paragraph)]
        yield from _each(section, texts)
        yield beside.Beside(tuple(map(_bars, charts)))
        yield from _each(section, tables)
    else:
        yield from _each(section, shown)


def _is_all_hidden(chart: Chart) -> bool:
    """Whether there is nothing to draw: a table beside it says so too, in less room."""
    return all(bar.percent is None for bar in chart.bars)


def _each(section: Section, found: Sequence[Block]) -> Iterator[galley.Block]:
    """The blocks; a table that is called what its section is called says so once."""
    for block in found:
        done = _printed(block)
        yield replace(done, caption="") if isinstance(done, grids.Grid) and done.caption == section.title else done


@singledispatch
def _printed(block: Block) -> galley.Block:
    raise TypeError(f"{type(block).__name__} is not printed")


@_printed.register
def _(paragraph: Paragraph) -> galley.Block:
    return blocks.Text(paragraph.text, LEAD if paragraph.is_lead else BODY)


@_printed.register
def _(points: Points) -> galley.Block:
    return blocks.Bullets(points.items)


@_printed.register
def _(facts: Facts) -> galley.Block:
    """A table whose rows have headings and whose columns need none."""
    columns = (grids.Column(""), grids.Column(""))
    return grids.Grid("", columns, tuple(grids.Row(pair) for pair in facts.pairs), has_head=False)


@_printed.register
def _(chart: Chart) -> galley.Block:
    return _bars(chart)


def _bars(chart: Chart) -> bars.Bars:
    drawn = [bars.Bar(bar.label, bar.value, None if bar.percent is None else (bar.percent / 100,)) for bar in chart.bars]
    return bars.Bars(chart.title, tuple(drawn))


@_printed.register
def _(grid: Grid) -> galley.Block:
    table = grid.table
    columns = tuple(grids.Column(column.title, column.kind in NUMBERS) for column in table.columns)
    kinds = [column.kind for column in table.columns]
    rows = tuple(_row(cells, kinds, is_total=number in grid.strong) for number, cells in enumerate(table.rows))
    return grids.Grid(table.title, columns, rows, headings=grid.heads)


def _row(cells: Sequence[Cell], kinds: Sequence[Kind], *, is_total: bool) -> grids.Row:
    first = cells[0] if isinstance(cells[0], str) else ""
    written = tuple(text_of(cell, kind) for cell, kind in zip(cells, kinds, strict=True))
    return grids.Row(written, level=len(first) - len(first.lstrip(LEVEL)), is_total=is_total)


def text_of(cell: Cell, kind: Kind) -> str:
    """A cell as it is printed: thousands parted, a true minus, and nothing for an empty one."""
    if cell is None:
        return ""
    if cell is HIDDEN:
        return str(HIDDEN)
    if isinstance(cell, dt.date):
        return date_format(cell, "j b Y").replace(" ", galley.NO_BREAK)
    if isinstance(cell, int):
        number = number_format(cell, force_grouping=True).replace(" ", galley.NO_BREAK).replace("-", "\N{MINUS SIGN}")
        return f"{number}{galley.NO_BREAK}%" if kind is Kind.PERCENT else number
    return cell
