"""Puts many rows into a table as quickly as the database can."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, models

Row = tuple[Any, ...]


def pour(model: type[models.Model], columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Insert rows of plain values: days and moments (UTC) as text, as both databases read them."""
    table, named = model._meta.db_table, ", ".join(f'"{column}"' for column in columns)
    if not rows:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f'COPY "{table}" ({named}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f'INSERT INTO "{table}" ({named}) VALUES ({marks})', rows)  # noqa: S608  names of models


@contextmanager
def checked_afterwards(*poured: type[models.Model]) -> Iterator[None]:
    """Let PostgreSQL check that keys to other rows exist once, when all rows are in: row by row takes longer than the rest."""
    tables = [model._meta.db_table for model in poured] if connection.vendor == "postgresql" else []
    with connection.cursor() as cursor:
        if tables:
            connection.check_constraints()  # nothing may wait to be checked while constraints are changed
            cursor.execute(_FOREIGN_KEYS, [tables])
        found = cursor.fetchall() if tables else []
        for table, name, _definition in found:
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        yield
        for table, name, definition in found:
            cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')


_FOREIGN_KEYS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
FROM pg_constraint WHERE contype = 'f' AND conrelid::regclass::text = ANY(%s)"""


def next_key(model: type[models.Model]) -> int:
    """Return a key that no row has, and none after it."""
    return (model._default_manager.aggregate(last=models.Max("pk"))["last"] or 0) + 1


def count_on(*poured: type[models.Model]) -> None:
    """Let the database go on counting after keys that were poured in."""
    from django.core.management.color import no_style

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(poured)):
            cursor.execute(statement)


def look_again() -> None:
    """Let the database see how much there is, before it plans questions."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
