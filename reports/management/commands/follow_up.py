"""`manage.py follow_up`: opens, freezes, publishes, corrects and verifies follow-up reports."""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt
import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reports.asking.words import signed
from reports.follow_up.cycles import open_cycle
from reports.follow_up.errata import correct
from reports.follow_up.freezing import freeze, refuse_if_not_over
from reports.follow_up.publishing import publish
from reports.follow_up.refusing import Refused
from reports.follow_up.report.words import MEASURES, cause_name
from reports.follow_up.verifying import Difference, Verdict, verify
from reports.models import Cycle, FollowUp, Period, Publication, cycle_settings
from reports.moments import moment_of

YEARS = range(2016, 3000)


class Command(BaseCommand):
    help = "Open, freeze, publish, correct or verify the follow-up report of a cycle, or give out its basis."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        words = {
            "open": "open the cycle",
            "freeze": "lock the figures; opens the cycle if nobody has",
            "publish": "publish the approved report",
            "erratum": "add a numbered correction to the published report",
            "verify": "compute every hash anew, build the figures anew, and compare with today's",
            "basis": "write the frozen basis as it is stored; it has the numbers that the report hides",
        }
        for name, help_text in words.items():
            action = actions.add_parser(name, help=help_text)
            action.add_argument("year", type=a_year, metavar="YEAR")
            action.add_argument("period", choices=Period.values)
            action.add_argument("--format", choices=["text", "json"], default="text")
            self.add_own(name, action)

    def add_own(self, name: str, action: CommandParser) -> None:
        """Add what only one of the actions takes."""
        if name == "freeze":
            action.add_argument("--known-at", metavar="MOMENT", help="as known by then: 2026-09-10T06:00")
        elif name == "publish":
            action.add_argument("--case-number", required=True)
        elif name == "erratum":
            action.add_argument("--text", required=True, help="what is right")
            action.add_argument("--reason", required=True, help="why it was wrong")

    def handle(self, *args: Any, **options: Any) -> None:
        run = {
            "open": self.open,
            "freeze": self.freeze,
            "publish": self.publish,
            "erratum": self.erratum,
            "verify": self.verify,
            "basis": self.basis,
        }[options["action"]]
        try:
            run(options)
        except Refused as refused:
            raise CommandError(str(refused)) from refused

    def open(self, options: dict[str, Any]) -> None:
        cycle = open_cycle(year=options["year"], period=options["period"], by=None, at=timezone.now())
        said = {"cycle": str(cycle), "day": date_format(cycle.cut_off_on, "j F Y")}
        self.tell(options, _("%(cycle)s is open. The cut-off day is %(day)s.") % said, cut_off_on=str(cycle.cut_off_on))

    def freeze(self, options: dict[str, Any]) -> None:
        now = timezone.now()
        known_at = moment(options["known_at"]) if options["known_at"] else now
        what = {"year": options["year"], "period": options["period"]}
        cycle = Cycle.objects.filter(**what).first()
        if cycle is None:
            cut_off_on = cycle_settings().cut_off_on(**what)
            # Refused before it is opened, so that nothing is left of what is refused.
            refuse_if_not_over(Cycle(**what, cut_off_on=cut_off_on), now, known_at)
            cycle = open_cycle(**what, by=None, at=now)
        report = freeze(cycle, by=None, at=now, known_at=known_at)
        said = {"cycle": str(report.cycle), "number": report.number, "sha256": report.sha256}
        words = _("%(cycle)s is frozen as report number %(number)s. SHA-256 of the figures: %(sha256)s") % said
        self.tell(options, words, number=report.number, sha256=report.sha256, known_at=report.known_at.isoformat())

    def publish(self, options: dict[str, Any]) -> None:
        publication = publish(self.frozen(options), case_number=options["case_number"], by=None, at=timezone.now())
        self.tell(options, _("The report is published."), **self.files(publication))

    def erratum(self, options: dict[str, Any]) -> None:
        publication = Publication.objects.filter(follow_up=self.frozen(options)).first()
        if publication is None:
            raise CommandError(_("Only a published report can have an erratum."))
        erratum = correct(publication, text=options["text"], reason=options["reason"], by=None, at=timezone.now())
        words = _("Erratum %(number)s is added, and every file is made with it.") % {"number": erratum.number}
        self.tell(options, words, erratum=erratum.number, **self.files(publication))

    def verify(self, options: dict[str, Any]) -> None:
        verdict = verify(self.frozen(options), at=timezone.now())
        found = dataclasses.asdict(verdict) | {"holds": verdict.holds}
        self.tell(options, as_text(verdict), **found)
        if not verdict.holds:
            raise CommandError(_("The report is not what was frozen."))

    def basis(self, options: dict[str, Any]) -> None:
        # Byte for byte, without a line's end, so that its SHA-256 is that of the report.
        self.stdout.write(bytes(self.frozen(options).basis).decode(), ending="")

    def frozen(self, options: dict[str, Any]) -> FollowUp:
        found = FollowUp.objects.filter(cycle__year=options["year"], cycle__period=options["period"])
        report = found.select_related("cycle").first()
        if report is None:
            said = {"period": Period(options["period"]).label, "year": options["year"]}
            raise CommandError(_("%(period)s %(year)s is not frozen.") % said)
        return report

    def files(self, publication: Publication) -> dict[str, Any]:
        outputs = publication.outputs.order_by("errata", "ending").values("ending", "errata", "sha256")
        return {"case_number": publication.case_number, "files": list(outputs)}

    def tell(self, options: dict[str, Any], words: str, **found: Any) -> None:
        """Print what was done: a readable block, or the same as JSON."""
        if options["format"] == "text":
            lines = [f"  {one['ending']:<5} {one['sha256']}" for one in found.get("files", ())]
            self.stdout.write("\n".join([words, *lines]))
            return
        cycle = {"year": options["year"], "period": options["period"]}
        self.stdout.write(json.dumps(cycle | found, ensure_ascii=False, indent=2))


