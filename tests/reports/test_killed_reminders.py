"""A run of reminders that is killed anywhere, and two runs at once: nobody is forgotten, nobody is written to twice."""

from __future__ import annotations

import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import time_machine
from django.core import mail
from django.db import connection

from config.env import BASE_DIR
from reports.actions.send_reminders import send_reminders
from reports.models import Mailing
from tests.factories import EmploymentFactory
from tests.migrated import template
from tests.reports.conftest import NOON, TODAY

PEOPLE = 130
FILL = """
from tests.drafts import given_out
from tests.factories import CityFactory, DepartmentFactory, EmploymentFactory
from tests.taking import assign
CityFactory()
centre = DepartmentFactory()
assign(given_out().module, centre)
for _number in range({people}): EmploymentFactory(department=centre)
"""
# Says a line for each mail, so that the test knows how far it has come.
RUN = """
import django, time_machine, datetime as dt
django.setup()
from django.core.mail.backends.filebased import EmailBackend
from reports.actions.send_reminders import send_reminders
write = EmailBackend.write_message
def tell(self, message):
    write(self, message)
    self.stream.flush()
    print("sent", flush=True)
EmailBackend.write_message = tell
with time_machine.travel(dt.datetime.fromisoformat("{now}"), tick=False):
    send_reminders(dt.date(2026, 3, 31))
"""


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, str]:
    """A city of its own, whose mail lies in files."""
    shutil.copy(template(BASE_DIR / "var" / "test-databases"), tmp_path / "db.sqlite3")
    kept = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "PYTEST_CURRENT_TEST"}}
    found = {**kept, "DEBUG": "1", "DEMO": "0", "VAR_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", FILL.format(people=PEOPLE)]
    subprocess.run(command, cwd=BASE_DIR, env=found, check=True, capture_output=True)
    return found


def start(surroundings: dict[str, str], now: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", RUN.format(now=now)], cwd=BASE_DIR, env=surroundings, stdout=subprocess.PIPE, text=True
    )


def mails(folder: Path) -> list[tuple[str, str]]:
    """Return to whom, and with which Message-ID, each mail in the files is."""
    written = "".join(file.read_text() for file in sorted((folder / "mail").iterdir()))
    return list(zip(re.findall(r"^To: (.*)$", written, re.M), re.findall(r"^Message-ID: (.*)$", written, re.M), strict=True))


@pytest.mark.skipif(connection.vendor != "sqlite", reason="copies a file; SQLite's run tries it")
def test_the_next_run_completes_what_a_killed_one_began(surroundings: dict[str, str], tmp_path: Path) -> None:
    process = start(surroundings, "2026-03-31T09:00+02:00")
    for _number in range(random.Random(7).randrange(10, PEOPLE - 10)):
        assert process.stdout is not None
        assert process.stdout.readline() == "sent\n"
    process.kill()
    process.communicate()

    again = start(surroundings, "2026-03-31T10:00+02:00")
    again.communicate()

    found = mails(tmp_path)
    per_person = Counter(to for to, _id in found)
    assert again.returncode == 0
    assert len(per_person) == PEOPLE
    assert len({message_id for _to, message_id in found}) == PEOPLE
    assert max(per_person.values()) <= 2
    with sqlite3.connect(tmp_path / "db.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM reports_mailing WHERE sent_at IS NULL").fetchone() == (0,)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="two real connections need PostgreSQL; its run tries it")
def test_two_runs_at_once_write_to_each_once(city, administration, youth_centre, edition) -> None:
    for _number in range(PEOPLE):
        EmploymentFactory(department=youth_centre)

    def work(_number: int) -> int:
        try:
            return send_reminders(TODAY)["sent"]
        finally:
            connection.close()

    with time_machine.travel(NOON, tick=False), ThreadPoolExecutor(2) as pool:
        sent = list(pool.map(work, range(2)))

    assert sum(sent) == len(mail.outbox) == len({message.to[0] for message in mail.outbox}) == PEOPLE
    assert Mailing.objects.filter(sent_at=None).count() == 0
