"""Images of open pages, by whatever name they are asked for."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage


@pytest.fixture(autouse=True)
def _a_picture(monkeypatch, tmp_path):
    kept = FileSystemStorage(tmp_path)
    kept.save("images/mark.png", ContentFile(b"a picture"))
    monkeypatch.setattr("cms.media.default_storage", kept)


def test_it_gives_a_picture(client) -> None:
    assert b"".join(client.get("/media/images/mark.png").streaming_content) == b"a picture"


@pytest.mark.django_db
@pytest.mark.parametrize("name", [".", "..", "%00", "no.png", "x" * 3000])
def test_it_finds_nothing_that_is_no_picture(client, name) -> None:
    assert client.get(f"/media/images/{name}").status_code == 404
