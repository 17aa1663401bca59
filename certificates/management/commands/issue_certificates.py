"""`manage.py issue_certificates`: the sweep, with a progress bar."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from certificates.actions import CannotBeDrawn, issue, missing_completions
from courses.models import Completion


class Command(BaseCommand):
    help = "Utfärda varje intyg som saknas."

    def handle(self, *args: Any, **options: Any) -> None:
        missing = missing_completions()
        waiting = [fault for place, key in enumerate(missing, start=1) if (fault := self.issue(key, place, len(missing)))]
        if missing:
            self.stderr.write("")
        self.stdout.write(f"Utfärdade intyg: {len(missing) - len(waiting)}. Väntar: {len(waiting)}.")
        for fault in waiting:
            self.stdout.write(f"  {fault}")

    def issue(self, completion_id: int, place: int, total: int) -> str:
        """Issue one, show how far the sweep has come, and return why one waits."""
        filled = 30 * place // total
        self.stderr.write(f"\r[{'#' * filled}{'.' * (30 - filled)}] {place}/{total}", ending="")
        try:
            issue(Completion.objects.get(pk=completion_id), at=timezone.now())
        except CannotBeDrawn as fault:
            return str(fault)
        return ""
