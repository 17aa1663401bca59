"""Whatever goes wrong between a completion and its stored certificate: one current certificate, and no number lost or twice."""

from __future__ import annotations

import errno
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.storage import Storage
from django.db import OperationalError

from certificates.actions import StorageFailed, issue, issuing, missing_completions, storing
from certificates.models import Certificate, CertificateDocument, private_storage
from certificates.tasks import issue_missing
from tests.completions import COMPLETED_AT, completed

pytestmark = pytest.mark.django_db
AT = COMPLETED_AT


def fails(error: BaseException) -> Callable[..., Any]:
    def fail(*_args: Any, **_kwargs: Any) -> Any:
        raise error

    return fail


def half(self: Storage, name: str, content: Any, **_kwargs: Any) -> str:
    """A storage that is full in the middle of a file, and says nothing."""
    with self.open(name, "wb") as file:
        file.write(content.read()[:1000])
    return name


def stops(monkeypatch: pytest.MonkeyPatch) -> dict[str, Callable[[], None]]:
    """What can go wrong, by name."""
    storage = type(private_storage())
    documents = CertificateDocument.objects
    full = OSError(errno.ENOSPC, "No space left on device")
    return {
        "crash after numbering": lambda: monkeypatch.setattr(issuing, "draw_page", fails(SystemExit())),
        "crash after drawing": lambda: monkeypatch.setattr(storing, "write_once", fails(SystemExit())),
        "crash after the bytes are stored": lambda: monkeypatch.setattr(documents, "bulk_create", fails(SystemExit())),
        "database lost after the bytes are stored": lambda: monkeypatch.setattr(
            documents, "bulk_create", fails(OperationalError("server closed the connection"))
        ),
        "storage full": lambda: monkeypatch.setattr(storage, "save", fails(full)),
        "storage full in the middle": lambda: monkeypatch.setattr(storage, "save", half),
        "storage gone": lambda: monkeypatch.setattr(storage, "exists", fails(OSError(errno.EIO, "I/O error"))),
    }


@pytest.mark.parametrize(
    "what",
    [
        "crash after numbering",
        "crash after drawing",
        "crash after the bytes are stored",
        "database lost after the bytes are stored",
        "storage full",
        "storage full in the middle",
        "storage gone",
    ],
)
def test_it_goes_on_after(city, what) -> None:
    completion = completed()
    with pytest.MonkeyPatch.context() as broken:
        stops(broken)[what]()
        with pytest.raises((SystemExit, OSError, OperationalError, StorageFailed)):
            issue(completion, at=AT)
    assert missing_completions() == [completion.pk]

    document = issue(completion, at=AT)

    assert document.read().startswith(b"%PDF")
    assert len(document.read()) == document.size
    assert [one.number for one in Certificate.objects.all()] == ["TST-2026-000001"]
    assert issue(completed(), at=AT).certificate.number == "TST-2026-000002"


def test_a_number_that_was_never_stored_is_given_again(city, monkeypatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(Certificate.objects, "bulk_create", fails(OperationalError("server closed the connection")))
        with pytest.raises(OperationalError):
            issue(completed(), at=AT)

    issue_missing()

    assert [one.number for one in Certificate.objects.all()] == ["TST-2026-000001"]


def test_the_sweep_goes_on_past_a_storage_that_is_full(city, monkeypatch) -> None:
    completed()
    completed()
    with monkeypatch.context() as broken:
        broken.setattr(type(private_storage()), "save", fails(OSError(errno.ENOSPC, "No space left on device")))
        issue_missing()
    assert not CertificateDocument.objects.exists()

    issue_missing()

    assert CertificateDocument.objects.count() == 2
