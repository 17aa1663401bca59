"""The demonstration's three cycles."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from reports.follow_up.basis import FigureAt
from reports.follow_up.composing import read_basis
from reports.follow_up.verifying import verify
from reports.models import DepartmentComment, FollowUp, Output
from reports.suppression.hidden import Hidden
from tests.demo.starter import give_out_starter_content
from tests.drafts import SEALED

NOW = dt.datetime(2026, 11, 26, 8, tzinfo=dt.UTC)
LAW, SIGNS, DIALOGUE = "informationsdelning", "tidiga-tecken", "demokratidialog"


def load(now: dt.datetime, sealed_at: dt.datetime = SEALED) -> list[FollowUp]:
    """The demonstration on small modules in place of the starter content, loaded at that moment."""
    with time_machine.travel(now, tick=False):
        give_out_starter_content(at=sealed_at)
        call_command("load_demo")
    return list(FollowUp.objects.order_by("number").select_related("cycle", "publication"))


def figure_of(report: FollowUp, module: str = LAW, unit: str = "") -> FigureAt:
    return next(figure for figure in read_basis(report).figures if (figure.module, figure.unit) == (module, unit))


@pytest.mark.django_db
def test_three_cycles_are_frozen_and_published_and_hold() -> None:
    reports = load(NOW)

    assert [str(one.cycle) for one in reports] == ["helår 2025", "april 2026", "augusti 2026"]
    assert Output.objects.count() == 3 * 5
    assert DepartmentComment.objects.count() == 4
    assert [read_basis(one).previous is not None for one in reports] == [False, True, True]
    assert all(verify(one, at=NOW).holds for one in reports)


@pytest.mark.django_db
def test_each_is_frozen_and_published_in_its_time() -> None:
    reports = load(NOW)

    for one in reports:
        waited = (timezone.localdate(one.known_at) - one.cycle.cut_off_on).days
        assert one.known_at == one.frozen_at
        assert 10 <= waited <= 12
        assert one.frozen_at < one.publication.published_at < NOW


@pytest.mark.django_db
def test_a_report_waits_for_content_that_was_given_out_after_its_day() -> None:
    given_out_at = NOW - dt.timedelta(hours=1)

    full_year, april, august = load(NOW, sealed_at=given_out_at)

    assert full_year.known_at < april.known_at == august.known_at == given_out_at
    assert figure_of(april).target


@pytest.mark.django_db
def test_the_citys_result_is_shown_and_what_has_changed_adds_up() -> None:
    for one in load(NOW)[1:]:
        figure = figure_of(one)
        hidden = msgspec.json.decode(bytes(one.publication.hidden), type=Hidden)

        assert "" not in {row.unit for row in hidden.rows}
        assert {(cell.module, cell.measure) for cell in hidden.cells if cell.unit == ""} <= {(LAW, "overdue")}
        assert figure.exempt == 5
        assert figure.target > figure.valid >= figure.target * 0.4
        assert figure.certificates == figure.trained
        for bridge in read_basis(one).bridges:
            assert bridge.opening + sum(bridge.parts.values()) == bridge.closing


@pytest.mark.django_db
def test_the_modules_come_one_after_the_other() -> None:
    full_year, april, august = load(NOW)

    assert read_basis(full_year).figures == ()
    assert [figure_of(april, module).target for module in (LAW, SIGNS, DIALOGUE)] == [112, 0, 0]
    assert [figure_of(august, module).target for module in (LAW, SIGNS, DIALOGUE)] == [111, 116, 0]
    assert figure_of(august, SIGNS).valid == 56
    assert {module.slug: module.goal_percent for module in read_basis(august).modules} == {LAW: 80, SIGNS: 75, DIALOGUE: None}


@pytest.mark.django_db
def test_a_cycle_that_is_not_over_is_left_alone() -> None:
    assert len(load(dt.datetime(2026, 6, 10, 8, tzinfo=dt.UTC))) == 2
