"""`manage.py teaching_table`: objective, lesson, exercise, question."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.reading import ModuleInForce, modules_in_force
from courses.rendering import content_of
from courses.teaching import Taught, teaching_of

NOTHING = "–"


class Command(BaseCommand):
    """Prints a table a module, from the editions in force; refuses when an objective is not taught, practised and tested."""

    help = "Show where each objective is taught, practised and tested, in the editions in force."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--module", metavar="SLUG", help="only this module")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        tables = [table_of(module) for module in chosen(options["module"])]
        self.stdout.write(as_json(tables) if options["format"] == "json" else as_text(tables))
        if missing := [line for table in tables for line in table.missing]:
            raise CommandError("\n".join(missing))


@dataclass(frozen=True)
class Table:
    """The objectives of one module's edition in force."""

    module: str
    title: str
    edition: str
    steps: dict[str, int]
    """The number of each step, by slug."""
    rows: tuple[Taught, ...]

    @property
    def missing(self) -> list[str]:
        """A sentence for each empty cell."""
        words = {"taught": _("not taught"), "practised": _("not practised"), "tested": _("not tested")}
        return [f"{self.module} {row.objective}: {words[cell]} ({row.text})" for row in self.rows for cell in row.empty]


def chosen(slug: str | None) -> list[ModuleInForce]:
    """Return the modules in force today, or the one that was asked for. Raises `CommandError` if there is none."""
    found = modules_in_force(timezone.localdate())
    if not found:
        raise CommandError(_("No module is in force today."))
    if slug is None:
        return found
    known = {module.edition.module.slug: module for module in found}
    if slug not in known:
        raise CommandError(
            _("No module has the address “%(slug)s”. There are: %(known)s.") % {"slug": slug, "known": ", ".join(sorted(known))}
        )
    return [known[slug]]


def table_of(module: ModuleInForce) -> Table:
    """Return the table of a module."""
    edition = module.edition
    steps = {line.slug: line.position for line in module.lines}
    return Table(edition.module.slug, edition.title, edition.number, steps, tuple(teaching_of(content_of(edition))))


def as_json(tables: list[Table]) -> str:
    """Return one object an objective."""
    rows = [
        {"module": table.module, "edition": table.edition, **dataclasses.asdict(row), "empty": row.empty}
        for table in tables
        for row in table.rows
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def as_text(tables: list[Table]) -> str:
    """Return a table a module; steps go by their number."""
    return "\n\n".join(_block(table) for table in tables)


def _block(table: Table) -> str:
    heads = (_("objective"), _("lessons"), _("exercises"), _("questions"))
    cells = [heads, *(_cells(row, table.steps) for row in table.rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(heads))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in cells]
    legend = [f"{number}. {slug}" for slug, number in table.steps.items()]
    full = _("No cell is empty.") if not table.missing else "\n".join(table.missing)
    return "\n".join([f"{table.title} {table.edition}", *lines, _("Steps: %(steps)s") % {"steps": ", ".join(legend)}, full])


def _cells(row: Taught, steps: dict[str, int]) -> tuple[str, ...]:
    return (
        row.objective,
        _numbers(row.taught, steps),
        _numbers(row.practised, steps),
        str(len(row.tested) or NOTHING),
    )


def _numbers(slugs: tuple[str, ...], steps: dict[str, int]) -> str:
    return ", ".join(str(steps[slug]) for slug in slugs) or NOTHING
