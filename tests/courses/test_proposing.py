"""A coordinator proposes an assignment."""

from __future__ import annotations

import datetime as dt

import pytest

from courses.actions.accept_assignment import AcceptanceRefused, accept_assignment
from courses.actions.propose_assignment import ProposalRefused, propose_assignment
from courses.models import Assignment
from courses.reach import Reach, reach_of
from organisation.models import Event
from tests.drafts import given_out
from tests.factories import AudienceRuleFactory, EmploymentFactory, ModuleFactory

pytestmark = pytest.mark.django_db

AT = dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC)
TERMS = {"from_on": dt.date(2026, 3, 15), "due_on": dt.date(2026, 6, 1)}


@pytest.fixture
def audience(youth_centre):
    return AudienceRuleFactory(departments=[youth_centre], only_meets_young=True).audience


@pytest.fixture
def propose(audience, coordinator):
    def make(module=None, **changes) -> Assignment:
        module = module or given_out().module
        return propose_assignment(**{"module": module, "audience": audience, "by": coordinator, "at": AT} | TERMS | changes)

    return make


def test_it_saves_and_logs_the_proposal(propose, coordinator) -> None:
    assignment = propose(decided_by=" Samordningsgruppen ", note="Enligt planen.")

    assert (assignment.decided_by, assignment.recorded_by, assignment.recorded_at) == ("Samordningsgruppen", coordinator, AT)
    assert Event.objects.get(verb="assignment.proposed").actor == coordinator


@pytest.mark.parametrize(
    "changes",
    [
        {"due_on": dt.date(2026, 3, 14)},
        {"from_on": dt.date(2024, 12, 31)},
        {"due_days": 30},
        {"due_on": None},
        {"due_on": None, "due_days": 0},
    ],
    ids=["due before the start", "no rule at the start", "due twice", "never due", "no days"],
)
def test_it_refuses_impossible_days(propose, changes) -> None:
    with pytest.raises(ProposalRefused) as refused:
        propose(**changes)

    assert len(refused.value.reasons) == 1
    assert not Assignment.objects.exists()


def test_it_may_be_due_so_many_days_after_joining(propose) -> None:
    assignment = propose(due_on=None, due_days=30)

    assert (assignment.due_on, assignment.due_days) == (None, 30)


def test_it_refuses_a_module_that_is_not_given_out(propose) -> None:
    with pytest.raises(ProposalRefused):
        propose(module=ModuleFactory())


def test_it_refuses_the_same_again(propose) -> None:
    first = propose()

    with pytest.raises(ProposalRefused):
        propose(module=first.module, from_on=dt.date(2026, 9, 1), due_on=dt.date(2026, 12, 1))


def test_it_gives_every_reason(propose) -> None:
    with pytest.raises(ProposalRefused) as refused:
        propose(module=ModuleFactory(), due_on=dt.date(2026, 1, 1))

    assert len(refused.value.reasons) == 2


def test_it_reaches_those_of_the_kind_once(propose, learner, youth_centre, other_department) -> None:
    EmploymentFactory(department=youth_centre, meets_young=False)
    EmploymentFactory(department=other_department)

    assert reach_of(propose(), AT.date()) == [Reach(youth_centre.pk, persons=1, minutes=9)]


def test_it_reaches_those_who_work_there_at_the_start(propose, youth_centre) -> None:
    EmploymentFactory(department=youth_centre, from_on=dt.date(2026, 3, 15))

    (reach,) = reach_of(propose(), AT.date())

    assert reach.persons == 1


def test_it_tells_the_reach_of_a_draft(audience, learner, youth_centre) -> None:
    draft = Assignment(module=given_out().module, audience=audience, **TERMS)

    assert reach_of(draft, AT.date()) == [Reach(youth_centre.pk, persons=1, minutes=9)]


def test_it_rounds_hours_up() -> None:
    assert Reach(1, persons=7, minutes=9).hours == 2


def test_it_refuses_acceptance_by_another_manager(propose, other_manager, youth_centre) -> None:
    with pytest.raises(AcceptanceRefused):
        accept_assignment(assignment=propose(), department=youth_centre, by=other_manager, at=AT, on=AT.date())


def test_it_refuses_acceptance_for_a_department_that_is_not_named(propose, other_manager, other_department) -> None:
    with pytest.raises(AcceptanceRefused):
        accept_assignment(assignment=propose(), department=other_department, by=other_manager, at=AT, on=AT.date())


def test_it_accepts_once_and_logs_it_once(propose, manager, learner, youth_centre) -> None:
    assignment = propose()

    for _ in range(2):
        accept_assignment(assignment=assignment, department=youth_centre, by=manager, at=AT, on=AT.date())

    assert assignment.acceptances.count() == 1
    assert Event.objects.filter(verb="assignment.accepted").count() == 1
