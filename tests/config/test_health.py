"""What monitoring sees."""

import pytest
from django.core.cache import cache

from config.tasks import HEARTBEAT, heartbeat

pytestmark = pytest.mark.django_db


def test_it_is_well_when_every_part_answers(client) -> None:
    heartbeat()

    answer = client.get("/halsa/")

    assert (answer.status_code, set(answer.json().values())) == (200, {"ok"})


def test_it_names_the_worker_that_is_silent(client) -> None:
    cache.delete(HEARTBEAT)

    answer = client.get("/halsa/")

    assert answer.status_code == 503
    assert answer.json() == {"database": "ok", "cache": "ok", "broker": "ok", "worker": "failed"}


def test_it_tells_a_stranger_nothing_but_names(client) -> None:
    assert set(client.get("/halsa/").json()) == {"database", "cache", "broker", "worker"}
