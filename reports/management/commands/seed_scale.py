"""`manage.py seed_scale`: synthetic data for measuring."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.models import Round
from organisation.demonstration import NUMBER_PREFIX
from organisation.models import User
from reports.scale.people import COLUMNS, NUMBERS, Crowd
from reports.scale.pouring import checked_afterwards, count_on, look_again, pour
from reports.scale.town import Plan, assign_all, make_managers, make_town

# A history shorter than a year has no room for what happens in it.
LEAST = {"staff": 1, "modules": 1, "years": 1}


class Command(BaseCommand):
    help = "Make a synthetic organisation of a given size with its history. Refuses where there are real people."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--staff", type=int, required=True, metavar="N", help="persons employed on the last day")
        parser.add_argument("--modules", type=int, required=True, metavar="M", help="modules, each with two editions")
        parser.add_argument("--years", type=int, required=True, metavar="Y", help="years of history, ending today")

    def handle(self, *args: Any, **options: Any) -> None:
        faults = self.faults(options)
        if faults:
            raise CommandError("\n".join(faults))
        plan = Plan(options["staff"], options["modules"], options["years"], timezone.localdate())
        counts = self.make(plan)
        look_again()
        self.stdout.write("\n".join(f"{name:<12} {count:>10}" for name, count in counts.items()))

    def faults(self, options: dict[str, Any]) -> list[str]:
        """Return why nothing is made."""
        found = [
            _("--%(name)s must be at least %(least)s.") % {"name": name, "least": least}
            for name, least in LEAST.items()
            if options[name] < least
        ]
        if User.objects.exclude(employee_number__startswith=NUMBER_PREFIX).exists():
            found.append(_("There are real people in this database, so nothing was made."))
        elif User.objects.filter(employee_number__startswith=NUMBERS).exists():
            found.append(_("There is synthetic data already; begin with another database."))
        return found

    @transaction.atomic
    def make(self, plan: Plan) -> Counter[str]:
        """Make everything, or nothing; return how many rows of each kind."""
        town = make_town(plan)
        counts = Counter({"Department": plan.departments})
        with checked_afterwards(*COLUMNS):
            for batch in Crowd(plan, town).batches():
                for model, columns in COLUMNS.items():
                    pour(model, columns, batch[model])
                    counts[model.__name__] += len(batch[model])
        count_on(User, Round)
        assign_all(plan, town, make_managers(plan, town))
        return counts
