"""Freezing and verifying, by command and by the calendar."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import threading

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection, connections

from courses.models import LegalCheck, LegalSource
from courses.payload import canonical
from organisation.history import take_over
from organisation.models import Event
from reports.follow_up.basis import Basis
from reports.follow_up.building import build
from reports.follow_up.composing import draft_parts, read_basis
from reports.follow_up.cycles import freeze_due, old_file_warning, open_due
from reports.follow_up.freezing import FreezeRefused, freeze
from reports.follow_up.verifying import verify
from reports.models import Cycle, CycleSettings, FollowUp, ModuleGoal
from tests.factories import RECORDED, DepartmentFactory, EmploymentFactory
from tests.reports.record import complete, give_out
from tests.taking import assign
from tests.unsealed import unsealed

CUT_OFF = dt.date(2026, 4, 30)
FROZEN_AT = dt.datetime(2026, 5, 10, 5, tzinfo=dt.UTC)


@pytest.fixture
def cycle(city) -> Cycle:
    """April: an administration with five persons, two of whom have completed the module; nobody else works there."""
    department = DepartmentFactory()
    edition = give_out("tecken")
    give_out("oassignerad")
    people = [EmploymentFactory(department=department).user for _ in range(5)]
    assign(edition.module, department)
    for person in people[:2]:
        complete(person, edition, dt.date(2026, 3, 2))
    return Cycle.objects.create(year=2026, period="april", cut_off_on=CUT_OFF, opened_at=RECORDED)


def figure(report: FollowUp, module: str, unit: str = ""):
    return next(one for one in read_basis(report).figures if (one.module, one.unit) == (module, unit))


@pytest.mark.django_db
def test_it_locks_the_figures_with_a_number_and_a_hash(cycle):
    report = freeze(cycle, by=None, at=FROZEN_AT)

    whole = figure(report, "tecken")
    assert (report.number, whole.target, whole.completed, whole.trained, whole.trained_left) == (1, 5, 2, 2, 0)
    assert Event.objects.get(verb="follow_up.frozen").details == {"cycle": "2026 april", "number": 1}


@pytest.mark.django_db
def test_it_hides_by_the_limit_that_the_city_had_decided(cycle):
    CycleSettings.objects.create(smallest_shown=10)
    report = freeze(cycle, by=None, at=FROZEN_AT)
    CycleSettings.objects.update(smallest_shown=5)

    hidden = draft_parts(report)[1]

    assert hidden.threshold == 10
    assert not hidden.shows("tecken", "", "target")


@pytest.mark.django_db
def test_a_module_that_nobody_was_assigned_has_nobody_in_its_target_group(cycle):
    assert figure(freeze(cycle, by=None, at=FROZEN_AT), "oassignerad").target == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("at", "known_at"),
    [
        (dt.datetime(2026, 4, 30, 12, tzinfo=dt.UTC), None),
        (FROZEN_AT, FROZEN_AT + dt.timedelta(days=1)),
        (FROZEN_AT, dt.datetime(2026, 4, 29, tzinfo=dt.UTC)),
    ],
)
def test_it_refuses_a_day_that_is_not_over_and_a_moment_outside_the_time_since(cycle, at, known_at):
    with pytest.raises(FreezeRefused):
        freeze(cycle, by=None, at=at, known_at=known_at)

    assert not FollowUp.objects.exists()


@pytest.mark.django_db
def test_it_refuses_to_freeze_a_cycle_twice(cycle):
    freeze(cycle, by=None, at=FROZEN_AT)

    with pytest.raises(FreezeRefused, match="1"):
        freeze(cycle, by=None, at=FROZEN_AT)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_who_freeze_at_once_the_second_is_told(cycle):
    if connection.vendor != "postgresql":
        pytest.skip("two real connections need PostgreSQL; its run tries it")
    together, outcomes = threading.Barrier(2), []

    def attempt() -> None:
        try:
            together.wait()
            outcomes.append(str(freeze(cycle, by=None, at=FROZEN_AT).number))
        except FreezeRefused:
            outcomes.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=attempt) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["1", "refused"]


@pytest.mark.django_db
def test_verifying_finds_it_as_it_was_and_explains_what_was_recorded_afterwards(cycle, capsys):
    report = freeze(cycle, by=None, at=FROZEN_AT)
    late = EmploymentFactory(department_id=_department(report)).user
    with unsealed():
        done = complete(late, _edition(), dt.date(2026, 4, 2))
        type(done).objects.filter(pk=done.pk).update(recorded_at=FROZEN_AT + dt.timedelta(hours=1))
        late.employments.update(recorded_at=FROZEN_AT + dt.timedelta(hours=1))

    with time_machine.travel(FROZEN_AT + dt.timedelta(days=1), tick=False):
        call_command("follow_up", "verify", "2026", "april", "--format", "json")

    found = json.loads(capsys.readouterr().out)
    whole = {one["measure"]: one for one in found["differences"] if one["unit"] == ""}
    assert (found["holds"], found["is_rebuilt"]) == (True, True)
    assert (whole["completed"]["frozen"], whole["completed"]["live"]) == (2, 3)
    assert whole["completed"]["causes"] == {"added_afterwards": 1}

    with time_machine.travel(FROZEN_AT + dt.timedelta(days=1), tick=False):
        call_command("follow_up", "verify", "2026", "april")

    assert "tecken, hela staden, Har genomfört: 2 → 3 (Tillkom i efterhand +1" in capsys.readouterr().out


@pytest.mark.django_db
def test_it_knows_of_a_check_of_the_law_only_from_when_it_was_recorded(cycle):
    source = LegalSource.objects.create(key="osl", law="OSL", designation="OSL 10 kap. 27 §", summary="Sekretess.")
    terms = {"checked_on": dt.date(2026, 4, 27), "check_again_on": dt.date(2027, 4, 27), "checked_by": "Kommunjuristen"}
    LegalCheck.objects.create(source=source, recorded_at=FROZEN_AT, **terms)

    before, after = build(cycle, FROZEN_AT - dt.timedelta(seconds=1)), build(cycle, FROZEN_AT)

    assert [(one.checked_on, one.is_overdue) for one in before.sources] == [(None, True)]
    assert [(one.checked_on, one.is_overdue) for one in after.sources] == [(dt.date(2026, 4, 27), False)]
    assert canonical(after) == canonical(build(cycle, FROZEN_AT))


@pytest.mark.django_db
def test_the_goal_is_that_of_the_cut_off_day_as_it_was_known(cycle):
    assert goal_in(build(cycle, FROZEN_AT)) is None
    set_goal(80, from_on=dt.date(2026, 1, 1), at=FROZEN_AT - dt.timedelta(days=20))
    report = freeze(cycle, by=None, at=FROZEN_AT)
    set_goal(90, from_on=dt.date(2026, 3, 1), at=FROZEN_AT + dt.timedelta(days=1))

    assert goal_in(read_basis(report)) == 80
    assert verify(report, at=FROZEN_AT + dt.timedelta(days=2)).is_rebuilt
    assert goal_in(build(cycle, FROZEN_AT + dt.timedelta(days=2))) == 90


@pytest.mark.django_db
def test_what_was_frozen_before_there_were_goals_is_rebuilt_byte_for_byte(cycle):
    set_goal(80, from_on=dt.date(2026, 1, 1), at=RECORDED)
    plain = json.loads(canonical(build(cycle, FROZEN_AT)))
    plain["schema"] = "motstandskraft/follow-up/1"
    plain["rules"]["suppression"] = 1
    for module in plain["modules"]:
        del module["goal_percent"]
    old = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    report = FollowUp.objects.create(
        cycle=cycle, number=1, basis=old, sha256=hashlib.sha256(old).hexdigest(), known_at=FROZEN_AT, frozen_at=FROZEN_AT
    )

    assert verify(report, at=FROZEN_AT).holds


def set_goal(percent: int, *, from_on: dt.date, at: dt.datetime) -> None:
    take_over(ModuleGoal(module=_edition().module, percent=percent, from_on=from_on), by=None, at=at)


def goal_in(basis: Basis) -> object:
    return next(module.goal_percent for module in basis.modules if module.slug == "tecken")


@pytest.mark.django_db
def test_the_basis_is_given_out_byte_for_byte(cycle, capsys):
    report = freeze(cycle, by=None, at=FROZEN_AT)

    call_command("follow_up", "basis", "2026", "april")

    written = capsys.readouterr().out.encode()
    assert hashlib.sha256(written).hexdigest() == report.sha256


@pytest.mark.parametrize("year", ["1999", "3000", "-1", "²", "9" * 5000])
def test_the_command_says_shortly_that_a_year_is_none(year: str) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("follow_up", "verify", year, "april")

    assert "2026" in str(refused.value)
    assert year == "9" * 5000 or len(str(refused.value)) < 200


@pytest.mark.django_db
def test_verifying_finds_a_changed_byte(cycle, capsys):
    report = freeze(cycle, by=None, at=FROZEN_AT)
    with unsealed():
        FollowUp.objects.filter(pk=report.pk).update(basis=bytes(report.basis).replace(b'"target":5', b'"target":6'))

    with time_machine.travel(FROZEN_AT, tick=False), pytest.raises(CommandError):
        call_command("follow_up", "verify", "2026", "april")


@pytest.mark.django_db
def test_the_command_leaves_nothing_of_what_is_refused(city):
    with time_machine.travel(FROZEN_AT, tick=False), pytest.raises(CommandError):
        call_command("follow_up", "freeze", "2026", "augusti")

    assert not Cycle.objects.exists()


@pytest.mark.django_db
def test_the_calendar_opens_and_freezes_once(city):
    days = [dt.datetime(2026, 4, 2, 2, tzinfo=dt.UTC), dt.datetime(2026, 5, 9, 2, tzinfo=dt.UTC), FROZEN_AT, FROZEN_AT]

    done = [(len(open_due(at)), len(freeze_due(at))) for at in days]

    assert done == [(1, 0), (0, 0), (0, 1), (0, 0)]
    assert Cycle.objects.get().follow_up.frozen_by is None


@pytest.mark.django_db
def test_it_warns_of_no_hr_file_where_none_was_ever_imported(cycle):
    assert old_file_warning(cycle) == ""


def _department(report: FollowUp) -> int:
    from organisation.models import Department

    return Department.objects.get(external_id=read_basis(report).units[0].id).pk


def _edition():
    from courses.models import Edition

    return Edition.objects.get(module__slug="tecken")
