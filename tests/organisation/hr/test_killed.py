"""An import that is killed in the middle has done nothing, and the next one does everything."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from config.env import BASE_DIR
from tests.organisation.hr.files import large_departments, large_people
from tests.volume import moments

PEOPLE, UNITS = 3000, 30
WHOLE = {
    "user": PEOPLE,
    "department": UNITS,
    "departmentname": UNITS,
    "departmentplace": UNITS,
    "departmentmanager": UNITS,
    "employment": PEOPLE,
    "hrimport": 1,
    "event": 1,
}
# How many statements write before the last of them; a killed import has come somewhere between.
WRITES = 70
NOTHING = dict.fromkeys(WHOLE, 0)
# Says a line before each statement that writes, so that the test knows how far it has come.
SCRIPT = """
import sys, django
django.setup()
from django.core.management import call_command
from django.db import connection

def tell(execute, sql, params, many, context):
    if sql.startswith(("INSERT", "UPDATE")):
        print("writes", flush=True)
    return execute(sql, params, many, context)

with connection.execute_wrapper(tell):
    call_command("import_hr", *sys.argv[1:])
"""


@pytest.fixture
def database(tmp_path: Path, django_db_setup: None) -> Path:
    """A migrated database of its own, with nothing in it, and the files beside it."""
    if connection.vendor != "sqlite":
        pytest.skip("copies a file; SQLite's run tries it")
    (tmp_path / "d.csv").write_bytes(large_departments(UNITS).content)
    (tmp_path / "p.csv").write_bytes(large_people(PEOPLE, UNITS).content)
    copy = tmp_path / "db.sqlite3"
    copy.write_bytes(Path(connections["default"].settings_dict["TEST"]["NAME"]).read_bytes())
    return copy


def start(database: Path) -> subprocess.Popen[str]:
    folder = database.parent
    surroundings = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{database}",
        "VAR_DIR": str(folder),
        "DEBUG": "1",
        "DEMO": "0",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    files = ["--departments", str(folder / "d.csv"), "--people", str(folder / "p.csv"), "--as-of", "2026-03-02"]
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT, *files], cwd=BASE_DIR, env=surroundings, stdout=subprocess.PIPE, text=True
    )


def counts(database: Path) -> dict[str, int]:
    with sqlite3.connect(database, timeout=30) as reader:
        return {table: reader.execute(f"SELECT count(*) FROM organisation_{table}").fetchone()[0] for table in WHOLE}  # noqa: S608


@pytest.mark.proof
def test_it_leaves_nothing_half_done(database: Path, record_property: Any) -> None:
    killed_after = moments(range(1, WRITES), sample=2, proof=40)
    for statements in killed_after:
        process = start(database)
        for _ in range(statements):
            assert process.stdout is not None
            assert process.stdout.readline() == "writes\n"
        process.kill()
        process.communicate()

        assert counts(database) == NOTHING

    again = start(database)
    again.communicate()
    assert again.returncode == 0
    assert counts(database) == WHOLE
    record_property("examples", len(killed_after))
