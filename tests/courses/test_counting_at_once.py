"""Several persons end the same conversation at the same moment."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from courses.actions.conversations import count_conversation
from courses.models import ConversationCount
from tests.courses.conversations import dialogue
from tests.courses.leading import dialogue_edition

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
PERSONS = 10


def test_no_conversation_is_lost_or_counted_twice() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("several real connections need PostgreSQL; its run tries it")
    edition = dialogue_edition()
    start = threading.Barrier(PERSONS)

    def work(_number: int) -> None:
        start.wait()
        try:
            count_conversation(dialogue=dialogue(), edition_id=edition.pk, chosen=("start-a", "ute-a"))
        finally:
            connection.close()

    with ThreadPoolExecutor(PERSONS) as pool:
        list(pool.map(work, range(PERSONS)))

    count = ConversationCount.objects.get()
    assert (count.conversations, count.choices["start-a"], count.waiting) == (10, 10, "")
