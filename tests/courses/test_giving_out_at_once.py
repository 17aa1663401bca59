"""Two trainers give out at the same moment."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from courses.actions.give_out import GiveOutRefused, give_out
from courses.models import Edition
from tests.drafts import SEALED, check, draft, given_out, lesson

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_one_edition_comes_out_and_the_other_trainer_is_told() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("two real connections need PostgreSQL; its run tries it")
    first = given_out()
    start = threading.Barrier(2)

    def work(title: str) -> str:
        start.wait()
        try:
            return give_out(
                module=first.module,
                draft=draft(lesson(title=title), check()),
                material=frozenset(),
                change_note="Ny rubrik.",
                in_force_from=dt.date(2026, 3, 1),
                based_on=first,
                by=None,
                at=SEALED,
            ).number
        except GiveOutRefused:
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(work, ["Den ena", "Den andra"]))

    assert outcomes == ["1.1", "refused"]
    assert Edition.objects.count() == 2
