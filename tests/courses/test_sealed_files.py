"""Sealed images, films and captions."""

import pytest
from django.test import Client

from courses.sealed_media import store_sealed

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client_of, outsider) -> Client:
    return client_of(outsider)


def read(response) -> bytes:
    return b"".join(response.streaming_content)


@pytest.mark.parametrize(
    ("extension", "kind"), [("png", "image/png"), ("vtt", "text/vtt; charset=utf-8"), ("mp4", "video/mp4")]
)
def test_it_answers_with_the_bytes_their_kind_and_a_long_life(client, extension, kind) -> None:
    name = store_sealed(b"sealed", extension)

    response = client.get(f"/moduler/fil/{name}")

    assert (read(response), response["Content-Type"]) == (b"sealed", kind)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert {"private", "immutable", "max-age=31536000"} <= set(response["Cache-Control"].split(", "))


def test_it_refuses_those_who_are_not_logged_in() -> None:
    name = store_sealed(b"sealed", "png")

    assert Client().get(f"/moduler/fil/{name}").url.startswith("/konto/")


@pytest.mark.parametrize("name", ["0" * 64 + ".png", "../db.sqlite3", "kort.png"])
def test_it_knows_no_other_file(client, name) -> None:
    assert client.get(f"/moduler/fil/{name}").status_code == 404


@pytest.mark.parametrize("extension", ["svg", "html"])
def test_it_never_serves_what_could_hold_a_script(client, extension) -> None:
    name = store_sealed(b"<script>", extension)

    assert client.get(f"/moduler/fil/{name}").status_code == 404


def test_a_film_is_served_in_parts(client) -> None:
    name = store_sealed(b"0123456789", "mp4")

    response = client.get(f"/moduler/fil/{name}", headers={"range": "bytes=2-5"})

    assert (response.status_code, response.content, response["Content-Range"]) == (206, b"2345", "bytes 2-5/10")


def test_a_part_that_does_not_exist_is_refused(client) -> None:
    name = store_sealed(b"0123456789", "mp4")

    response = client.get(f"/moduler/fil/{name}", headers={"range": "bytes=10-"})

    assert (response.status_code, response["Content-Range"]) == (416, "bytes */10")


@pytest.mark.parametrize("asked", ["bytes=5-", "bytes=5-99"])
def test_an_open_part_reaches_to_the_end(client, asked) -> None:
    name = store_sealed(b"0123456789", "mp4")

    assert client.get(f"/moduler/fil/{name}", headers={"range": asked}).content == b"56789"
