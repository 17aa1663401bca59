"""`manage.py issue_certificates`: the sweep, with a progress bar."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from certificates.actions import BATCH, issue_many, missing_completions


class Command(BaseCommand):
    help = "Utfärda varje intyg som saknas."

    def handle(self, *args: Any, **options: Any) -> None:
        missing, faults = missing_completions(), []
        for start in range(0, len(missing), BATCH):
            outcomes = issue_many(missing[start : start + BATCH], at=timezone.now())
            faults += [outcome for outcome in outcomes.values() if isinstance(outcome, Exception)]
            self.show(min(start + BATCH, len(missing)), len(missing))
        if missing:
            self.stderr.write("")
        self.stdout.write(f"Utfärdade intyg: {len(missing) - len(faults)}. Väntar: {len(faults)}.")
        for fault in faults:
            self.stdout.write(f"  {fault}")

    def show(self, place: int, total: int) -> None:
        """Show how far the sweep has come."""
        filled = 30 * place // total
        self.stderr.write(f"\r[{'#' * filled}{'.' * (30 - filled)}] {place}/{total}", ending="")
