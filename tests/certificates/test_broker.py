"""A certificate asked for over a real broker, by a worker in a process of its own."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from config.env import BASE_DIR
from tests.migrated import template
from tests.with_postgres import free_port

pytestmark = pytest.mark.broker
PATIENCE_SECONDS = 60
COMPLETE_AND_ASK = """
from courses.signals import completed as told
from tests.completions import completed
from tests.factories import CityFactory
CityFactory()
told.send(sender=None, completion_id=completed().pk)
"""
COUNT = "SELECT COUNT(*) FROM certificates_certificatedocument"


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[str]:
    """A Redis of its own, or why the test did not run."""
    if shutil.which("redis-server") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("redis-server is not installed")
        pytest.skip("redis-server is not installed: nothing was sent over a real broker")
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    yield f"redis://127.0.0.1:{port}/0"
    server.terminate()
    server.wait()


@pytest.fixture
def surroundings(redis: str, tmp_path: Path) -> dict[str, str]:
    shutil.copy(template(BASE_DIR / "var" / "test-databases"), tmp_path / "db.sqlite3")
    kept = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
    return {**kept, "DEBUG": "1", "DEMO": "0", "VAR_DIR": str(tmp_path), "BROKER_URL": redis}


def shell(code: str, surroundings: dict[str, str]) -> None:
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", code]
    subprocess.run(command, cwd=BASE_DIR, env=surroundings, check=True, capture_output=True)


@contextmanager
def worker(surroundings: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "celery", "-q", "-A", "config", "worker", "-P", "solo", "--without-gossip"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, cwd=BASE_DIR, env=surroundings, **quiet)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def documents(surroundings: dict[str, str], wanted: int) -> int:
    """Return how many documents are stored, when they are as many as wanted or patience ends."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    with closing(sqlite3.connect(Path(surroundings["VAR_DIR"]) / "db.sqlite3")) as database:
        while (found := int(database.execute(COUNT).fetchone()[0])) != wanted and time.monotonic() < deadline:
            time.sleep(0.2)
    return found


def test_a_worker_that_comes_later_issues_what_waited_in_the_queue(surroundings) -> None:
    shell(COMPLETE_AND_ASK, surroundings)
    assert documents(surroundings, 0) == 0

    with worker(surroundings):
        assert documents(surroundings, 1) == 1


def test_what_a_lost_message_left_is_issued_by_the_sweep(surroundings, redis) -> None:
    shell(COMPLETE_AND_ASK, surroundings)
    subprocess.run(["redis-cli", "-u", redis, "flushall"], check=True, capture_output=True)

    with worker(surroundings):
        shell("from certificates.tasks import issue_missing; issue_missing.delay()", surroundings)
        assert documents(surroundings, 1) == 1
