"""How long 5,000 certificates take through Celery with two workers, from empty to stored, and when one worker is killed.

A PostgreSQL and a Redis of its own are started for each run; everything is as in production but for their sizes. Each
certificate is drawn and sealed with a P-256 key. The clock starts when the first is asked for, with all programs ready.

    python -m bench issuing
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg

from config.env import BASE_DIR
from tests.deployment import PRODUCTION
from tests.with_postgres import binaries, free_port, server

COUNT = int(os.environ.get("BENCH_CERTIFICATES", "5000"))
WORKERS = 2
PATIENCE_SECONDS = 900
STORED = "SELECT count(*) FROM certificates_certificatedocument"
CURRENT = "SELECT count(DISTINCT completion_id), count(DISTINCT number) FROM certificates_certificate"

FILL = """
import datetime as dt
from pathlib import Path
from django.conf import settings
from django.utils import timezone
from certificates.seals import make_test_seal
from courses.models import Completion, Round
from organisation.models import User
from tests.drafts import given_out
from tests.factories import CityFactory
CityFactory()
make_test_seal(Path(settings.SEAL_PKCS12), name="Bench", at=timezone.now())
edition, now = given_out(), timezone.now()
day = timezone.localdate(now)
people = User.objects.bulk_create([
    User(employee_number=f"B{n}", first_name="Åsa", last_name=f"Öberg {n}", password="!") for n in range(%d)
], batch_size=1000)
rounds = Round.objects.bulk_create([
    Round(user=p, module=edition.module, number=1, opened_on=day, opened_at=now) for p in people
], batch_size=1000)
Completion.objects.bulk_create([
    Completion(round=r, user=r.user, module=edition.module, edition=edition, completed_on=day, recorded_at=now) for r in rounds
], batch_size=1000)
"""
ASK = """
from courses.models import Completion
from certificates.tasks import queue_certificate
keys = list(Completion.objects.order_by("pk").values_list("pk", flat=True))
print("ready", flush=True)
input()
for key in keys:
    queue_certificate(key)
"""


def main() -> None:
    programs = binaries()
    if programs is None or shutil.which("redis-server") is None:
        print("PostgreSQL and Redis are needed: nothing was measured.")
        return
    print(f"{COUNT} certificates, {WORKERS} workers, PostgreSQL and Redis, {os.cpu_count()} cores")
    print(f"load before: {os.getloadavg()[0]:.1f}")
    for kills in (False, True):
        with ExitStack() as stack:
            print(measure(stack, programs, kills=kills))


def measure(stack: ExitStack, programs: Path, *, kills: bool) -> str:
    """Issue all, and return a line of the table."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    url = stack.enter_context(server(programs))
    surroundings = {**os.environ, **PRODUCTION, "DATABASE_URL": url, "VAR_DIR": str(folder)}
    surroundings["SEAL_PKCS12"] = str(folder / "seal.p12")
    surroundings["BROKER_URL"] = stack.enter_context(redis(folder))
    manage(surroundings, "migrate", "-v0")
    manage(surroundings, "createcachetable")
    shell(surroundings, FILL % COUNT)
    database = stack.enter_context(psycopg.connect(url, autocommit=True))
    workers = [stack.enter_context(celery(surroundings, "worker", "-c", "1", "-n", f"w{n}@%h")) for n in range(WORKERS)]
    stack.enter_context(celery(surroundings, "beat"))
    wait_for_workers(surroundings)
    asking = stack.enter_context(asker(surroundings))
    begun, used = time.monotonic(), processor_seconds(workers)
    if asking.stdin:
        asking.stdin.write(b"\n")
        asking.stdin.close()
    if kills:
        wait_for(database, COUNT // 2)
        os.killpg(workers[0].pid, signal.SIGKILL)
    stored = wait_for(database, COUNT)
    seconds = time.monotonic() - begun
    asking.wait()
    used = processor_seconds(workers) - used
    completions, numbers = database.execute(CURRENT).fetchone() or (0, 0)
    what = "one worker killed -9 in the middle" if kills else "undisturbed"
    return (
        f"{what:<36}{seconds:6.1f} s {stored / seconds:6.0f} /s  stored {stored}, completions {completions}, numbers {numbers}"
        + ("" if kills else f", workers' processor time {1000 * used / stored:.1f} ms each")
    )


def wait_for(database: psycopg.Connection, wanted: int) -> int:
    """Return how many are stored, when they are enough or patience ends."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    stored = 0
    while stored < wanted and time.monotonic() < deadline:
        time.sleep(0.25)
        stored = (database.execute(STORED).fetchone() or (0,))[0]
    return stored


def wait_for_workers(surroundings: Mapping[str, str]) -> None:
    """Wait until all workers answer."""
    ping = [sys.executable, "-m", "celery", "-q", "-A", "config", "inspect", "ping", "--timeout", "5"]
    for _turn in range(20):
        answer = subprocess.run(ping, cwd=BASE_DIR, env=dict(surroundings), capture_output=True, check=False)
        if answer.stdout.count(b"pong") == WORKERS:
            return
    raise SystemExit("The workers do not answer.")


def processor_seconds(workers: list[subprocess.Popen[bytes]]) -> int:
    """Return what the workers and their children have used so far."""
    sessions = ",".join(str(worker.pid) for worker in workers)
    listed = subprocess.run(["ps", "-o", "cputimes=", "-s", sessions], capture_output=True, check=False)
    return sum(map(int, listed.stdout.split()))


def command(*words: str) -> list[str]:
    return [sys.executable, "manage.py", *words]


def manage(surroundings: Mapping[str, str], *words: str) -> None:
    subprocess.run(command(*words), cwd=BASE_DIR, env=surroundings, check=True)


def shell(surroundings: Mapping[str, str], code: str) -> None:
    manage(surroundings, "shell", "--no-imports", "-c", code)


@contextmanager
def redis(folder: Path) -> Iterator[str]:
    port = free_port()
    started = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    process = subprocess.Popen(started, stdout=subprocess.DEVNULL)
    try:
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.wait()


@contextmanager
def asker(surroundings: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A process that is ready to ask for all certificates when it gets a line."""
    started = command("shell", "--no-imports", "-c", ASK)
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    process = subprocess.Popen(started, cwd=BASE_DIR, env=dict(surroundings), **pipes)
    try:
        if process.stdout is None or process.stdout.readline() != b"ready\n":
            raise SystemExit("Nobody asks for certificates.")
        yield process
    finally:
        process.kill()
        process.wait()


@contextmanager
def celery(surroundings: Mapping[str, str], *words: str) -> Iterator[subprocess.Popen[bytes]]:
    """A Celery process with its children in a group of its own, so that all are killed together."""
    started = [sys.executable, "-m", "celery", "-q", "-A", "config", *words]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(started, cwd=BASE_DIR, env=dict(surroundings), start_new_session=True, **quiet)
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


if __name__ == "__main__":
    main()
