"""The files of a report: the stored bytes, fetched once."""

from __future__ import annotations

import hashlib

import pytest

from reports.follow_up.states import State
from tests.reports.follow_up.cycles import ENDINGS, corrected, cycle_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
FILE = "/uppfoljning/2026/april.{}"


@pytest.fixture
def published(coordinator):
    return cycle_in(State.PUBLISHED, coordinator).follow_up.publication


@pytest.mark.parametrize("ending", ENDINGS)
def test_it_gives_the_stored_bytes(client_of, learner, published, ending) -> None:
    response = client_of(learner).get(FILE.format(ending))

    assert response.content == f"{published.pk} {ending} 0".encode()
    assert f'filename="uppfoljning-2026-april.{ending}"' in response["Content-Disposition"]


def test_it_sends_nothing_to_who_has_it_already(client_of, learner, published) -> None:
    client = client_of(learner)
    first = client.get(FILE.format("pdf"))

    again = client.get(FILE.format("pdf"), headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert first["ETag"] == f'"{hashlib.sha256(first.content).hexdigest()}"'
    assert first["Cache-Control"] == "private, no-cache"


def test_it_gives_the_file_with_the_latest_erratum_and_each_earlier_one_by_its_hash(client_of, learner, published) -> None:
    client = client_of(learner)
    before = client.get(FILE.format("csv")).content
    corrected(published)

    now = client.get(FILE.format("csv")).content
    kept = client.get(FILE.format("csv"), {"v": hashlib.sha256(before).hexdigest()})

    assert (now, kept.content) == (f"{published.pk} csv 1".encode(), before)
    assert "immutable" in kept["Cache-Control"]


def test_it_lists_the_hashes_as_they_are_checked_by(client_of, learner, published) -> None:
    corrected(published)
    client = client_of(learner)
    contents = {f"uppfoljning-2026-april.{ending}": client.get(FILE.format(ending)).content for ending in ENDINGS}

    listed = dict(reversed(line.split("  ")) for line in client.get(FILE.format("sha256")).text.splitlines())

    assert listed == {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    assert FILE.format("sha256") in client.get("/uppfoljning/2026/april/").text


def test_a_draft_has_no_hashes(client_of, coordinator) -> None:
    cycle_in(State.DRAFT, coordinator)
    client = client_of(coordinator)

    assert client.get(FILE.format("sha256")).status_code == 404
    assert FILE.format("sha256") not in client.get("/uppfoljning/2026/april/").text


@pytest.mark.postgres
@pytest.mark.parametrize("query", ["docx", "csv?v=feil", "pdf?v=", "pdf?v=%00"])
def test_it_finds_no_other_file(client_of, learner, published, query) -> None:
    assert client_of(learner).get(FILE.format(query)).status_code == 404
