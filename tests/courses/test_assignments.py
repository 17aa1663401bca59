"""Which modules are assigned to a person, and by when."""

import datetime as dt

import pytest

from courses.assignments import assigned_to
from courses.models import Exemption
from organisation.history import end
from organisation.models import Absence
from tests.factories import RECORDED, START, DepartmentFactory, EmploymentFactory, ModuleFactory
from tests.taking import TODAY, accept, assign

pytestmark = pytest.mark.django_db

DUE = dt.date(2026, 4, 30)


@pytest.fixture
def module():
    return ModuleFactory()


def days(user, day=TODAY):
    return [(one.module_id, one.due_on) for one in assigned_to(user, day)]


def test_it_reaches_everybody_below_the_department_that_accepted(learner, administration, module) -> None:
    assign(module, administration)

    assert days(learner) == [(module.pk, DUE)]


def test_it_reaches_nobody_before_the_manager_has_accepted(learner, administration, module) -> None:
    assign(module, administration, accepted_on=None)

    assert days(learner) == []


def test_it_holds_from_the_day_of_the_acceptance(learner, administration, module) -> None:
    assign(module, administration, accepted_on=TODAY)

    assert days(learner, TODAY - dt.timedelta(days=1)) == []
    assert days(learner, TODAY) == [(module.pk, DUE)]


def test_it_reaches_no_other_department(learner, other_department, module) -> None:
    assign(module, other_department)

    assert days(learner) == []


def test_it_reaches_only_the_occupations_of_the_rule(learner, administration, module) -> None:
    assign(module, administration, occupations=["Rektor"])

    assert days(learner) == []


def test_it_reaches_only_those_who_meet_the_young_when_the_rule_says_so(administration, module) -> None:
    office = EmploymentFactory(department=administration, meets_young=False).user
    assign(module, administration, only_meets_young=True)

    assert days(office) == []


def test_an_acceptance_by_a_department_that_the_rule_no_longer_names_holds_nobody(learner, administration, module) -> None:
    assignment = assign(module, administration)
    rule = assignment.audience.rules.get()
    rule.departments.set([DepartmentFactory()])

    assert days(learner) == []


def test_it_ends_with_the_assignment(learner, administration, module) -> None:
    end(assign(module, administration), until_on=TODAY, by=None, at=RECORDED)

    assert days(learner) == []


def test_it_ends_with_the_employment(learner, administration, module) -> None:
    assign(module, administration)
    end(learner.employments.get(), until_on=TODAY, by=None, at=RECORDED)

    assert days(learner) == []


def test_an_exempt_person_has_nothing_to_do(learner, administration, module) -> None:
    assign(module, administration)
    Exemption.objects.create(user=learner, module=module, reason="leaving", from_on=START, recorded_at=RECORDED)

    assert days(learner) == []


def test_of_two_assignments_the_earliest_due_day_holds(learner, administration, youth_centre, module) -> None:
    assign(module, administration)
    assign(module, youth_centre, due_on=TODAY)

    assert days(learner) == [(module.pk, TODAY)]


def test_absence_moves_the_due_day(learner, administration, module) -> None:
    assign(module, administration)
    Absence.objects.create(user=learner, from_on=TODAY, until_on=TODAY + dt.timedelta(days=10), recorded_at=RECORDED)

    assert days(learner) == [(module.pk, DUE + dt.timedelta(days=10))]


def test_an_absence_without_an_end_leaves_no_due_day(learner, administration, module) -> None:
    assign(module, administration)
    Absence.objects.create(user=learner, from_on=TODAY, recorded_at=RECORDED)

    assert days(learner) == [(module.pk, None)]


def test_it_is_due_so_many_days_after_joining(learner, administration, module) -> None:
    assign(module, administration, due_days=30)
    newcomer = EmploymentFactory(department=administration, from_on=TODAY).user

    assert days(newcomer) == [(module.pk, TODAY + dt.timedelta(days=30))]
    assert days(learner) == [(module.pk, START + dt.timedelta(days=30))]


def test_who_moves_within_the_target_group_has_not_joined_anew(youth_centre, other_department, module) -> None:
    audience = assign(module, youth_centre, due_days=30, accepted_on=START).audience
    audience.rules.get().departments.add(other_department)
    accept(audience.assignments.get(), other_department)
    before = EmploymentFactory(department=other_department, from_on=START, until_on=TODAY)
    EmploymentFactory(user=before.user, department=youth_centre, from_on=TODAY)

    assert days(before.user) == [(module.pk, START + dt.timedelta(days=30))]


def test_who_comes_back_after_a_day_away_joins_anew(youth_centre, module) -> None:
    assign(module, youth_centre, due_days=30)
    before = EmploymentFactory(department=youth_centre, from_on=START, until_on=TODAY - dt.timedelta(days=1))
    EmploymentFactory(user=before.user, department=youth_centre, from_on=TODAY)

    assert days(before.user) == [(module.pk, TODAY + dt.timedelta(days=30))]


def test_absence_before_joining_moves_nothing(youth_centre, module) -> None:
    assign(module, youth_centre, due_days=30)
    newcomer = EmploymentFactory(department=youth_centre, from_on=TODAY).user
    for first in (TODAY - dt.timedelta(days=5), TODAY + dt.timedelta(days=5)):
        Absence.objects.create(user=newcomer, from_on=first, until_on=first + dt.timedelta(days=3), recorded_at=RECORDED)

    assert days(newcomer) == [(module.pk, TODAY + dt.timedelta(days=33))]


def test_it_asks_at_most_five_queries_whatever_the_number(
    learner, administration, youth_centre, django_assert_max_num_queries
) -> None:
    for _number in range(6):
        assign(ModuleFactory(), administration)
    EmploymentFactory(user=learner, department=DepartmentFactory())

    with django_assert_max_num_queries(5):
        assert len(assigned_to(learner, TODAY)) == 6


def test_a_person_without_employment_has_nothing_assigned(outsider, administration, module) -> None:
    assign(module, administration)

    assert days(outsider) == []
