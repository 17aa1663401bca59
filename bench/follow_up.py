"""Freezing and publishing a report beside the SQL of its figures alone; `SCALE=1` adds 1,200,000 staff."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile

from bench.figures import COUNTRY, SYNTHETIC, TOWN, ask, postgresql


def main() -> None:
    """Print a row for each database and size."""
    print("| database | staff | freeze, s | floor, s | ratio | suppression, s | outputs, s | memory, MB | page |")
    print("|---|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        row("SQLite", TOWN, {"VAR_DIR": folder, "DATABASE_URL": f"sqlite:///{folder}/scale.sqlite3"})
    for staff in [TOWN, COUNTRY] if os.environ.get("SCALE") else [TOWN]:
        with postgresql() as surroundings:
            if surroundings:
                row("PostgreSQL", staff, surroundings)


def row(name: str, staff: int, surroundings: dict[str, str]) -> None:
    ask(surroundings, "fill", staff)
    run = subprocess.run(
        [sys.executable, "-m", "bench._follow_up"],
        env={**os.environ, **SYNTHETIC, **surroundings},
        stdout=subprocess.PIPE,
        check=True,
    )
    # What is set up first may have said something.
    found = json.loads(run.stdout.splitlines()[-1])
    page = f"{found['queries']} queries, {found['kilobytes']:.0f} kB"
    ratio = found["freeze"] / found["floor"]
    print(
        f"| {name} | {staff} | {found['freeze']:.2f} | {found['floor']:.2f} | {ratio:.1f} | {found['suppression']:.2f} "
        f"| {found['outputs']:.2f} | {found['memory']:.0f} | {page} |"
    )
