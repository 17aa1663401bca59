"""A table of words as `components/table.html` takes it: on a phone every row is a card, and each cell says its column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """The heading of a column."""

    label: str


@dataclass(frozen=True)
class Cell:
    """What stands in one place; `label` is its column's heading."""

    text: str
    label: str


@dataclass(frozen=True)
class Row:
    """A line; its first cell names it."""

    cells: tuple[Cell, ...]


def columns_of(headings: Iterable[str]) -> tuple[Column, ...]:
    """Return the headings as columns."""
    return tuple(Column(heading) for heading in headings)


def rows_of(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> tuple[Row, ...]:
    """Return the rows with their cells labelled. Every row is as long as `headings`."""
    return tuple(Row(tuple(Cell(text, label) for text, label in zip(row, headings, strict=True))) for row in rows)