def moment(text: str) -> dt.datetime:
    """Return the moment; without a zone it is Swedish time. Raises CommandError."""
    found = moment_of(text)
    if found is None:
        raise CommandError(_("“%(text)s” is no moment. Write it as 2026-09-02T12:00.") % {"text": text})
    return found


def a_year(text: str) -> int:
    """Return the year of an argument; another text is wrong usage."""
    if not text.isdecimal() or len(text) > 4 or int(text) not in YEARS:
        raise argparse.ArgumentTypeError(_("“%(text)s” is no year of the plan. Write it as 2026.") % {"text": text})
    return int(text)


def as_text(verdict: Verdict) -> str:
    """Return the answer in one block."""
    lines = [_("Report number %(number)s, SHA-256 %(sha256)s") % {"number": verdict.number, "sha256": verdict.sha256}]
    words = {True: _("is as it was stored"), False: _("HAS CHANGED")}
    parts = {"figures": _("the figures"), "statements": _("what is said of them")}
    lines += [f"  {parts.get(name, name):<24} {words[holds]}" for name, holds in verdict.hashes.items()]
    rebuilt = _("Built anew as known then, the figures are the same, byte by byte.")
    lines.append(rebuilt if verdict.is_rebuilt else _("Built anew as known then, the figures are NOT the same."))
    if not verdict.differences:
        return "\n".join([*lines, _("Today’s record gives the same figures for that day.")])
    lines.append(_("Today’s record answers otherwise here, since something was recorded or corrected after the freezing:"))
    return "\n".join([*lines, *(_line(one) for one in verdict.differences)])


def _line(one: Difference) -> str:
    unit = one.unit or _("the whole city")
    causes = [f"{cause_name(cause)} {signed(number)}" for cause, number in one.causes.items()]
    causes += (
        [_("completions recorded afterwards: %(count)s") % {"count": one.late_completions}] if one.late_completions else []
    )
    measure = str(MEASURES[one.measure][0])
    return f"  {one.module}, {unit}, {measure}: {one.frozen} → {one.live}" + (f" ({'; '.join(causes)})" if causes else "")
