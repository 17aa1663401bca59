"""`make run`: gets everything ready and runs the web server and the background worker under one parent."""

from __future__ import annotations

import gc
import os
import shlex
import signal
import socket
import sys
from pathlib import Path

import django
import honcho.manager
from honcho.manager import Manager
from honcho.printer import Printer

from config.env import is_port, read_environment, refuse

BIN = Path(sys.executable).parent
WEB_PROCESSES = 2
ASKED_TO_STOP = {0, 128 + signal.SIGINT, 128 + signal.SIGTERM}
# Honcho kills after five seconds; a web server that is asked to stop while it still loads needs longer.
honcho.manager.KILL_WAIT = 15


def main() -> int:
    """Return the exit code: 0 after Ctrl-C, 1 when a part died by itself."""
    host, port = surroundings()
    if is_taken(host, port):
        print(f"Porten {port} är upptagen. Stoppa det som använder den, eller skriv till exempel: PORT={port + 1} make run")  # noqa: T201
        return 1
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    # Migrating and loading make objects that stay; looking for garbage among them takes a sixth of the time.
    gc.set_threshold(200_000, 20, 20)
    django.setup()
    from django.core.management import call_command

    call_command("prepare")
    return supervise(host, port)


def surroundings() -> tuple[str, int]:
    """Return where to listen. A laptop without settings gets the demonstration."""
    read_environment()
    os.environ.setdefault("DEBUG", "1")
    os.environ.setdefault("DEMO", os.environ["DEBUG"])
    host, port = os.environ.setdefault("HOST", "127.0.0.1"), os.environ.setdefault("PORT", "8000")
    if not is_port(port):
        refuse(f"PORT={port!r} är ingen port: skriv ett tal från 1 till 65535, till exempel PORT=8000.")
    if not is_known(host):
        refuse(f"HOST={host!r} är ingen adress på den här datorn: skriv till exempel HOST=127.0.0.1.")
    return host, int(port)


def is_known(host: str) -> bool:
    """Whether the name or number stands for an address that can be listened at."""
    try:
        return bool(host and socket.getaddrinfo(host, None, socket.AF_INET))
    except (OSError, UnicodeError):
        return False


def is_taken(host: str, port: int) -> bool:
    """Whether something listens there already."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0


def supervise(host: str, port: int) -> int:
    """Run both parts until Ctrl-C, or until one of them dies; then stop the other and say so."""
    # A threaded server halves the speed on SQLite: processes with one thread each.
    web = [
        BIN / "granian",
        "--interface",
        "wsgi",
        "--workers",
        WEB_PROCESSES,
        "--blocking-threads",
        1,
        "--log-level",
        "warning",
    ]
    worker = [BIN / "celery", "-q", "-A", "config", "worker", "-B", "-P", "solo", "--without-gossip", "--without-mingle"]
    manager = Manager(Printer(sys.stdout))
    manager.add_process("web", _command(*web, "--host", host, "--port", port, "config.wsgi:application"), env=_environment())
    manager.add_process("worker", _command(*worker, "-l", "WARNING"), env=_environment())
    manager.loop()
    if manager.returncode in ASKED_TO_STOP:
        print("Motståndskraft är stoppat.")  # noqa: T201
        return 0
    print("En av delarna (web eller worker) stannade oväntat, se ovan vilken. Därför stoppades allt.")  # noqa: T201
    return 1


def _environment() -> dict[str, str]:
    # In a container everything runs as root; Celery's page-long warning would bury what matters.
    return {**os.environ, "PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges"}


def _command(*words: object) -> str:
    return "exec " + shlex.join(str(word) for word in words)


if __name__ == "__main__":
    sys.exit(main())
