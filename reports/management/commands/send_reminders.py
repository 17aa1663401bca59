"""`manage.py send_reminders`: what is due on a day and not yet sent."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.actions.manager_digest import send_digests
from reports.actions.send_reminders import DayOff, send_reminders
from reports.moments import day_of
from reports.reminding.posting import MailServerDown

KINDS = ("offered", "due_in_14", "due_in_3", "overdue", "refresher")
MAILS = ("sent", "again", "refused", "postponed", "unknown")


class Command(BaseCommand):
    help = "Send the reminders that are due on a day and not yet sent. Twice the same day sends nothing more."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--on", metavar="DAY", help="for instance 2026-08-31; today if nothing is said")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        day = self.day(options["on"])
        try:
            counts = send_reminders(day)
            digests = send_digests(day)
        except DayOff as off:
            self.show(day, {}, 0, options["format"], str(off))
            return
        except MailServerDown as down:
            words = _("The mail server takes nothing (%(why)s). What was not sent is due the next time.") % {"why": down}
            raise CommandError(words) from down
        self.show(day, dict(counts), digests, options["format"], "")

    def day(self, written: str | None) -> dt.date:
        """Return the day; a day to come only in the demonstration, where nobody is deceived by it."""
        today = timezone.localdate()
        # An empty word is a mistake in a script, which would mail everybody of another day than was meant.
        day = today if written is None else day_of(written)
        if day is None:
            raise CommandError(_("“%(day)s” is no day. Write for instance 2026-08-31.") % {"day": written})
        if day > today and not settings.DEMO:
            raise CommandError(_("%(day)s has not come yet. Reminders are sent for today or an earlier day.") % {"day": day})
        return day

    def show(self, day: dt.date, counts: dict[str, int], digests: int, form: str, why_not: str) -> None:
        """Print how many mails, and what they told."""
        mails, told = {one: counts.get(one, 0) for one in MAILS}, {one: counts.get(one, 0) for one in KINDS}
        if form == "json":
            data = {"on": day.isoformat(), "mails": mails, "reminders": told, "digests": digests, "why_not": why_not}
            self.stdout.write(json.dumps(data, ensure_ascii=False))
            return
        if why_not:
            self.stdout.write(why_not)
            return
        words = {
            "sent": _("sent"),
            "again": _("of those sent again"),
            "refused": _("refused by the mail server"),
            "postponed": _("wait for a later run"),
            "unknown": _("unconfirmed"),
            "offered": _("is offered"),
            "due_in_14": _("due within 14 days"),
            "due_in_3": _("due within 3 days"),
            "overdue": _("is overdue"),
            "refresher": _("to be refreshed or renewed"),
        }
        self.stdout.write(_("Mails to learners, %(day)s") % {"day": day})
        self.stdout.write("\n".join(f"  {words[name]:<32}{count:>7}" for name, count in mails.items()))
        self.stdout.write(_("What they told"))
        self.stdout.write("\n".join(f"  {words[name]:<32}{count:>7}" for name, count in told.items()))
        self.stdout.write(_("Mails to managers: %(count)s") % {"count": digests})
