"""What the database itself refuses: changes to sealed rows, rewritten history, two rows in force at once.

A sealed model may name columns as `emptied_on_erasure`, with `person_path` as the way to the person that they are about.
Those columns, and no others, may be emptied, and not filled again, once the protocol of that person's erasure is written.

Guards are triggers (and, on PostgreSQL, exclusion constraints). They are installed after every migration, since a table
rebuild on SQLite drops them, and a system check verifies that they are there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.apps import apps
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

from organisation.models.erasure import Erasure
from organisation.models.history import DatedRow

SEALED_MESSAGE = "sealed rows cannot be changed or deleted"
HISTORY_MESSAGE = "dated rows are ended or superseded, never rewritten"
OVERLAP_MESSAGE = "two rows in force at the same time"
PREFIX = "guard_"
ENDS = ("until_on", "superseded_at")


def sealed_models() -> list[type[models.Model]]:
    """Models that declare `is_sealed = True`: append only."""
    return [model for model in apps.get_models() if getattr(model, "is_sealed", False)]


def dated_models() -> list[type[DatedRow]]:
    """Every model of dated rows."""
    return [model for model in apps.get_models() if issubclass(model, DatedRow)]


def install_guards(using: str = "default", **_kwargs: Any) -> None:
    """(Re)install all guards whose tables exist. Receiver of `post_migrate`; may run any number of times.

    A constraint that is in place as it should be is left, since building it takes minutes in a large city.
    """
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    built = built_constraints(connection)
    with connection.cursor() as cursor:
        for _name, table, statements in guards(connection):
            if table in tables and statements[-1] not in built:
                for statement in statements:
                    cursor.execute(statement)


def built_constraints(connection: BaseDatabaseWrapper) -> set[str]:
    """Return the last statement of each exclusion constraint that is in place: the one that writes its mark."""
    if connection.vendor != "postgresql":
        return set()
    query = (
        "SELECT conname, conrelid::regclass::text, obj_description(oid, 'pg_constraint') FROM pg_constraint WHERE contype = 'x'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {_mark(name, table.strip('"'), mark) for name, table, mark in cursor.fetchall()}


def _mark(name: str, table: str, mark: str) -> str:
    return f'COMMENT ON CONSTRAINT "{name}" ON "{table}" IS \'{mark}\''


def missing_guards(using: str = "default") -> list[str]:
    """Return the names of guards that the database does not have."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    wanted = {name for name, table, _statements in guards(connection) if table in tables}
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if connection.vendor == "postgresql":
        query = "SELECT tgname FROM pg_trigger UNION SELECT conname FROM pg_constraint"
    with connection.cursor() as cursor:
        cursor.execute(query)
        found = {row[0] for row in cursor.fetchall()}
    return sorted(wanted - found)


def guards(connection: BaseDatabaseWrapper) -> Iterator[tuple[str, str, list[str]]]:
    """Yield (name, table, statements) of every guard for this kind of database."""
    make = PostgresGuards() if connection.vendor == "postgresql" else SqliteGuards()
    for sealed in sealed_models():
        yield from make.sealed(sealed._meta.db_table, erasable_of(sealed))
    for dated in dated_models():
        columns = {field.name: str(field.column) for field in dated._meta.concrete_fields}
        yield from make.history(dated._meta.db_table, list(columns.values()))
        yield from make.overlap(dated._meta.db_table, [columns[name] for name in dated.one_at_a_time])


Guard = tuple[str, str, list[str]]


@dataclass(frozen=True)
class Erasable:
    """What may be emptied in a sealed table: `columns` with the SQL of their empty value; the rest is `kept`.

    `is_erased` is SQL that says whether the person of the row `OLD` is erased.
    """

    columns: Mapping[str, str]
    kept: Sequence[str]
    is_erased: str


def erasable_of(model: type[models.Model]) -> Erasable | None:
    """Return what may be emptied in a model's table, or `None` when nothing may be."""
    names: Sequence[str] = getattr(model, "emptied_on_erasure", ())
    if not names:
        return None
    fields = model._meta.concrete_fields
    empty = {str(field.column): _empty_value(field) for field in fields if field.name in names}
    person = person_sql(model, getattr(model, "person_path"))  # noqa: B009  declared together with the columns
    protocol = f'EXISTS (SELECT 1 FROM "{Erasure._meta.db_table}" e WHERE e.person_id = {person})'
    return Erasable(empty, [str(field.column) for field in fields if field.name not in names], protocol)


def _empty_value(field: models.Field[Any, Any]) -> str:
    return "'{}'" if isinstance(field, models.JSONField) else "''"


def person_sql(model: type[models.Model], path: str) -> str:
    """Return SQL for the key of the person of the row `OLD`, by a path of foreign keys such as `completion__user`."""
    first, *rest = path.split("__")
    column, holder = _foreign_key(model, first)
    key = f'OLD."{column}"'
    for name in rest:
        table = holder._meta
        column, holder = _foreign_key(holder, name)
        key = f'(SELECT t."{column}" FROM "{table.db_table}" t WHERE t."{table.pk.column}" = {key})'
    return key


def _foreign_key(model: type[models.Model], name: str) -> tuple[str, type[models.Model]]:
    field = cast(models.ForeignKey[Any, Any], model._meta.get_field(name))
    return str(field.column), field.related_model


