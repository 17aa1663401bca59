"""Exemptions: for a period, with a reason from a closed list, one at a time."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from courses.actions.exempt import ExemptionRefused, correct_exemption, end_exemption, grant_exemption
from courses.assignments import assigned_to
from courses.models import Exemption, Module
from organisation.models import Department, Event, User
from tests.factories import ModuleFactory
from tests.taking import NOON, TODAY, assign

pytestmark = pytest.mark.django_db
TERMS: dict[str, Any] = {"reason": "other_training", "from_on": TODAY, "until_on": dt.date(2026, 7, 1), "by": None, "at": NOON}


@pytest.fixture
def module(youth_centre: Department) -> Module:
    module = ModuleFactory()
    assign(module, youth_centre)
    return module


def grant(user: User, module: Module, **changes: Any) -> Exemption:
    return grant_exemption(**{"user": user, "module": module} | TERMS | changes)


def correct(exemption: Exemption, **changes: Any) -> Exemption:
    return correct_exemption(**{"exemption": exemption} | TERMS | changes)


def has_to_take_it(user: User, day: dt.date) -> bool:
    return bool(assigned_to(user, day))


def test_it_lets_the_person_off_for_the_period(learner: User, module: Module) -> None:
    grant(learner, module)

    days = [TODAY - dt.timedelta(days=1), TODAY, dt.date(2026, 6, 30), dt.date(2026, 7, 1)]
    assert [has_to_take_it(learner, day) for day in days] == [True, False, False, True]
    assert Event.objects.get(verb="exemption.granted").details["person"] == learner.pk


@pytest.mark.parametrize(
    "changes",
    [
        {"reason": "ill"},
        {"until_on": TODAY},
        {"from_on": TODAY - dt.timedelta(days=1)},
        {"until_on": dt.date(2027, 1, 1), "from_on": dt.date(2026, 6, 30)},
    ],
    ids=["no such reason", "no days", "a day that has been", "overlaps"],
)
def test_it_refuses_what_cannot_be(learner: User, module: Module, changes: dict[str, Any]) -> None:
    grant(learner, module, from_on=dt.date(2026, 6, 1))

    with pytest.raises(ExemptionRefused) as refused:
        grant(learner, module, **{"until_on": dt.date(2026, 5, 1)} | changes)

    assert len(refused.value.reasons) == 1
    assert Exemption.objects.count() == 1


def test_it_follows_another_and_leaves_other_modules_alone(learner: User, module: Module) -> None:
    grant(learner, module)
    grant(learner, module, from_on=dt.date(2026, 7, 1), until_on=dt.date(2026, 8, 1))
    grant(learner, ModuleFactory())

    assert Exemption.objects.count() == 3


def test_it_corrects_a_past_day_with_leave_and_keeps_what_was_known(learner: User, module: Module) -> None:
    granted = grant(learner, module, from_on=dt.date(2026, 2, 1), may_correct_past=True)

    with pytest.raises(ExemptionRefused):
        correct(granted, from_on=dt.date(2026, 2, 10))
    corrected = correct(granted, from_on=dt.date(2026, 2, 10), may_correct_past=True)

    granted.refresh_from_db()
    assert (granted.superseded_at, corrected.from_on) == (NOON, dt.date(2026, 2, 10))


def test_a_later_last_day_touches_no_past_day(learner: User, module: Module) -> None:
    granted = grant(learner, module, from_on=dt.date(2026, 2, 1), may_correct_past=True)

    corrected = correct(granted, from_on=dt.date(2026, 2, 1), until_on=dt.date(2026, 9, 1))

    assert corrected.until_on == dt.date(2026, 9, 1)
    assert correct(corrected, from_on=dt.date(2026, 2, 1), until_on=dt.date(2026, 9, 1)).pk == corrected.pk


def test_it_ends_from_tomorrow(learner: User, module: Module) -> None:
    ended = end_exemption(exemption=grant(learner, module), by=None, at=NOON)

    tomorrow = TODAY + dt.timedelta(days=1)
    assert [has_to_take_it(learner, day) for day in (TODAY, tomorrow)] == [False, True]
    with pytest.raises(ExemptionRefused):
        end_exemption(exemption=ended, by=None, at=NOON)


def test_one_to_come_was_never_so(learner: User, module: Module) -> None:
    end_exemption(exemption=grant(learner, module, from_on=dt.date(2026, 4, 1)), by=None, at=NOON)

    assert not Exemption.objects.known_at(None).exists()
    assert Exemption.objects.count() == 1
