"""A migrated SQLite database, made once for each state of the migrations, and copied for each test process.

The migrations still run for real; they only do not run again while nothing that they depend on has changed.
"""

from __future__ import annotations

import fcntl
import functools
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import django
from django.apps import apps

from config.env import BASE_DIR

# What decides how a migrated database looks: the migrations, and what `cms.site_tree` adds after them. Guards follow below.
INGREDIENTS = ("*/migrations/*.py", "cms/site_tree.py", "cms/groups.py", "requirements.lock")


def state() -> str:
    """Return a hash of everything that a migrated database depends on. A changed method of a model is nothing to it."""
    files = sorted({path for pattern in INGREDIENTS for path in BASE_DIR.glob(pattern)})
    return hashlib.sha256(b"".join([*(path.read_bytes() for path in files), declared().encode()])).hexdigest()[:16]


def declared() -> str:
    """Return what the models and groups declare beside the migrations: guards and rights."""
    if not apps.ready:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        django.setup()
    from django.db import connection

    from cms.groups import PERMISSIONS
    from organisation.guards import guards

    return json.dumps([list(guards(connection)), PERMISSIONS], sort_keys=True)


@functools.cache
def template(folder: Path) -> Path:
    """Return the migrated database of this state, made now if it is missing. Processes wait for each other."""
    folder.mkdir(parents=True, exist_ok=True)
    database = folder / f"{state()}.sqlite3"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not database.exists():
            for older in folder.glob("*.sqlite3*"):
                older.unlink()
            _migrate(database)
    return database


def _migrate(database: Path) -> None:
    unfinished = database.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    surroundings = {**os.environ, "DATABASE_URL": f"sqlite:///{unfinished}", "DEBUG": "1", "DEMO": "0"}
    surroundings["VAR_DIR"] = str(database.parent / "var")
    for command in (["migrate", "-v0"], ["createcachetable"]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=BASE_DIR, env=surroundings, check=True)
    shutil.move(unfinished, database)


def lay_over(database: Path) -> None:
    """Give the connected SQLite database everything that this one holds, and nothing else."""
    from django.db import connection

    connection.ensure_connection()
    with closing(sqlite3.connect(database)) as source:
        source.backup(connection.connection)


def saved_to(database: Path) -> None:
    """Keep what the connected SQLite database holds, for `lay_over`."""
    from django.db import connection

    with closing(sqlite3.connect(database)) as kept:
        connection.connection.backup(kept)