class SqliteGuards:
    """Guards in SQLite's language. Its writers take turns, so a trigger sees every other row."""

    def sealed(self, table: str, erasable: Erasable | None = None) -> Iterator[Guard]:
        yield self._trigger(f"{PREFIX}{table}_update", table, "UPDATE", self._changes(erasable), SEALED_MESSAGE)
        yield self._trigger(f"{PREFIX}{table}_delete", table, "DELETE", "1", SEALED_MESSAGE)

    def _changes(self, erasable: Erasable | None) -> str:
        """Whether an UPDATE does anything but empty what may be emptied."""
        if erasable is None:
            return "1"
        changed = [f'NEW."{column}" IS NOT OLD."{column}"' for column in erasable.kept]
        filled = [f'(NEW."{column}" IS NOT {empty})' for column, empty in erasable.columns.items()]
        return " OR ".join([*changed, *filled, f"NOT {erasable.is_erased}"])

    def history(self, table: str, columns: list[str]) -> Iterator[Guard]:
        rewritten = " OR ".join(f'NEW."{column}" IS NOT OLD."{column}"' for column in columns if column not in ENDS)
        again = " OR ".join(f'(OLD."{end}" IS NOT NULL AND NEW."{end}" IS NOT OLD."{end}")' for end in ENDS)
        yield self._trigger(f"{PREFIX}{table}_rewrite", table, "UPDATE", f"{rewritten} OR {again}", HISTORY_MESSAGE)
        yield self._trigger(f"{PREFIX}{table}_delete", table, "DELETE", "1", HISTORY_MESSAGE)

    def overlap(self, table: str, identity: list[str]) -> Iterator[Guard]:
        same = " AND ".join(f'o."{column}" = NEW."{column}"' for column in identity)
        clash = (
            f'NEW.superseded_at IS NULL AND EXISTS (SELECT 1 FROM "{table}" o WHERE {same} AND o.superseded_at IS NULL '
            "AND (NEW.until_on IS NULL OR o.from_on < NEW.until_on) AND (o.until_on IS NULL OR NEW.from_on < o.until_on))"
        )
        yield self._trigger(f"{PREFIX}{table}_overlap", table, "INSERT", clash, OVERLAP_MESSAGE)

    def _trigger(self, name: str, table: str, event: str, condition: str, message: str) -> Guard:
        body = f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        return (
            name,
            table,
            [
                f'DROP TRIGGER IF EXISTS "{name}"',
                f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" WHEN {condition} {body}',
            ],
        )


class PostgresGuards:
    """Guards in PostgreSQL's language. Overlaps are an exclusion constraint, which holds between sessions too."""

    def sealed(self, table: str, erasable: Erasable | None = None) -> Iterator[Guard]:
        exception = self._emptied(erasable) if erasable else ""
        yield self._trigger(
            f"{PREFIX}{table}_change", table, "BEFORE UPDATE OR DELETE", "ROW", SEALED_MESSAGE, exception=exception
        )
        yield self._trigger(f"{PREFIX}{table}_truncate", table, "BEFORE TRUNCATE", "STATEMENT", SEALED_MESSAGE)

    def _emptied(self, erasable: Erasable) -> str:
        """A statement that lets an UPDATE pass which only empties what may be emptied."""
        names = "{" + ", ".join(f'"{column}"' for column in erasable.columns) + "}"
        same = f"(to_jsonb(NEW) - '{names}'::text[]) IS NOT DISTINCT FROM (to_jsonb(OLD) - '{names}'::text[])"
        emptied = [f'NEW."{column}" = {empty}' for column, empty in erasable.columns.items()]
        # Nested, as PostgreSQL may look at every part of one condition, and a DELETE has no NEW.
        return (
            f"IF TG_OP = 'UPDATE' THEN IF {' AND '.join([same, *emptied, erasable.is_erased])} THEN RETURN NEW; END IF; END IF;"
        )

    def history(self, table: str, columns: list[str]) -> Iterator[Guard]:
        ends = json.dumps(list(ENDS)).replace("[", "{").replace("]", "}")
        rewritten = f"(to_jsonb(NEW) - '{ends}'::text[]) IS DISTINCT FROM (to_jsonb(OLD) - '{ends}'::text[])"
        again = " OR ".join(f"(OLD.{end} IS NOT NULL AND NEW.{end} IS DISTINCT FROM OLD.{end})" for end in ENDS)
        when = f"WHEN ({rewritten} OR {again})"
        yield self._trigger(f"{PREFIX}{table}_rewrite", table, "BEFORE UPDATE", "ROW", HISTORY_MESSAGE, when)
        yield self._trigger(f"{PREFIX}{table}_delete", table, "BEFORE DELETE", "ROW", HISTORY_MESSAGE)
        yield self._trigger(f"{PREFIX}{table}_truncate", table, "BEFORE TRUNCATE", "STATEMENT", HISTORY_MESSAGE)

    def overlap(self, table: str, identity: list[str]) -> Iterator[Guard]:
        name = f"{PREFIX}{table}_overlap"
        same = ", ".join(f'"{column}" WITH =' for column in identity)
        rule = f"EXCLUDE USING gist ({same}, daterange(from_on, until_on) WITH &&) WHERE (superseded_at IS NULL)"
        yield (
            name,
            table,
            [
                "CREATE EXTENSION IF NOT EXISTS btree_gist",
                f'ALTER TABLE "{table}" DROP CONSTRAINT IF EXISTS "{name}"',
                f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {rule}',
                # PostgreSQL words a rule in its own way; the mark says which of ours it was built from.
                _mark(name, table, hashlib.sha256(rule.encode()).hexdigest()),
            ],
        )

    def _trigger(
        self, name: str, table: str, event: str, each: str, message: str, when: str = "", exception: str = ""
    ) -> Guard:
        function = f"{name}_refuse"
        return (
            name,
            table,
            [
                f'CREATE OR REPLACE FUNCTION "{function}"() RETURNS trigger LANGUAGE plpgsql AS '
                f"$$ BEGIN {exception} RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
                f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"',
                f'CREATE TRIGGER "{name}" {event} ON "{table}" FOR EACH {each} {when} EXECUTE FUNCTION "{function}"()',
            ],
        )
