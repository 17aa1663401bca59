"""`manage.py import_hr`: brings the organisation to the state of two HR files."""

from __future__ import annotations

import argparse
import datetime as dt
import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.actions.import_hr import Imported, ImportRefused, ImportRunning, TooManyEnd, import_hr
from organisation.file_faults import reason_of
from organisation.hr.reading import HrFile
from organisation.hr.report import as_data
from organisation.hr.rows import day_of
from organisation.hr.wording import as_text, fault_texts, large_text


class Command(BaseCommand):
    help = "Bring the organisation to the state of two HR files, from a day on. Everything or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--departments", required=True, type=Path, metavar="FILE", help="enhet;namn;typ;overordnad;chef")
        parser.add_argument("--people", required=True, type=Path, metavar="FILE", help="one row an employment")
        parser.add_argument("--as-of", type=a_day, metavar="DAY", help="from this day on; today if nothing is said")
        parser.add_argument("--dry-run", action="store_true", help="only say what would change")
        parser.add_argument("--allow-large", action="store_true", help="let more than 5 %% of the employments end")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        dry_run, self.format = options["dry_run"], options["format"]
        departments, people = self.read(Path(options["departments"])), self.read(Path(options["people"]))
        now = timezone.now()
        try:
            done = import_hr(
                departments=departments,
                people=people,
                as_of=self.day(options["as_of"]) or timezone.localdate(now),
                by=None,
                at=now,
                allow_large=options["allow_large"],
                dry_run=dry_run,
            )
        except ImportRefused as refused:
            raise CommandError("\n".join(fault_texts(refused.faults))) from refused
        except TooManyEnd as refused:
            if dry_run:
                self.show(refused.would_be, dry_run=True)
            way_out = _("If it is, add --allow-large.")
            raise CommandError(f"{large_text(refused.would_be.changes)} {way_out}") from refused
        except ImportRunning as refused:
            raise CommandError(_("Another import is running. Nothing was changed; try again when it is done.")) from refused
        self.show(done, dry_run=dry_run)

    def day(self, day: dt.date | str | None) -> dt.date | None:
        """Return the day, also one that `call_command` was given as a text."""
        try:
            return a_day(day) if isinstance(day, str) else day
        except argparse.ArgumentTypeError as error:
            raise CommandError(str(error), returncode=2) from error

    def read(self, path: Path) -> HrFile:
        """Return the file; one that cannot be read is wrong usage."""
        try:
            return HrFile(path.name, path.read_bytes())
        except OSError as error:
            text = _("%(file)s cannot be read: %(reason)s") % {"file": path, "reason": reason_of(error)}
            raise CommandError(text, returncode=2) from error

    def show(self, done: Imported, *, dry_run: bool) -> None:
        """Print the figures of the change."""
        if self.format == "json":
            self.stdout.write(json.dumps(as_data(done.changes, done.ignored, dry_run=dry_run), ensure_ascii=False, indent=2))
        else:
            self.stdout.write(as_text(done.changes, done.ignored, dry_run=dry_run))


def a_day(text: str) -> dt.date:
    """Return the day of an argument; another text is wrong usage."""
    day = day_of(text)
    if day is None:
        raise argparse.ArgumentTypeError(_("“%(text)s” is no day. Write it as 2026-08-31.") % {"text": text})
    return day
