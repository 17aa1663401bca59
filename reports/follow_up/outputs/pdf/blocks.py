"""A report's blocks as they stand in print."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import singledispatch

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from certificates.flowing import bars, beside, blocks, galley, grids
from certificates.flowing.look import BODY, LEAD
from reports.asking.words import signed
from reports.follow_up.report import Block, Chart, Facts, Grid, Paragraph, Points, Section
from reports.follow_up.report.boards import SHARE
from reports.tables import HIDDEN, Cell, Kind

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
        yield replace(done, has_caption=False) if isinstance(done, grids.Grid) and done.caption == section.title else done


@singledispatch
def _printed(block: Block) -> galley.Block:
    raise TypeError(f"{type(block).__name__} is not printed")


@_printed.register
def _of_paragraph(paragraph: Paragraph) -> galley.Block:
    return blocks.Text(paragraph.text, LEAD if paragraph.is_lead else BODY)


@_printed.register
def _of_points(points: Points) -> galley.Block:
    return blocks.Bullets(points.items)


@_printed.register
def _of_facts(facts: Facts) -> galley.Block:
    """A table whose rows have headings and whose columns need none."""
    columns = (grids.Column(""), grids.Column(""))
    return grids.Grid("", columns, tuple(grids.Row(pair) for pair in facts.pairs), has_head=False)


@_printed.register
def _of_chart(chart: Chart) -> galley.Block:
    return _bars(chart)


def _bars(chart: Chart) -> bars.Bars:
    drawn = [bars.Bar(bar.label, bar.value, None if bar.percent is None else (bar.percent / 100,)) for bar in chart.bars]
    return bars.Bars(chart.title, tuple(drawn))


@_printed.register
def _of_grid(grid: Grid) -> galley.Block:
    table = grid.table
    columns = tuple(grids.Column(column.title, column.kind.is_number) for column in table.columns)
    rows = tuple(_row(grid, number) for number in range(len(table.rows)))
    return grids.Grid(table.title, columns, rows, headings=grid.heads)


def _row(grid: Grid, number: int) -> grids.Row:
    cells, is_of_nobody = grid.table.rows[number], grid.is_of_nobody(number)
    first = cells[0] if isinstance(cells[0], str) else ""
    written = tuple(
        _("nobody in the target group") if cell is None and is_of_nobody and column.key == SHARE else text_of(cell, column.kind)
        for column, cell in zip(grid.table.columns, cells, strict=True)
    )
    return grids.Row(written, level=len(first) - len(first.lstrip(LEVEL)), is_total=number in grid.strong)


def text_of(cell: Cell, kind: Kind) -> str:
    """A cell as it is printed: thousands parted, a true minus, and nothing for an empty one."""
    if cell is None:
        return ""
    if cell is HIDDEN:
        return str(HIDDEN)
    if isinstance(cell, dt.date):
        return date_format(cell, "j b Y").replace(" ", galley.NO_BREAK)
    if isinstance(cell, int):
        if kind is Kind.CHANGE:
            return signed(cell)
        number = number_format(cell, force_grouping=True).replace(" ", galley.NO_BREAK).replace("-", "\N{MINUS SIGN}")
        return f"{number}{galley.NO_BREAK}%" if kind is Kind.PERCENT else number
    return cell
