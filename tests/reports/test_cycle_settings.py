"""What the city decides about its follow-up."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from reports.models import CycleSettings, cycle_settings

pytestmark = pytest.mark.django_db


def test_it_has_the_plans_days_before_anything_is_decided() -> None:
    undecided = cycle_settings()

    assert undecided.cut_off_on(2026, "april") == dt.date(2026, 4, 30)
    assert undecided.cut_off_on(2026, "augusti") == dt.date(2026, 8, 31)
    assert undecided.cut_off_on(2026, "helar") == dt.date(2026, 12, 31)
    assert (undecided.freeze_after_days, undecided.is_public) == (10, False)


@pytest.mark.parametrize("written", ["02-29", "4-30", "13-01", "30 april", "04-31"])
def test_it_refuses_what_is_not_a_day_of_every_year(written: str) -> None:
    with pytest.raises(ValidationError):
        CycleSettings(april_cut_off=written).full_clean()


def test_it_refuses_days_in_the_wrong_order() -> None:
    with pytest.raises(ValidationError):
        CycleSettings(april_cut_off="09-30").full_clean()


def test_a_day_that_is_none_is_not_also_said_to_be_in_the_wrong_order() -> None:
    with pytest.raises(ValidationError) as refused:
        CycleSettings(april_cut_off="31-04").full_clean()

    assert list(refused.value.message_dict) == ["april_cut_off"]


@pytest.mark.parametrize("written", ["7, 0", "7, 7", "61", "-1, 7", "0; 7", "sju", "0,,7"])
def test_it_refuses_days_of_reminders_that_make_no_sense(written: str) -> None:
    with pytest.raises(ValidationError):
        CycleSettings(remind_after_days=written).full_clean()


@pytest.mark.parametrize(("written", "days"), [("", ()), ("0", (0,)), ("3,10 , 60", (3, 10, 60))])
def test_it_takes_days_of_reminders_in_rising_order(written: str, days: tuple[int, ...]) -> None:
    decided = CycleSettings(remind_after_days=written)

    decided.full_clean()

    assert decided.reminded_after == days
