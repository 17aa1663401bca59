"""`import_hr`, first and again, beside a floor: reading the same file and making the same number of bare rows."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from config.env import BASE_DIR
from tests.migrated import template
from tests.organisation.hr.files import large_departments, large_people

SIZES = ((5_000, 40), (25_000, 250), (100_000, 1_000))


def main() -> None:
    """Print seconds and peak memory of whole processes, the start of Python included, on SQLite."""
    print("whole processes, their start included; sqlite\n")
    print("| employments | what | s (wall) | s (processor) | MB (peak) |")
    print("|---|---|---|---|---|")
    for people, units in SIZES:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "d.csv").write_bytes(large_departments(units).content)
            (folder / "p.csv").write_bytes(large_people(people, units).content)
            (folder / "q.csv").write_bytes(large_people(people, units, changed=range(0, people, 10)).content)
            measure(folder, people)


def measure(folder: Path, people: int) -> None:
    """Print the rows of one size."""
    empty(folder)
    row(people, "floor: csv.DictReader and bulk_create", run(folder, "-m", "bench._hr_floor", "p.csv"))
    empty(folder)
    row(people, "first import", run(folder, *command("p.csv")))
    row(people, "the same files again", run(folder, *command("p.csv")))
    row(people, "every tenth has another occupation", run(folder, *command("q.csv")))


def command(people: str) -> list[str]:
    """Return the arguments of an import."""
    return [str(BASE_DIR / "manage.py"), "import_hr", "--departments", "d.csv", "--people", people]


def empty(folder: Path) -> None:
    """Lay an empty database in the folder."""
    for old in folder.glob("db.sqlite3*"):
        old.unlink()
    shutil.copy(template(BASE_DIR / "var" / "test-databases"), folder / "db.sqlite3")


def run(folder: Path, *arguments: str) -> tuple[float, float, float]:
    """Run Python in the folder; return its wall seconds, processor seconds and peak megabytes."""
    surroundings = {**os.environ, "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}", "VAR_DIR": str(folder / "var")}
    # With the demonstration's settings no query is written down, as in production.
    surroundings |= {"PYTHONPATH": str(BASE_DIR), "DEBUG": "1", "DEMO": "1"}
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
    begin = time.perf_counter()
    process = subprocess.Popen([sys.executable, *arguments], cwd=folder, env=surroundings, stdout=subprocess.DEVNULL)
    _pid, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{arguments} ended with {process.returncode}")
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def row(people: int, what: str, measured: tuple[float, float, float]) -> None:
    """Print a line of the table."""
    wall, processor, memory = measured
    print(f"| {people} | {what} | {wall:.1f} | {processor:.1f} | {memory:.0f} |", flush=True)
