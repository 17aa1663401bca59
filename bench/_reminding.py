"""One part of the measuring of reminders, in a process of its own."""

from __future__ import annotations

import datetime as dt
import resource
import sys
import time

import django
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

DAY = dt.date(2026, 3, 31)


class Sink(BaseEmailBackend):
    """Takes each mail as the network would carry it, and forgets it."""

    def send_messages(self, messages: list[EmailMultiAlternatives]) -> int:  # type: ignore[override]
        return sum(bool(message.message().as_bytes()) for message in messages)


def fill(people: int) -> None:
    """Make that many employees of one department, with an assigned module."""
    from organisation.models import Employment, User
    from tests.drafts import given_out
    from tests.factories import RECORDED, START, CityFactory, DepartmentFactory
    from tests.taking import assign

    CityFactory()
    department = DepartmentFactory()
    assign(given_out().module, department)
    for first in range(0, people, 5000):
        users = User.objects.bulk_create(
            [
                User(employee_number=f"M{n}", email=f"m{n}@example.se", first_name="Alva", last_name=f"Test{n}", password="!")
                for n in range(first, min(first + 5000, people))
            ]
        )
        Employment.objects.bulk_create(
            [Employment(user=u, department=department, occupation="Lärare", from_on=START, recorded_at=RECORDED) for u in users]
        )


def floor(people: int) -> None:
    """Make the mails."""
    from reports.models import Notice
    from reports.reminding.wording import Item, letter_to_learner

    item = Item(
        1, Notice.Kind.OFFERED, "x", "Informationsdelning", DAY, "http://127.0.0.1:8000/moduler/informationsdelning/fortsatt/"
    )
    for number in range(people):
        letter = letter_to_learner("Alva", [item], city="Teststad", choice_address="http://127.0.0.1:8000/konto/paminnelser/")
        headers = {"Message-ID": f"<{number}@localhost>"}
        message = EmailMultiAlternatives(letter.subject, letter.text, to=[f"m{number}@example.se"], headers=headers)
        message.attach_alternative(letter.html, "text/html")
        message.message().as_bytes()


def run(people: int) -> None:
    """Send what is due."""
    from reports.actions.send_reminders import send_reminders

    if (sent := send_reminders(DAY)["sent"]) not in {0, people}:
        raise SystemExit(f"{sent} of {people} were sent")


def main(what: str, people: int) -> None:
    django.setup()
    from django.conf import settings

    settings.EMAIL_BACKEND = "bench._reminding.Sink"
    begin = time.perf_counter()
    {"fill": fill, "floor": floor, "run": run, "again": run}[what](people)
    print(f"{time.perf_counter() - begin:.1f} | {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
