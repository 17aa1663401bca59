"""Who is told of a cycle: each once, whatever is run again."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail

from organisation.models import HrImport
from reports.follow_up.cycle_letters import (
    remind_departments,
    remind_due,
    send_cycle_letter,
    waiting_cycle_letters,
    warn_of_old_files,
)
from reports.follow_up.states import State
from reports.models import CycleLetter, CycleSettings, DepartmentComment
from tests.factories import DepartmentFactory, ManagerFactory
from tests.reports.follow_up.cycles import FROZEN_AT, cycle_in

pytestmark = pytest.mark.django_db
LATER = FROZEN_AT + dt.timedelta(days=1)


@pytest.fixture
def report(city, coordinator):
    return cycle_in(State.DRAFT, coordinator).follow_up


def test_managers_who_have_not_commented_are_written_to_once_a_turn(report):
    silent = ManagerFactory(department=DepartmentFactory(external_id="101")).manager
    done = ManagerFactory(department=DepartmentFactory(external_id="102"))
    said = {"reason": "Så.", "written_at": FROZEN_AT}
    DepartmentComment.objects.create(follow_up=report, department=done.department, **said)

    counts = [remind_due(LATER), remind_due(LATER), remind_due(LATER + dt.timedelta(days=7)), remind_departments(report, LATER)]

    assert counts == [1, 0, 1, 1]
    assert set(CycleLetter.objects.values_list("user", flat=True)) == {silent.pk}


@pytest.mark.parametrize(
    ("written", "counts"),
    [("3, 10", [0, 0, 1, 1, 0]), ("0", [1, 0, 0, 0, 0]), ("", [0, 0, 0, 0, 0])],
)
def test_the_city_decides_on_which_days(report, written: str, counts: list[int]):
    ManagerFactory(department=DepartmentFactory(external_id="101"))
    CycleSettings.objects.create(remind_after_days=written)

    assert [remind_due(FROZEN_AT + dt.timedelta(days=days)) for days in (0, 2, 4, 12, 20)] == counts


def test_a_letter_is_sent_once_and_names_nobody(report):
    ManagerFactory(department=DepartmentFactory(external_id="101"))
    remind_due(LATER)
    (letter,) = waiting_cycle_letters(LATER).values_list("pk", flat=True)

    assert [send_cycle_letter(letter, at=LATER), send_cycle_letter(letter, at=LATER)] == [True, False]

    assert [message.subject for message in mail.outbox] == ["Kommentera era siffror, april 2026"]


def test_coordinators_are_warned_once_of_files_older_than_the_cut_off_day(city, coordinator):
    cycle_in(State.OPEN, coordinator)
    HrImport.objects.create(imported_at=FROZEN_AT, as_of=dt.date(2026, 4, 29), counts={})

    assert [warn_of_old_files(LATER), warn_of_old_files(LATER)] == [1, 0]

    send_cycle_letter(CycleLetter.objects.get().pk, at=LATER)
    assert "29 april 2026" in mail.outbox[0].body
