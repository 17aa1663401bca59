"""The starter content as a whole: every objective is taught, practised and tested, and no milieu takes over."""

from __future__ import annotations

import datetime as dt
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command

from cms.loading import load
from cms.management.commands.load_content import as_text
from cms.starter import read_content
from courses.balance import balance_of
from tests.content.conftest import REAL_FOLDER

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 12, 1, 9, 0, tzinfo=dt.UTC)


@time_machine.travel(AT, tick=False)
def test_no_objective_lacks_lesson_practice_or_question_and_no_milieu_is_above_half() -> None:
    loaded = load(read_content(REAL_FOLDER), at=AT)

    balance = balance_of(situation for module in loaded.modules for situation in module.situations)
    assert balance.is_even, balance.milieus
    _every_module_is_whole(len(loaded.modules))
    _balance_is_printed(as_text(loaded), balance.touching)


def _every_module_is_whole(modules: int) -> None:
    out = StringIO()
    call_command("teaching_table", stdout=out)
    assert out.getvalue().count("Ingen cell är tom.") == modules


def _balance_is_printed(text: str, touching: int) -> None:
    assert not touching or f"av {touching}" in text
