"""The one way past the guards, for tests and back-fills: drop them, and put them back. Runtime code has none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

from organisation.guards import guards, install_guards


@contextmanager
def unsealed(using: str = "default") -> Iterator[None]:
    """Take the guards away inside the block."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # It alters no table that a constraint still waits for the end of the transaction to look at.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for name, table, _statements in guards(connection):
            if connection.vendor == "postgresql":
                cursor.execute(f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"')
                cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT IF EXISTS "{name}"')
            else:
                cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')
    yield
    install_guards(using)
