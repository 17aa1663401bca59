"""A file that is gone from the storage, or was damaged there, is never handed out, and never an error without words."""

from __future__ import annotations

import datetime as dt
import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.core.management import call_command

from certificates.actions import issue
from certificates.jobs import begin_job, work_on
from certificates.models import CertificateDocument, DocumentLost, IssuingJob, private_storage
from organisation.models import User
from tests.completions import completed

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.UTC)


def lose(document: CertificateDocument) -> None:
    private_storage().delete(document.file_name)


def damage(document: CertificateDocument) -> None:
    with private_storage().open(document.file_name, "r+b") as file:
        file.seek(5000)
        byte = file.read(1)[0]
        file.seek(5000)
        file.write(bytes([byte ^ 1]))


@pytest.fixture
def document(city: Any, learner: User) -> CertificateDocument:
    return issue(completed(learner), at=AT)


@pytest.fixture(params=[lose, damage])
def lost(request: Any, document: CertificateDocument) -> CertificateDocument:
    request.param(document)
    return document


def test_it_is_not_read(lost) -> None:
    with pytest.raises(DocumentLost):
        lost.read()


def test_its_holder_is_told_whom_to_tell(client_of, learner, lost) -> None:
    answer = client_of(learner).get(f"/intyg/{lost.certificate.number}.pdf")

    assert answer.status_code == 503
    assert f"Säg till samordnaren att filen till intyg {lost.certificate.number} saknas" in answer.content.decode()


def test_an_archive_holds_the_others_and_says_which_are_missing(client_of, coordinator, youth_centre, learner, lost) -> None:
    issue(completed(learner, number=2), at=AT)
    job = begin_job(department=youth_centre, kind=IssuingJob.Kind.ISSUE, by=coordinator, at=AT)
    work_on(job.pk, at=AT)
    other = issue(completed(learner, number=3), at=AT)
    job.items.update(certificate=lost.certificate)
    job.items.create(completion=other.certificate.completion, certificate=other.certificate, done_at=AT)

    answer = client_of(coordinator).get(f"/admin/intyg-for-manga/{job.pk}/intyg.zip")

    with zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content))) as archive:
        assert archive.namelist() == ["lista.csv", f"{other.certificate.number}.pdf", "saknas.txt"]
        assert lost.certificate.number in archive.read("saknas.txt").decode()


def test_a_check_of_all_files_names_it(lost, capsys) -> None:
    with pytest.raises(SystemExit):
        call_command("certificates", check=True)

    said = capsys.readouterr()
    assert lost.certificate.number in said.out
    assert "saknas eller är skadade: 1 av 1" in said.err


def test_a_check_of_all_files_says_that_they_are_there(document, capsys) -> None:
    call_command("certificates", check=True)

    assert "oförändrade: 1 av 1." in capsys.readouterr().out


def test_it_is_not_saved_to_a_file(lost, tmp_path, capsys) -> None:
    with pytest.raises(SystemExit):
        call_command("certificates", save=[lost.certificate.number, str(tmp_path / "intyg.pdf")])

    assert "säkerhetskopian" in capsys.readouterr().err
    assert not (tmp_path / "intyg.pdf").exists()
