"""A file says who somebody is: none lies where no row names it, whenever a worker is killed and whoever is erased."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction

from certificates.actions import StorageFailed, issue, issue_many, reserve, store, storing
from certificates.models import CertificateDocument, private_storage
from config.env import BASE_DIR
from organisation.files import delete_doomed, doom, spare
from organisation.models import DoomedFile
from tests.completions import COMPLETED_AT as AT
from tests.completions import completed

pytestmark = pytest.mark.django_db


def files() -> set[str]:
    """Return the names of all certificates' files that there are."""
    root = Path(settings.STORAGES["private"]["OPTIONS"]["location"]) / "certificates"
    return {f"certificates/{path.parent.name}/{path.name}" for path in root.rglob("*") if path.is_file()}


def killed_after_writing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the next worker be gone when its file is there and its row is not."""
    real = storing.write_once

    def write(name: str, content: bytes) -> None:
        real(name, content)
        raise SystemExit

    monkeypatch.setattr(storing, "write_once", write)


def test_what_a_killed_worker_wrote_is_deleted_by_the_sweep(city, monkeypatch) -> None:
    completion = completed()
    with monkeypatch.context() as broken:
        killed_after_writing(broken)
        with pytest.raises(SystemExit):
            issue(completion, at=AT)
    (orphan,) = files()

    delete_doomed()

    assert files() == set()
    assert not DoomedFile.objects.exists()
    assert not CertificateDocument.objects.exists()
    assert orphan


def test_it_is_deleted_though_another_drew_it_anew(city, monkeypatch) -> None:
    certificate = reserve(completed(), at=AT)
    with monkeypatch.context() as broken:
        killed_after_writing(broken)
        with pytest.raises(SystemExit):
            store(certificate, b"%PDF sealed at one moment", at=AT)

    document = store(certificate, b"%PDF sealed at another", at=AT)
    delete_doomed()

    assert files() == {document.file_name}


def test_the_same_bytes_drawn_again_stay(city, monkeypatch) -> None:
    completion = completed()
    with monkeypatch.context() as broken:
        killed_after_writing(broken)
        with pytest.raises(SystemExit):
            issue(completion, at=AT)

    document = issue(completion, at=AT)
    delete_doomed()

    assert files() == {document.file_name}
    assert document.read().startswith(b"%PDF")


def test_nothing_is_noted_of_what_is_stored(city) -> None:
    certificate = reserve(completed(), at=AT)
    first = store(certificate, b"%PDF first", at=AT)

    store(certificate, b"%PDF first", at=AT)
    store(certificate, b"%PDF second", at=AT)

    assert not DoomedFile.objects.exists()
    assert files() == {first.file_name}


def test_a_sweep_that_comes_between_does_no_harm(city, monkeypatch) -> None:
    completions = [completed() for _turn in range(2)]
    real, turns = storing.spare, iter(range(100))

    def swept(names: Any) -> int:
        if next(turns) == 0:
            delete_doomed()
        return real(names)

    monkeypatch.setattr(storing, "spare", swept)
    issue_many([completion.pk for completion in completions], at=AT)

    assert files() == {document.file_name for document in CertificateDocument.objects.all()}
    assert CertificateDocument.objects.count() == 2
    assert not DoomedFile.objects.exists()


def test_what_the_sweep_came_for_is_not_written(city, monkeypatch) -> None:
    certificate = reserve(completed(), at=AT)
    monkeypatch.setattr(storing, "doom", lambda names: list(names))

    with pytest.raises(StorageFailed):
        store(certificate, b"%PDF", at=AT)

    assert files() == set()


KILLED = """
import os, signal
from django.utils import timezone
from certificates.actions import issue_many, storing
from courses.models import Completion
real = storing.write_once
def write(name, content):
    real(name, content)
    os.kill(os.getpid(), signal.SIGKILL)
storing.write_once = write
issue_many(list(Completion.objects.values_list("pk", flat=True)), at=timezone.now())
"""


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_earnest_leaves_nothing(committed_city) -> None:
    completions = [completed() for _turn in range(3)]
    terms = connection.settings_dict
    url = f"postgres://{terms['USER']}@{terms['HOST']}:{terms['PORT']}/{terms['NAME']}"
    folder = Path(settings.STORAGES["private"]["OPTIONS"]["location"]).parent
    surroundings = {**os.environ, "DATABASE_URL": url, "DEBUG": "1", "DEMO": "0", "VAR_DIR": str(folder)}
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", KILLED]
    ended = subprocess.run(command, cwd=BASE_DIR, env=surroundings, check=False, capture_output=True)
    assert ended.returncode == -9
    (orphan,) = files()

    issue_many([completion.pk for completion in completions], at=AT)
    delete_doomed()

    assert files() == {document.file_name for document in CertificateDocument.objects.all()}
    assert CertificateDocument.objects.count() == 3
    assert [document.certificate.number for document in CertificateDocument.objects.order_by("pk")] == [
        f"TST-2026-{number:06}" for number in (1, 2, 3)
    ]
    assert orphan


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_sweep_passes_over_what_is_being_stored(committed_city) -> None:
    name = "certificates/ab/abc.pdf"
    with transaction.atomic():
        doom([name])

    with transaction.atomic():
        assert spare([name]) == 1
        private_storage().save(name, storing.ContentFile(b"%PDF"))
        in_another_connection(delete_doomed)

    assert private_storage().exists(name)


def in_another_connection(work: Any) -> None:
    from concurrent.futures import ThreadPoolExecutor

    def alone() -> None:
        try:
            work()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        thread.submit(alone).result()


@pytest.fixture
def committed_city() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("two processes need PostgreSQL; its run tries it")
    from tests.factories import CityFactory

    CityFactory()
