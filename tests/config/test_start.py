"""`make run`: one parent, two parts."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from config.env import BASE_DIR
from tests.with_postgres import free_port

PATIENCE_SECONDS = 120


@contextmanager
def started(var: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Start everything as `make run` does, and wait until the site and its worker answer."""
    port = free_port()
    kept = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
    output = (var / "output").open("w")
    run = subprocess.Popen(
        [sys.executable, "-m", "config.start"],
        cwd=BASE_DIR,
        env={**kept, "VAR_DIR": str(var), "PORT": str(port), "DEBUG": "1", "DEMO": "1", "PYTHONUNBUFFERED": "1"},
        stdout=output,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        wait_until_well(run, port, var)
        yield run, port
    finally:
        for process in [run.pid, *children_of(run.pid)]:
            kill(process)
        run.wait()
        output.close()


def wait_until_well(run: subprocess.Popen[str], port: int, var: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and run.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/halsa/", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    pytest.fail((var / "output").read_text())


def children_of(parent: int) -> list[int]:
    """Return the keys of all processes below one, also those in sessions of their own."""
    found = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout.split()
    pairs = list(zip(map(int, found[::2]), map(int, found[1::2]), strict=True))
    below = [pid for pid, above in pairs if above == parent]
    return below + [pid for child in below for pid in children_of(child)]


def kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def is_alive(pid: int) -> bool:
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return bool(state.strip()) and not state.startswith("Z")


@dataclass(frozen=True)
class Run:
    """What became of a start."""

    code: int
    output: str
    survivors: list[int]
    port: int


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where both starts below keep their data; the second finds what the first left."""
    return tmp_path_factory.mktemp("var")


@pytest.fixture(scope="module")
def interrupted(var: Path) -> Run:
    """The first start, on an empty folder, ended by Ctrl-C."""
    with started(var) as (run, port):
        parts = children_of(run.pid)
        run.send_signal(signal.SIGINT)
        code = run.wait(timeout=60)
        return Run(code, (var / "output").read_text(), [pid for pid in parts if is_alive(pid)], port)


@pytest.fixture(scope="module")
def bereaved(var: Path, interrupted: Run) -> Run:
    """The second start, whose worker is killed."""
    with started(var) as (run, port):
        parts = children_of(run.pid)
        for pid in parts:
            if "celery" in Path(f"/proc/{pid}/cmdline").read_text():
                kill(pid)
        code = run.wait(timeout=60)
        return Run(code, (var / "output").read_text(), [pid for pid in parts if is_alive(pid)], port)


def test_it_prints_the_address_and_the_demonstration_accounts(interrupted) -> None:
    assert f"http://127.0.0.1:{interrupted.port}/" in interrupted.output
    assert interrupted.output.count("alva.exempel@example.se") == 1


def test_it_stops_both_parts_on_interrupt(interrupted) -> None:
    assert (interrupted.code, interrupted.survivors) == (0, [])
    assert "Motståndskraft är stoppat." in interrupted.output


def test_it_says_so_and_stops_when_the_worker_dies(bereaved) -> None:
    assert (bereaved.code, bereaved.survivors) == (1, [])
    assert "worker stopped (rc=-9)" in bereaved.output
    assert "Därför stoppades allt." in bereaved.output


def test_a_second_start_loads_nothing_again(interrupted, bereaved) -> None:
    assert "Laddar startinnehållet" in interrupted.output
    assert "Laddar startinnehållet" not in bereaved.output


def test_it_refuses_a_port_that_is_taken(tmp_path) -> None:
    import socket

    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        refused = subprocess.run(
            [sys.executable, "-m", "config.start"],
            cwd=BASE_DIR,
            env={**os.environ, "VAR_DIR": str(tmp_path), "PORT": str(port), "DEBUG": "1"},
            capture_output=True,
            text=True,
            check=False,
        )

    assert refused.returncode == 1
    assert f"Porten {port} är upptagen" in refused.stdout
