"""The demonstration's three cycles."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core.management import call_command

from reports.follow_up.composing import read_basis
from reports.follow_up.verifying import verify
from reports.models import DepartmentComment, FollowUp, Output
from tests.drafts import given_out

NOW = dt.datetime(2026, 11, 26, 8, tzinfo=dt.UTC)


@pytest.mark.django_db
def test_three_cycles_are_frozen_and_published_and_hold() -> None:
    with time_machine.travel(NOW, tick=False):
        given_out()
        call_command("load_demo")

        reports = list(FollowUp.objects.order_by("number").select_related("cycle"))
        assert [str(one.cycle) for one in reports] == ["helår 2025", "april 2026", "augusti 2026"]
        assert Output.objects.count() == 3 * 5
        assert DepartmentComment.objects.count() == 2
        assert [read_basis(one).previous is not None for one in reports] == [False, True, True]
        assert all(verify(one, at=NOW).holds for one in reports)


@pytest.mark.django_db
def test_a_cycle_that_is_not_over_is_left_alone() -> None:
    with time_machine.travel(dt.datetime(2026, 6, 1, 8, tzinfo=dt.UTC), tick=False):
        given_out()
        call_command("load_demo")

    assert FollowUp.objects.count() == 2
