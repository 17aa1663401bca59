"""A step page beside its floor: requests a second of two processes, on SQLite and on PostgreSQL.

The floor is a plain view behind the same middleware that draws the same base template for the same person. Load comes
from wrk with eight connections, on the same cores; so the share is worth more than the figures. Each is the median of
rounds that take turns.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from tests.with_postgres import binaries, free_port, server

ROUNDS, SECONDS, CONNECTIONS, PROCESSES = 3, 4, 8, 2
FLOOR = "/golv/"
BIN = Path(sys.executable).parent


def main() -> None:
    """Print one table for both databases."""
    if shutil.which("wrk") is None:
        print("wrk is not installed (Debian: apt install wrk): step pages were not measured.")
        return
    print("| database | floor, req/s | step page, req/s | share | queries, page | queries, answer |")
    print("|---|---|---|---|---|---|")
    measure("SQLite", nullcontext(""))
    programs = binaries()
    if programs is None:
        print("\nPostgreSQL is not installed: measured on SQLite only.")
        return
    measure("PostgreSQL", server(programs))


def measure(name: str, database: object) -> None:
    """Fill a new database, serve it, and print its line."""
    with database as url, tempfile.TemporaryDirectory() as folder:  # type: ignore[attr-defined]  # a context manager
        surroundings = {**os.environ, "DEBUG": "1", "DEMO": "0", "VAR_DIR": folder, "PYTHONHASHSEED": "0"}
        if url:
            surroundings["DATABASE_URL"] = url
        filled = subprocess.run(
            [sys.executable, "-m", "bench._fill"], env=surroundings, capture_output=True, text=True, check=True
        )
        facts = json.loads(filled.stdout.splitlines()[-1])
        with served(surroundings) as base:
            rounds = [
                (load(base + FLOOR, facts["session"]), load(base + facts["address"], facts["session"])) for _ in range(ROUNDS)
            ]
    floor, page = (statistics.median(figures) for figures in zip(*rounds, strict=True))
    queries = facts["queries"]
    print(f"| {name} | {floor:.0f} | {page:.0f} | {page / floor:.2f} | {queries['page']} | {queries['answer']} |", flush=True)


@contextmanager
def served(surroundings: dict[str, str]) -> Iterator[str]:
    """Serve the site as `make run` does, and yield its address."""
    port = free_port()
    options = ["--interface", "wsgi", "--workers", str(PROCESSES), "--blocking-threads", "1", "--log-level", "error"]
    command = [str(BIN / "granian"), *options, "--port", str(port), "bench._site:application"]
    web = subprocess.Popen(command, env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/konto/logga-in/")
        yield f"http://127.0.0.1:{port}"
    finally:
        web.terminate()
        web.wait()


def wait_for(address: str) -> None:
    """Return when the address answers. Raises `OSError` after a minute."""
    for patience in range(240, -1, -1):
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310  our own http address
                return
        except OSError:
            if not patience:
                raise
            time.sleep(0.25)


def load(address: str, session: str) -> float:
    """Return requests a second. Raises `SystemExit` if any was not answered with 200."""
    options = ["-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-H", f"Cookie: session={session}"]
    output = subprocess.run(["wrk", *options, address], capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in output or "Socket errors" in output:
        raise SystemExit(f"{address}: {output}")
    found = re.search(r"Requests/sec:\s+([\d.]+)", output)
    if found is None:
        raise SystemExit(f"wrk said no rate: {output}")
    return float(found[1])


if __name__ == "__main__":
    main()
