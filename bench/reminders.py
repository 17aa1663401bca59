"""A run of reminders to 100,000 persons into a mail sink, beside a floor: making the same mails and nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.import_hr import BASE_DIR, template

PEOPLE = int(os.environ.get("REMINDED", "20000"))


def main() -> None:
    """Print seconds and peak memory; REMINDED=100000 measures the whole volume."""
    print(f"{PEOPLE} persons, whole processes, their start included; sqlite\n")
    print("| what | s | MB (peak) |\n|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(template(BASE_DIR / "var" / "test-databases"), folder / "db.sqlite3")
        work(folder, "fill")
        for what, words in {
            "floor": "floor: making the mails",
            "run": "the run",
            "again": "the same day again",
        }.items():
            print(f"| {words} | {work(folder, what)} |", flush=True)


def work(folder: Path, what: str) -> str:
    """Run a part in a process of its own, and return what it measured."""
    surroundings = {**os.environ, "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}", "VAR_DIR": str(folder / "var")}
    surroundings |= {"DEBUG": "1", "DEMO": "0", "DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, "-m", "bench._reminding", what, str(PEOPLE)]
    done = subprocess.run(command, cwd=BASE_DIR, env=surroundings, check=True, capture_output=True, text=True)
    return done.stdout.strip()
