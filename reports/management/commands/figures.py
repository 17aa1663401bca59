"""`manage.py figures`: the question of the product, live."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from itertools import groupby
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from courses.models import Module
from organisation.models import Department
from reports.counting import COUNTED
from reports.figures import Figure, figures
from reports.moments import FIRST_DAY, day_of, moment_of


class Command(BaseCommand):
    help = "Say, as of a day, how far the target group has come with each module in each department."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--as-of", required=True, metavar="DAY", help="for instance 2026-08-31")
        parser.add_argument("--known-at", metavar="MOMENT", help="answer with what was recorded by then: 2026-09-02T12:00")
        parser.add_argument("--department", metavar="ID", help="only this department's row; its id in the HR system")
        parser.add_argument("--module", metavar="SLUG", help="only this module")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        question = Question(options)
        if question.faults:
            raise CommandError("\n".join(question.faults))
        found = figures(question.day, question.known_at, question.departments, question.modules)
        self.stdout.write(as_json(found) if options["format"] == "json" else as_text(question.day, found))


class Question:
    """What was asked, read; `faults` holds a sentence for everything that cannot be understood."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.faults: list[str] = []
        self.day = self._day(options["as_of"])
        self.known_at = self._moment(options["known_at"])
        self.departments = self._department(options["department"])
        self.modules = self._module(options["module"])

    def _day(self, text: str) -> dt.date:
        day = day_of(text)
        if day is None:
            self.faults.append(_("“%(text)s” is no day. Write it as 2026-08-31.") % {"text": text})
        return day or FIRST_DAY

    def _moment(self, text: str | None) -> dt.datetime | None:
        if text is None:
            return None
        moment = moment_of(text)
        if moment is None:
            self.faults.append(_("“%(text)s” is no moment. Write it as 2026-09-02T12:00.") % {"text": text})
        return moment

    def _department(self, external_id: str | None) -> list[str] | None:
        if external_id is None:
            return None
        if not Department.objects.filter(external_id=external_id).exists():
            self.faults.append(_("No department has the id “%(id)s”.") % {"id": external_id})
        return [external_id]

    def _module(self, slug: str | None) -> list[str] | None:
        if slug is None:
            return None
        if not Module.objects.filter(slug=slug).exists():
            known = ", ".join(Module.objects.order_by("slug").values_list("slug", flat=True))
            self.faults.append(
                _("No module has the address “%(slug)s”. There are: %(known)s.") % {"slug": slug, "known": known}
            )
        return [slug]


def as_json(found: list[Figure]) -> str:
    """Return the figures with exactly the keys of the interface."""
    rows = [dataclasses.asdict(figure) | {"as_of": figure.as_of.isoformat()} for figure in found]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def as_text(day: dt.date, found: list[Figure]) -> str:
    """Return the figures as a table a module."""
    title = _("As of %(day)s") % {"day": date_format(day, "j F Y")}
    if not found:
        nothing = _("Nothing to count: no department, or no module, was in force that day.")
        return f"{title}\n{nothing}"
    parts = [_module_block(slug, list(rows)) for slug, rows in groupby(found, key=lambda figure: figure.module)]
    return "\n\n".join([title, *parts])


def _module_block(slug: str, rows: list[Figure]) -> str:
    heads = [_("target"), _("exempt"), _("offered"), _("started"), _("completed"), _("valid"), _("refresher"), _("overdue")]
    labels = [f"{figure.department_name} ({figure.department})" for figure in rows]
    width = max(len(label) for label in [*labels, slug])
    lines = [f"{slug:<{width}}  " + "  ".join(heads)]
    for label, figure in zip(labels, rows, strict=True):
        numbers = [str(getattr(figure, name)).rjust(len(head)) for name, head in zip(COUNTED, heads, strict=True)]
        lines.append(f"{label:<{width}}  " + "  ".join(numbers))
    return "\n".join(lines)
