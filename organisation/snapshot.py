"""Reading several tables as they were at one moment, whatever others write meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def snapshot() -> Iterator[None]:
    """Let every query inside see the database as it is at the first of them; for reading only.

    On PostgreSQL writing inside is refused. Inside a transaction that is already open nothing changes: it is that
    transaction's view that holds.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        with _deferred(), transaction.atomic():
            yield


@contextmanager
def _deferred() -> Iterator[None]:
    """Let SQLite begin without the lock that writers take turns for: readers never hinder them."""
    connection.ensure_connection()  # a connection has its mode from when it is made
    mode, connection.transaction_mode = connection.transaction_mode, "DEFERRED"  # type: ignore[attr-defined]  # SQLite's own
    try:
        yield
    finally:
        connection.transaction_mode = mode  # type: ignore[attr-defined]
