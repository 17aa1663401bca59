"""`manage.py load_demo`: the demonstration organisation, its accounts and some history."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.demonstration import NUMBER_PREFIX
from organisation.models import User
from reports.demo.follow_up import follow_up
from reports.demo.learning import make_learning
from reports.demo.people import PASSWORD, Organisation
from reports.demo.tables import Account, learning_table, organisation_table


class Command(BaseCommand):
    help = "Make the demonstration organisation with its history; again: no change. Refuses where there are real people."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--accounts", action="store_true", help="only print the accounts of a demonstration that is there")

    def handle(self, *args: Any, **options: Any) -> None:
        demonstrators = User.objects.filter(employee_number__startswith=NUMBER_PREFIX)
        if not demonstrators.exists():
            if options["accounts"]:
                return
            self.load()
        elif not options["accounts"]:
            self.stdout.write(_("The demonstration is there already; nothing was changed."))
        self.stdout.write(as_text(organisation_table().accounts))

    @transaction.atomic
    def load(self) -> None:
        """Make everything, or nothing. Refuses a database with people of its own."""
        if User.objects.exists():
            raise CommandError(_("There are real people in this database, so the demonstration was not loaded."))
        organisation = Organisation(organisation_table())
        table = learning_table()
        counts = {"departments": len(organisation.departments), "people": len(organisation.people)}
        self.stdout.write(_("Made %(departments)s departments and %(people)s invented people.") % counts)
        missing = make_learning(organisation, table)
        for slug in missing:
            self.stdout.write(
                _("The module “%(slug)s” is missing, so nobody has taken it. Run load_content first next time.")
                % {"slug": slug}
            )
        if len(missing) < len(table.modules):
            reports = follow_up(organisation, timezone.now())
            self.stdout.write(_("Froze and published %(count)s follow-up reports.") % {"count": len(reports)})


def as_text(accounts: tuple[Account, ...]) -> str:
    """Return who may log in, a line each."""
    role_width = max(len(account.role) for account in accounts)
    address_width = max(len(account.address) for account in accounts)
    lines = [_("Demonstration accounts, all with the password %(password)s:") % {"password": PASSWORD}]
    lines += [f"  {account.role:<{role_width}}  {account.address:<{address_width}}  {account.shows}" for account in accounts]
    if not settings.DEMO:
        lines.append(_("They do not work here: that takes DEMO=1."))
    return "\n".join(lines)
