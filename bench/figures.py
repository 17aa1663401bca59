"""`figures` for the whole city beside hand-written SQL, and `/chef/` with 500 below; `SCALE=1` adds 1,200,000 staff."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

TOWN, COUNTRY = 5000, 1_200_000
SYNTHETIC = {"DEMO": "1"}
"""Synthetic people log in only where the demonstration's do."""


def main() -> None:
    """Print a row for each database and size."""
    sizes = [TOWN, COUNTRY] if os.environ.get("SCALE") else [TOWN]
    columns = ["database", "staff", "seeded, s", "figures, ms", "floor, ms", "ratio", "memory, MB (of that the question)"]
    print(f"| {' | '.join(columns)} | /chef/, median (of that Python) |")
    print(f"{'|---' * (len(columns) + 1)}|")
    with tempfile.TemporaryDirectory() as folder:
        row("SQLite", TOWN, {"VAR_DIR": folder, "DATABASE_URL": f"sqlite:///{folder}/scale.sqlite3"})
    for staff in sizes:
        with postgresql() as surroundings:
            if surroundings:
                row("PostgreSQL", staff, surroundings)


@contextmanager
def postgresql() -> Iterator[dict[str, str]]:
    """Yield the surroundings with a server of its own, or nothing where PostgreSQL is not installed."""
    from tests.with_postgres import binaries, server

    programs = binaries()
    with ExitStack() as stack:
        if programs is None:
            print("| PostgreSQL is not installed: not measured |")
            yield {}
            return
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        yield {"VAR_DIR": folder, "DATABASE_URL": stack.enter_context(server(Path(programs)))}


def row(name: str, staff: int, surroundings: dict[str, str]) -> None:
    filled = ask(surroundings, "fill", staff)
    times = ask(surroundings, "measure", 5 if staff == TOWN else 2)
    memory, line = ask(surroundings, "memory"), ask(surroundings, "line")
    ratio = times["figures"] / times["floor"]
    kept = f"{memory['after']:.0f} ({memory['after'] - memory['before']:.0f})"
    chef = f"{line['ms']:.0f} ms ({line['own_ms']:.0f}), {line['persons']} persons, {line['queries']} queries"
    figures, floor = times["figures"] * 1000, times["floor"] * 1000
    print(f"| {name} | {staff} | {filled['seconds']:.0f} | {figures:.0f} | {floor:.0f} | {ratio:.2f} | {kept} | {chef} |")


def ask(surroundings: dict[str, str], job: str, *numbers: int) -> dict[str, Any]:
    """Return what `bench._figures` says to a job, in a process of its own."""
    run = subprocess.run(
        [sys.executable, "-m", "bench._figures", job, *map(str, numbers)],
        env={**os.environ, **SYNTHETIC, **surroundings},
        stdout=subprocess.PIPE,
        check=True,
    )
    # What is set up first may have said something.
    answer: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return answer
