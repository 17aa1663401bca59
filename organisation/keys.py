"""Asks for the rows of many keys at once."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, Func
from django.db.models.sql.compiler import SQLCompiler


class IsOneOf(Func):
    """Whether a column of keys holds one of `keys`, for `filter`.

    They go in one parameter, however many they are: with one for each, as `__in` has it, Python writes and both sides read
    the list for longer than the database looks for the rows. PostgreSQL sees how many there are, which it can only guess of a
    subquery, and so looks them up instead of reading a whole table.
    """

    output_field = BooleanField()

    def __init__(self, column: str, keys: Collection[int]) -> None:
        super().__init__(column)
        self.keys = list(keys)

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_more: Any) -> tuple[str, tuple[Any, ...]]:
        """Write it for SQLite."""
        column, values = compiler.compile(self.source_expressions[0])
        return f"{column} IN (SELECT value FROM json_each(%s))", (*values, json.dumps(self.keys))  # noqa: S608  a compiled column

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_more: Any
    ) -> tuple[str, tuple[Any, ...]]:
        """Write it for PostgreSQL."""
        column, values = compiler.compile(self.source_expressions[0])
        # As a text: psycopg writes a list more slowly.
        return f"{column} = ANY(%s::bigint[])", (*values, f"{{{','.join(map(str, self.keys))}}}")
