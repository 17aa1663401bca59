"""`manage.py prepare`: brings an installation to the state of the code, and a new demonstration to life."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import checks
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import OperationalError, connection
from django.utils import timezone

from certificates.seals import make_test_seal
from config.env import refuse
from organisation.models import Event, log_event, the_city
from reports.demo.learning import content_given_out_at

FILLED = "installation.filled"


def refuse_without_database() -> None:
    """Stop the start where the database does not answer, before the first question to it."""
    try:
        connection.ensure_connection()
    except OperationalError as error:
        why = str(error).splitlines()[0]
        refuse(f"Databasen svarar inte ({why}): starta den, eller skriv i DATABASE_URL var den finns.")


class Command(BaseCommand):
    help = "Compile catalogues, migrate, make the cache table, and fill an empty demonstration database."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("compile_catalogues")
        refuse_without_database()
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        self.check(databases=["default"], fail_level=checks.WARNING)
        if settings.DEMO and str(settings.TEST_SEAL) == settings.SEAL_PKCS12:
            make_test_seal(settings.TEST_SEAL, name="demonstration", at=timezone.now())
        if not settings.LOCAL:
            call_command("collectstatic", interactive=False, verbosity=0)
        if not self.is_filled():
            self.fill()
        elif settings.DEMO:
            call_command("load_demo", accounts=True)
        self.stdout.write(self.style.SUCCESS(f"Motståndskraft finns på {settings.SITE_URL}/"))

    def is_filled(self) -> bool:
        """Whether the starter content was once loaded to its end; a start that was killed in the middle begins again."""
        return Event.objects.filter(verb=FILLED).exists()

    def fill(self) -> None:
        """Load what a new installation begins with. Each command is whole or nothing, and changes nothing when repeated."""
        self.stdout.write("Laddar startinnehållet …")
        now = timezone.now()
        call_command("load_content", at=min(content_given_out_at(), now) if settings.DEMO else now)
        if settings.DEMO:
            call_command("load_demo")
        log_event(FILLED, the_city(), by=None, at=timezone.now())
