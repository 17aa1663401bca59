"""A query that is put together once and asked many times.

Django writes a queryset's SQL anew each time, which for the hottest page costs more than the database's answer. Here the
queryset stays the only description of the query; its SQL is kept for each kind of database.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models


class Prepared:
    """A query whose rows come as the database gives them: days and JSON may be text, truths may be 0 and 1.

    `build` takes the arguments by name and returns a queryset of `values_list`. `stand_ins` are values of the same types,
    each unlike every other value of the query: they show where the arguments go.
    """

    def __init__(self, build: Callable[..., models.QuerySet[Any, Any]], **stand_ins: Any) -> None:
        self.build = build
        self.stand_ins = stand_ins
        self.compiled: dict[str, tuple[str, tuple[Any, ...]]] = {}

    def rows(self, **arguments: Any) -> list[tuple[Any, ...]]:
        """Return the rows for the arguments; one query."""
        connection = connections[DEFAULT_DB_ALIAS]
        if connection.vendor not in self.compiled:
            sql, params = self.build(**self.stand_ins).query.sql_with_params()
            self.compiled[connection.vendor] = sql, tuple(self._slot(param) or param for param in params)
        sql, params = self.compiled[connection.vendor]
        adapted = {name: _adapted(value) for name, value in arguments.items()}
        with connection.cursor() as cursor:
            cursor.execute(sql, [adapted[param.name] if isinstance(param, Slot) else param for param in params])
            return list(cursor.fetchall())

    def _slot(self, param: Any) -> Slot | None:
        names = (name for name, value in self.stand_ins.items() if _adapted(value) == param)
        return next((Slot(name) for name in names), None)


@dataclass(frozen=True)
class Slot:
    """Where an argument goes among the parameters."""

    name: str


def _adapted(value: Any) -> Any:
    """Return a day as this kind of database wants it, anything else as it is."""
    return connections[DEFAULT_DB_ALIAS].ops.adapt_datefield_value(value) if isinstance(value, dt.date) else value


def day_from(value: Any) -> dt.date:
    """Return a day of a row, which SQLite gives as text."""
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(value)


def json_from(value: Any) -> Any:
    """Return a JSON value of a row, which comes as text."""
    return json.loads(value) if isinstance(value, str) else value
