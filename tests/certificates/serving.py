"""The site in a process of its own, as `make run` serves it, but that whoever guesses codes is never paused.

What a server keeps is then its own, and not what asks it: Django's test client keeps a few objects of each request for as long
as it lives, and hypothesis its examples.
"""

from __future__ import annotations

import http.client
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from config.env import BASE_DIR
from tests.with_postgres import free_port

PATIENCE_SECONDS = 60
ANSWERED_WITHIN_SECONDS = 20
BOUNDARY = "end-of-part-9b1f4c7e"


@dataclass(frozen=True)
class Server:
    """A running site; `pid` is the process that answers."""

    port: int
    process: subprocess.Popen[bytes]

    def get(self, path: str) -> int:
        """Return the status of a page."""
        return self._ask("GET", path)

    def post_file(self, path: str, field: str, content: bytes) -> int:
        """Return the status of the answer to a file."""
        head = f'Content-Disposition: form-data; name="{field}"; filename="intyg.pdf"\r\nContent-Type: application/pdf\r\n'
        body = f"--{BOUNDARY}\r\n{head}\r\n".encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
        return self._ask("POST", path, body, {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"})

    def _ask(self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> int:
        """Ask once. A server that hangs is a TimeoutError, one that died a ConnectionError."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=ANSWERED_WITHIN_SECONDS)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            answer.read()
        finally:
            connection.close()
        return answer.status

    def resident_megabytes(self) -> float:
        """Return how much memory the processes that answer hold now."""
        pages = [int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in self._workers()]
        return sum(pages) * 4096 / 1024**2

    def _workers(self) -> list[str]:
        return Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()


@contextmanager
def serving(surroundings: dict[str, str]) -> Iterator[Server]:
    """Serve the site until the block ends."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1", "--blocking-threads", "1"]
    command += ["--log-level", "error", "--port", str(port), "tests.certificates.unpaused:application"]
    with subprocess.Popen(
        command, cwd=BASE_DIR, env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            server = Server(port, process)
            _wait_for(server)
            yield server
        finally:
            process.terminate()


def _wait_for(server: Server) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and server.process.poll() is None:
        try:
            server.get("/verifiera/")
        except ConnectionError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not begin to answer")
