"""How dated rows change: ended once, or superseded by another row. Nothing is overwritten."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Generic, TypeVar

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from organisation.models.history import DatedRow
from organisation.models.people import User

Row = TypeVar("Row", bound=DatedRow)


Item = TypeVar("Item")

# Rows and keys in one statement.
BATCH = 500


class AlreadyEnded(Exception):
    """The row has been ended or superseded since it was read."""


@dataclass(frozen=True)
class Revision(Generic[Row]):
    """Changes to many rows of one kind at once, by key; what is recorded takes its place last."""

    withdrawn: Sequence[int]
    ended: Mapping[dt.date, Sequence[int]]
    recorded: Iterable[Row]


def record(row: Row, *, by: User | None, at: dt.datetime) -> Row:
    """Save a new row as known from `at`."""
    row.recorded_at, row.recorded_by = at, by
    row.save(force_insert=True)
    return row


@transaction.atomic
def end(row: Row, *, until_on: dt.date, by: User | None, at: dt.datetime) -> Row:
    """Let the row hold until (not including) `until_on`, and return the row that now says so.

    An open row that ends after the day of `at` changes no past day and is ended where it stands. Otherwise what was
    known is kept, and another row takes its place.
    """
    if row.until_on is None and until_on > timezone.localdate(at):
        row.until_on = until_on
        row.save(update_fields=["until_on"])
        return row
    return correct(row, by=by, at=at, until_on=until_on)


@transaction.atomic
def correct(row: Row, *, by: User | None, at: dt.datetime, **changes: Any) -> Row:
    """Supersede the row by one with `changes`, and return that one."""
    values = row.values_of_row() | changes
    withdraw(row, at=at)
    successor = record(type(row)(**values), by=by, at=at)
    for field in row._meta.many_to_many:
        getattr(successor, field.name).set(getattr(row, field.name).all())
    return successor


@transaction.atomic
def take_over(row: Row, *, by: User | None, at: dt.datetime) -> Row:
    """Let a new row hold from its first day. What held before ends that day; what was to come from that day on never was so."""
    same = {name: getattr(row, name) for name in row.one_at_a_time}
    in_the_way = type(row)._default_manager.filter(**same, superseded_at=None)
    for other in in_the_way.exclude(until_on__lte=row.from_on).select_for_update():
        if other.from_on >= row.from_on:
            withdraw(other, at=at)
        else:
            end(other, until_on=row.from_on, by=by, at=at)
    return record(row, by=by, at=at)


def withdraw(row: DatedRow, *, at: dt.datetime) -> None:
    """Say that the row was never so; what was known before stays visible. Raises `AlreadyEnded` if it is superseded."""
    if not type(row)._default_manager.filter(pk=row.pk, superseded_at=None).update(superseded_at=at):
        raise AlreadyEnded(row)
    row.superseded_at = at


@transaction.atomic
def revise(model: type[Row], revision: Revision[Row], *, by: User | None, at: dt.datetime) -> None:
    """Do to many rows what `withdraw`, `end` and `record` do to one; rows with many-to-many fields are not for this.

    What is ended where it stands is open, and ends after the day of `at`. Raises `AlreadyEnded` if a row is not so any more.
    """
    in_force = model._default_manager.filter(superseded_at=None)
    _change_all(in_force, revision.withdrawn, superseded_at=at)
    for until_on, keys in revision.ended.items():
        if until_on <= timezone.localdate(at):
            raise ValueError(until_on)
        _change_all(in_force.filter(until_on=None), keys, until_on=until_on)
    for rows in batches(revision.recorded):
        for row in rows:
            row.recorded_at, row.recorded_by = at, by
        model._default_manager.bulk_create(rows)


def _change_all(rows: QuerySet[Row], keys: Sequence[int], **change: Any) -> None:
    for batch in batches(keys):
        if rows.filter(pk__in=batch).update(**change) != len(batch):
            raise AlreadyEnded(batch)


def batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Yield the items some hundred at a time, as many as go into one statement."""
    remaining = iter(items)
    while batch := list(islice(remaining, BATCH)):
        yield batch
