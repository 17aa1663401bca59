"""A migrated SQLite database, made once for each state of the migrations, and copied for each test process.

The migrations still run for real; they only do not run again while nothing that they depend on has changed.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from config.env import BASE_DIR

# What decides how a migrated database looks: the migrations, the guards, and what the apps add after migrating.
INGREDIENTS = ("*/migrations/*.py", "*/models.py", "*/models/*.py", "organisation/guards.py", "cms/*.py", "requirements.lock")


def state() -> str:
    """Return a hash of everything that a migrated database depends on."""
    files = sorted({path for pattern in INGREDIENTS for path in BASE_DIR.glob(pattern)})
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]


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
