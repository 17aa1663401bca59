"""The bridge between two days, cause by cause."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from courses.models import Assignment, Completion, Edition, Exemption, ModuleRule
from organisation.models import DepartmentPlace, Employment, User
from reports.bridge import Bridge, Cause, build_bridge
from reports.comparing import AsOf, compare
from tests.factories import RECORDED, START, DepartmentFactory, EmploymentFactory, UserFactory
from tests.reports.record import complete, give_out
from tests.taking import assign
from tests.unsealed import unsealed

pytestmark = pytest.mark.django_db

EARLIER, LATER = dt.date(2026, 4, 30), dt.date(2026, 8, 31)
BETWEEN = dt.date(2026, 6, 1)
LONG_AGO, LATELY = dt.date(2026, 2, 10), dt.date(2026, 6, 10)
RECORDED_LATE = dt.datetime(2026, 7, 1, 8, tzinfo=dt.UTC)


@pytest.fixture
def edition(administration) -> Edition:
    edition = give_out("informationsdelning")
    assign(edition.module, administration, occupations=["Fritidsledare"])
    return edition


@pytest.fixture
def bridge_of(edition, youth_centre) -> Callable[..., Bridge]:
    def build(counted: str = "target", *, known_then: dt.datetime | None = None, area=(youth_centre,)) -> Bridge:
        comparison = compare(AsOf(EARLIER, known_then), AsOf(LATER))
        return build_bridge(comparison, edition.module_id, [department.pk for department in area], counted)

    return build


def works(department, from_on=START, until_on=None, user=None, **fields) -> User:
    user = user or UserFactory()
    return EmploymentFactory(user=user, department=department, from_on=from_on, until_on=until_on, **fields).user


def moves(from_department, to_department) -> User:
    return works(to_department, BETWEEN, user=works(from_department, until_on=BETWEEN))


def exempt(user, edition, from_on=START, until_on=None) -> None:
    Exemption.objects.create(
        user=user, module=edition.module, reason="leaving", from_on=from_on, until_on=until_on, recorded_at=RECORDED
    )


def test_it_tells_who_joined_the_target_group_and_why(bridge_of, edition, youth_centre, other_department) -> None:
    works(youth_centre)
    works(youth_centre, BETWEEN)
    moves(other_department, youth_centre)
    works(youth_centre, BETWEEN, user=works(youth_centre, until_on=BETWEEN, occupation="Vaktmästare"))
    exempt(works(youth_centre), edition, until_on=BETWEEN)

    bridge = bridge_of()

    assert (bridge.opening, bridge.closing, bridge.unexplained) == (1, 5, 0)
    assert bridge.parts == {
        Cause.EMPLOYED: 1,
        Cause.MOVED_IN: 1,
        Cause.JOINED_AUDIENCE: 1,
        Cause.EXEMPTION_ENDED: 1,
    }


def test_it_tells_who_left_the_target_group_and_why(bridge_of, edition, youth_centre, other_department) -> None:
    works(youth_centre)
    works(youth_centre, until_on=BETWEEN)
    moves(youth_centre, other_department)
    works(youth_centre, BETWEEN, user=works(youth_centre, until_on=BETWEEN), occupation="Vaktmästare")
    exempt(works(youth_centre), edition, from_on=BETWEEN)

    bridge = bridge_of()

    assert (bridge.opening, bridge.closing, bridge.unexplained) == (5, 1, 0)
    assert bridge.parts == {
        Cause.STOPPED_WORKING: -1,
        Cause.MOVED_OUT: -1,
        Cause.LEFT_AUDIENCE: -1,
        Cause.EXEMPTED: -1,
    }


def test_it_tells_that_the_module_was_assigned_and_that_it_ended(bridge_of, edition, youth_centre, other_department) -> None:
    works(youth_centre)
    Assignment.objects.update(until_on=BETWEEN)
    assert bridge_of().parts == {Cause.ASSIGNMENT_ENDED: -1}

    works(other_department)
    assign(edition.module, other_department, accepted_on=BETWEEN)
    assert bridge_of(area=[other_department]).parts == {Cause.ASSIGNED: 1}


def test_a_move_inside_is_no_move_for_who_is_above(bridge_of, youth_centre, administration) -> None:
    library = DepartmentFactory(parent=administration)
    moves(library, youth_centre)

    assert bridge_of().parts == {Cause.MOVED_IN: 1}
    assert bridge_of(area=[library]).parts == {Cause.MOVED_OUT: -1}
    assert bridge_of(area=[administration]).parts == {}


def test_who_is_in_a_department_that_moves_moves_with_it(bridge_of, youth_centre, administration, other_department) -> None:
    works(youth_centre)
    DepartmentPlace.objects.filter(department=youth_centre).update(until_on=BETWEEN)
    DepartmentPlace.objects.create(department=youth_centre, parent=other_department, from_on=BETWEEN, recorded_at=RECORDED)

    assert bridge_of(area=[administration]).parts == {Cause.MOVED_OUT: -1}


def test_a_closed_department_lets_go_of_everybody(bridge_of, youth_centre) -> None:
    works(youth_centre)
    DepartmentPlace.objects.filter(department=youth_centre).update(until_on=BETWEEN)
    Employment.objects.update(until_on=BETWEEN)

    bridge = bridge_of()

    assert (bridge.opening, bridge.closing, bridge.parts) == (1, 0, {Cause.STOPPED_WORKING: -1})


def test_it_tells_who_completed_and_who_brought_a_completion_along(bridge_of, edition, youth_centre, other_department) -> None:
    complete(works(youth_centre), edition, LONG_AGO)
    complete(works(youth_centre), edition, LATELY)
    complete(works(youth_centre, BETWEEN), edition, LATELY)
    complete(moves(other_department, youth_centre), edition, LONG_AGO)
    complete(works(youth_centre, until_on=BETWEEN), edition, LONG_AGO)

    for counted in ("completed", "valid"):
        assert bridge_of(counted).parts == {Cause.COMPLETED: 2, Cause.MOVED_IN: 1, Cause.STOPPED_WORKING: -1}


def test_it_tells_what_ran_out_and_what_was_done_again(bridge_of, edition, youth_centre) -> None:
    ModuleRule.objects.create(module=edition.module, validity_months=4, from_on=START, recorded_at=RECORDED)
    complete(works(youth_centre), edition, LONG_AGO)
    again = works(youth_centre)
    complete(again, edition, dt.date(2025, 6, 1))
    complete(again, edition, LATELY)

    assert bridge_of("valid").parts == {Cause.COMPLETED_AGAIN: 1, Cause.EXPIRED: -1}
    assert bridge_of("completed").parts == {}


def test_it_tells_that_the_rules_changed(bridge_of, edition, youth_centre) -> None:
    rule = {"module": edition.module, "recorded_at": RECORDED}
    ModuleRule.objects.create(validity_months=1, from_on=START, until_on=BETWEEN, **rule)
    ModuleRule.objects.create(validity_months=24, from_on=BETWEEN, **rule)
    complete(works(youth_centre), edition, LONG_AGO)

    assert bridge_of("valid").parts == {Cause.RULES_CHANGED: 1}


def test_it_tells_what_was_known_only_afterwards(bridge_of, edition, youth_centre) -> None:
    complete(works(youth_centre), edition, LONG_AGO)
    with unsealed():
        Completion.objects.update(recorded_at=RECORDED_LATE)
    works(youth_centre, recorded_at=RECORDED_LATE)
    works(youth_centre, superseded_at=RECORDED_LATE)
    known_then = dt.datetime(2026, 5, 10, 12, tzinfo=dt.UTC)

    target = bridge_of(known_then=known_then)

    assert (target.opening, target.closing) == (2, 2)
    assert target.parts == {Cause.ADDED_AFTERWARDS: 1, Cause.REMOVED_AFTERWARDS: -1}
    assert bridge_of("completed", known_then=known_then).parts == {Cause.ADDED_AFTERWARDS: 1}
    assert bridge_of("completed").parts == {}


def test_it_refuses_days_the_wrong_way_round() -> None:
    with pytest.raises(ValueError, match="is after"):
        compare(AsOf(LATER), AsOf(EARLIER))
