"""A run of reminders that is killed anywhere, and two runs at once: nobody is forgotten, nobody is written to twice."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import connection

from config.env import BASE_DIR
from organisation.models import Department, Employment
from reports.actions.send_reminders import send_reminders
from reports.models import Mailing
from reports.reminding.posting import Post
from tests.drafts import given_out
from tests.factories import EmploymentFactory
from tests.migrated import template
from tests.organisation.hr.files import department, departments_file, people_file, person
from tests.organisation.hr.importing import imported
from tests.reports.conftest import NOON, TODAY
from tests.taking import assign
from tests.volume import moments

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


@pytest.mark.proof
@pytest.mark.skipif(connection.vendor != "sqlite", reason="copies a file; SQLite's run tries it")
def test_the_next_run_completes_what_a_killed_one_began(
    surroundings: dict[str, str], tmp_path: Path, record_property: Any
) -> None:
    killed_after = moments(range(1, PEOPLE // 3), sample=2, proof=3)
    for hour, sent in enumerate(killed_after, start=9):
        process = start(surroundings, f"2026-03-31T{hour:02}:00+02:00")
        for _number in range(sent):
            assert process.stdout is not None
            assert process.stdout.readline() == "sent\n"
        process.kill()
        process.communicate()

    again = start(surroundings, "2026-03-31T15:00+02:00")
    again.communicate()

    found = mails(tmp_path)
    per_person = Counter(to for to, _id in found)
    assert again.returncode == 0
    assert len(per_person) == PEOPLE
    assert len({message_id for _to, message_id in found}) == PEOPLE
    assert max(per_person.values()) <= 2
    with sqlite3.connect(tmp_path / "db.sqlite3") as database:
        # What was being sent at both kills is not tried a third time.
        waiting = database.execute("SELECT count(*) FROM reports_mailing WHERE sent_at IS NULL AND attempts < 2").fetchone()
        interrupted = database.execute("SELECT count(*) FROM reports_reminderrun WHERE ended_at IS NULL").fetchone()
    assert (waiting, interrupted) == ((0,), (len(killed_after),))
    record_property("examples", len(killed_after))


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


UNITS = departments_file(department("D0"), department("D1", parent="D0"))


def staff(*numbers: str):  # type: ignore[no-untyped-def]
    return people_file(*(person(number) for number in numbers))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="two real connections need PostgreSQL; its run tries it")
def test_an_import_in_the_middle_waits_for_nothing_and_nobody_is_missed_or_doubled(city, monkeypatch) -> None:
    imported(UNITS, staff("1", "2", "3"))
    assign(given_out().module, Department.objects.get(external_id="D0"), from_on=dt.date(2026, 3, 2))
    send, left = Post.send, iter([lambda: imported(UNITS, staff("2", "3", "4"), as_of=TODAY, allow_large=True)])

    def import_later(bring_up_to_date: Callable[[], object]) -> None:
        try:
            bring_up_to_date()
        finally:
            connection.close()

    with time_machine.travel(NOON, tick=False), ThreadPoolExecutor(1) as pool, monkeypatch.context() as meanwhile:

        def send_while_another_imports(*arguments: Any) -> Any:
            if bring_up_to_date := next(left, None):
                pool.submit(import_later, bring_up_to_date).result(timeout=30)
            return send(*arguments)

        meanwhile.setattr(Post, "send", send_while_another_imports)
        during, after = send_reminders(TODAY)["sent"], send_reminders(TODAY)["sent"]

    # The newcomer is found with the next batch, by the same run.
    assert (during, after) == (4, 0)
    assert [message.to[0] for message in mail.outbox] == [f"p{number}@example.se" for number in (1, 2, 3, 4)]
    assert Employment.objects.on(TODAY).count() == 3
