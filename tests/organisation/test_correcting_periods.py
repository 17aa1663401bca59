"""“She left already in March”: corrected afterwards, with what was known before."""

from __future__ import annotations

import datetime as dt

import pytest

from organisation.actions.correct_period import CorrectionRefused, correct_period, record_absence, take_back
from organisation.actions.mark_principal import CannotBePrincipal, mark_principal
from organisation.history import record
from organisation.models import Absence, DepartmentPlace, Employment, Event
from tests.factories import RECORDED, START, DepartmentFactory, EmploymentFactory
from tests.organisation.hr.importing import dated_rows
from tests.organisation.reorganising import AT, EARLIER, FEBRUARY, MONDAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english(in_english: None) -> None:
    """Sentences are looked at in English."""


@pytest.fixture
def employment(db: None) -> Employment:
    return EmploymentFactory(department=DepartmentFactory(name="Norr"))


def reasons(row: Employment, from_on: dt.date, until_on: dt.date | None) -> list[str]:
    before = dated_rows()
    with pytest.raises(CorrectionRefused) as refused:
        correct_period(row=row, from_on=from_on, until_on=until_on, by=None, at=AT)
    assert dated_rows() == before
    return refused.value.reasons


def test_an_end_in_the_past_is_known_from_now_on(employment) -> None:
    correct_period(row=employment, from_on=START, until_on=FEBRUARY, by=None, at=AT)

    assert not Employment.objects.on(FEBRUARY).exists()
    assert Employment.objects.on(FEBRUARY, known_at=EARLIER).get() == employment
    event = Event.objects.get()
    assert (event.verb, event.details) == ("employment.corrected", {"before": "2025-01-01/", "after": "2025-01-01/2026-02-01"})


def test_an_absence_that_nobody_recorded_is_known_from_now_on(employment) -> None:
    recorded = record_absence(person=employment.user, from_on=FEBRUARY, until_on=MONDAY, by=None, at=AT)

    assert Absence.objects.on(FEBRUARY).get() == recorded
    assert not Absence.objects.on(FEBRUARY, known_at=EARLIER).exists()
    event = Event.objects.get()
    assert (event.verb, event.details) == ("absence.recorded", {"after": "2026-02-01/2026-03-02"})


@pytest.mark.parametrize(
    ("from_on", "until_on", "reason"),
    [
        (MONDAY, FEBRUARY, "The last day is before the first day."),
        (dt.date(2026, 1, 1), None, "The days overlap another period that begins on 1 February 2026."),
        (dt.date(2020, 1, 1), dt.date(2020, 2, 1), "The person was not employed on any of those days."),
    ],
)
def test_an_absence_that_cannot_have_been_is_refused(employment, from_on, until_on, reason) -> None:
    record(Absence(user=employment.user, from_on=FEBRUARY), by=None, at=RECORDED)
    before = dated_rows()

    with pytest.raises(CorrectionRefused) as refused:
        record_absence(person=employment.user, from_on=from_on, until_on=until_on, by=None, at=AT)

    assert (refused.value.reasons, dated_rows()) == ([reason], before)


def test_an_absence_that_never_was_is_taken_back(employment) -> None:
    absence = record(Absence(user=employment.user, from_on=FEBRUARY), by=None, at=RECORDED)

    take_back(row=absence, by=None, at=AT)

    assert not Absence.objects.on(MONDAY).exists()
    assert Absence.objects.on(MONDAY, known_at=EARLIER).get() == absence
    assert Event.objects.get().verb == "absence.taken_back"


def test_it_is_refused_with_the_reason_and_nothing_is_done(employment) -> None:
    assert reasons(employment, START, None) == ["Nothing would change."]
    assert reasons(employment, MONDAY, FEBRUARY) == ["The last day is before the first day."]
    assert reasons(employment, dt.date(2024, 1, 1), None) == ["Norr was not there on all of those days."]


def test_it_refuses_days_on_which_the_person_is_there_already_or_the_department_is_not(employment) -> None:
    Employment.objects.filter(pk=employment.pk).update(until_on=FEBRUARY)
    employment.refresh_from_db()
    EmploymentFactory(user=employment.user, department=employment.department, from_on=MONDAY)
    DepartmentPlace.objects.update(until_on=dt.date(2026, 3, 1))

    assert reasons(employment, START, None) == [
        "The days overlap another period that begins on 2 March 2026.",
        "Norr was not there on all of those days.",
    ]


def test_it_refuses_what_somebody_else_has_changed(employment) -> None:
    correct_period(row=Employment.objects.get(), from_on=START, until_on=FEBRUARY, by=None, at=AT)

    assert reasons(employment, START, MONDAY)[0] == "It has been changed since you opened the page. Look at it again."
    with pytest.raises(CorrectionRefused):
        take_back(row=employment, by=None, at=AT)


def test_only_a_department_at_the_top_is_another_principal(employment) -> None:
    below = DepartmentFactory(parent=employment.department)

    with pytest.raises(CannotBePrincipal):
        mark_principal(department=below, is_other=True, by=None, at=AT)
    for is_other in (True, True, False):
        mark_principal(department=employment.department, is_other=is_other, by=None, at=AT)

    assert [event.details for event in Event.objects.order_by("pk")] == [{"is_other": True}, {"is_other": False}]
