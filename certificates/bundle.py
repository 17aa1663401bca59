"""Many files as one ZIP archive that is sent while it is made: no more of it is held in memory than one file."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Iterable, Iterator


class _Pipe:
    """What `zipfile` writes to, and what is taken from at the other end. It cannot be gone back in."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        self.parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits anywhere else."""

    def take(self) -> bytes:
        """Return what has been written since last time."""
        data = b"".join(self.parts)
        self.parts.clear()
        return data


def stream_zip(files: Iterable[tuple[str, bytes]], at: dt.datetime) -> Iterator[bytes]:
    """Yield an archive of (name, content) piece by piece, each dated `at`, local time.

    PDF files are compressed inside, and are stored as they are.
    """
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as archive:  # type: ignore[call-overload]  # all that it calls is there
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name, at.timetuple()[:6]), content)
            yield pipe.take()
    yield pipe.take()
