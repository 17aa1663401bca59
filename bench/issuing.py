"""How long 5,000 certificates take through Celery with two workers, from empty to stored, and when one worker is killed.

They are asked for as a coordinator does under *Intyg för många*: one job for a department in which all work. A PostgreSQL and a
broker of its own, Redis and then RabbitMQ, are started for each run; everything is as in production but for their sizes. Each
certificate is drawn and sealed with a P-256 key. The clock starts when the job is begun, with all programs ready but beat,
which starts with it.

    python -m bench issuing
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path

import psycopg

from config.env import BASE_DIR
from tests.deployment import PRODUCTION
from tests.with_postgres import binaries, free_port, server

COUNT = int(os.environ.get("BENCH_CERTIFICATES", "5000"))
WORKERS = 2
PATIENCE_SECONDS = 300
Broker = Callable[[str, Path], AbstractContextManager[str]]
STORED = "SELECT count(*) FROM certificates_certificatedocument"
CURRENT = "SELECT count(DISTINCT completion_id), count(DISTINCT number) FROM certificates_certificate"

FILL = """
import datetime as dt
from pathlib import Path
from django.conf import settings
from django.utils import timezone
from certificates.seals import make_test_seal
from courses.models import Completion, Round
from organisation.models import Employment, User
from tests.drafts import given_out
from tests.factories import CityFactory, DepartmentFactory, UserFactory
CityFactory()
coordinator, department = UserFactory(), DepartmentFactory()
make_test_seal(Path(settings.SEAL_PKCS12), name="Bench", at=timezone.now())
edition, now = given_out(), timezone.now()
day = timezone.localdate(now)
people = User.objects.bulk_create([
    User(employee_number=f"B{n}", first_name="Åsa", last_name=f"Öberg {n}", password="!") for n in range(%d)
], batch_size=1000)
Employment.objects.bulk_create([
    Employment(user=p, department=department, occupation="Lärare", from_on=day, recorded_at=now) for p in people
], batch_size=1000)
rounds = Round.objects.bulk_create([
    Round(user=p, module=edition.module, number=1, opened_on=day, opened_at=now) for p in people
], batch_size=1000)
Completion.objects.bulk_create([
    Completion(round=r, user=r.user, module=edition.module, edition=edition, completed_on=day, recorded_at=now) for r in rounds
], batch_size=1000)
"""
ASK = """
from django.utils import timezone
from certificates.jobs import begin_job
from certificates.tasks import queue_job
from organisation.models import Department, User
department, coordinator = Department.objects.get(), User.objects.order_by("pk").first()
print("ready", flush=True)
input()
queue_job(begin_job(department=department, kind="issue", by=coordinator, at=timezone.now()).pk)
"""


def main() -> None:
    programs = binaries()
    if programs is None:
        print("PostgreSQL is needed: nothing was measured.")
        return
    print(f"{COUNT} certificates, one job, {WORKERS} workers, PostgreSQL, {os.cpu_count()} cores")
    print(f"load before: {os.getloadavg()[0]:.1f}")
    for name, (broker, program) in BROKERS.items():
        if program is None:
            print(f"{name} is not installed: not measured.")
            continue
        for kills in (False, True):
            with ExitStack() as stack:
                print(f"{name:<10}{measure(stack, programs, broker, program, kills=kills)}", flush=True)


def measure(stack: ExitStack, programs: Path, broker: Broker, program: str, *, kills: bool) -> str:
    """Issue all, and return a line of the table."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    url = stack.enter_context(server(programs))
    surroundings = {**os.environ, **PRODUCTION, "DATABASE_URL": url, "VAR_DIR": str(folder)}
    surroundings["SEAL_PKCS12"] = str(folder / "seal.p12")
    surroundings["BROKER_URL"] = stack.enter_context(broker(program, folder))
    manage(surroundings, "migrate", "-v0")
    manage(surroundings, "createcachetable")
    shell(surroundings, FILL % COUNT)
    database = stack.enter_context(psycopg.connect(url, autocommit=True))
    workers = [stack.enter_context(celery(surroundings, "worker", "-c", "1", "-n", f"w{n}@%h")) for n in range(WORKERS)]
    wait_for_workers(surroundings)
    asking = stack.enter_context(asker(surroundings))
    # No earlier: the sweep would issue them before anybody asks.
    stack.enter_context(celery(surroundings, "beat"))
    if database.execute(STORED).fetchone() != (0,):
        raise SystemExit("Something was issued before it was asked for.")
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
def redis(program: str, folder: Path) -> Iterator[str]:
    port = free_port()
    with started([program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)], {}, port):
        yield f"redis://127.0.0.1:{port}/0"


@contextmanager
def rabbitmq(program: str, folder: Path) -> Iterator[str]:
    """A node that knows no other, with its data, its log and its cookie in the folder."""
    port = free_port()
    (folder / "rabbit.conf").write_text(f"listeners.tcp.1 = 127.0.0.1:{port}\n")
    own = {
        "HOME": folder,
        "ERL_EPMD_ADDRESS": "127.0.0.1",
        "RABBITMQ_NODENAME": f"bench{port}@localhost",
        "RABBITMQ_DIST_PORT": free_port(),
        "RABBITMQ_CONFIG_FILE": folder / "rabbit",
        "RABBITMQ_MNESIA_BASE": folder / "rabbit-data",
        "RABBITMQ_LOG_BASE": folder / "rabbit-log",
        "RABBITMQ_ENABLED_PLUGINS_FILE": folder / "rabbit-plugins",
        "RABBITMQ_PID_FILE": folder / "rabbit-pid",
    }
    with started([program], {name: str(value) for name, value in own.items()}, port):
        yield f"amqp://guest:guest@127.0.0.1:{port}//"


@contextmanager
def started(command: list[str], own: Mapping[str, str], port: int) -> Iterator[None]:
    """A server of our own that answers on the port."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, env={**os.environ, **own}, start_new_session=True, **quiet)
    try:
        wait_for_port(port)
        yield
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def wait_for_port(port: int) -> None:
    """Wait until something listens."""
    for _turn in range(600):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise SystemExit("The broker does not answer.")


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


# Debian's own command for RabbitMQ starts the machine's server, whatever it is told.
RABBITMQ = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
BROKERS: dict[str, tuple[Broker, str | None]] = {
    "Redis": (redis, shutil.which("redis-server")),
    "RabbitMQ": (rabbitmq, str(RABBITMQ) if RABBITMQ.exists() else shutil.which("rabbitmq-server")),
}


if __name__ == "__main__":
    main()
