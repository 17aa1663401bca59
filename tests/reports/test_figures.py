"""The figures, one definition at a time. `docs/figures.md` tells the same in words."""

import datetime as dt

import pytest

from courses.models import Exemption, Module, ModuleRule, Offer
from organisation.history import correct, end
from organisation.models import Absence, Employment
from reports.figures import Figure, figures
from tests.factories import RECORDED, START, DepartmentFactory, EmploymentFactory
from tests.reports.record import complete, give_out, open_round
from tests.taking import assign

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

DUE = dt.date(2026, 4, 30)
DAY = dt.date(2026, 3, 31)
LATE = dt.date(2026, 5, 1)


@pytest.fixture
def module(administration) -> Module:
    """In force since February, and assigned to the whole administration by the end of April."""
    module = give_out("dela", in_force_from=dt.date(2026, 2, 2)).module
    assign(module, administration, due_on=DUE)
    return module


def figure_of(department, day=DAY, known_at=None) -> Figure:
    (found,) = figures(day, known_at, departments=[department.external_id])
    return found


def counted(department, day=DAY, known_at=None) -> dict[str, int]:
    """The figures that are not zero."""
    found = figure_of(department, day, known_at)
    names = ("target", "exempt", "offered", "started", "completed", "valid", "refresher", "overdue")
    return {name: getattr(found, name) for name in names if getattr(found, name)}


def test_it_counts_in_the_department_and_in_everything_above(learner, module, youth_centre, administration) -> None:
    assert counted(youth_centre) == {"target": 1}
    assert counted(administration) == {"target": 1}


def test_it_shows_departments_and_modules_without_anybody(module, other_department) -> None:
    assert counted(other_department) == {}
    assert figure_of(other_department).department_name == "Utbildningsförvaltningen"


def test_it_shows_no_module_before_it_is_in_force(learner, module) -> None:
    assert figures(dt.date(2026, 2, 1)) == []
    assert figures(dt.date(2026, 2, 2))


def test_it_counts_two_employments_once_in_a_common_ancestor(learner, module, youth_centre, administration) -> None:
    other = DepartmentFactory(parent=administration)
    EmploymentFactory(user=learner, department=other)

    assert [counted(place)["target"] for place in (youth_centre, other, administration)] == [1, 1, 1]


def test_it_counts_nobody_whose_employment_has_ended(learner, module, youth_centre) -> None:
    end(Employment.objects.get(user=learner), until_on=DAY, by=None, at=RECORDED)

    assert counted(youth_centre, DAY) == {}
    assert counted(youth_centre, DAY - dt.timedelta(days=1)) == {"target": 1}


def test_it_counts_the_exempt_apart(learner, module, youth_centre) -> None:
    Exemption.objects.create(user=learner, module=module, reason="leaving", from_on=DAY, recorded_at=RECORDED)

    assert counted(youth_centre) == {"exempt": 1}


def test_it_counts_offers_and_beginnings_from_their_day(learner, module, youth_centre) -> None:
    Offer.objects.create(user=learner, module=module, channel="site", offered_on=dt.date(2026, 3, 1), recorded_at=RECORDED)
    open_round(learner, module, dt.date(2026, 3, 31))

    assert counted(youth_centre, dt.date(2026, 3, 30)) == {"target": 1, "offered": 1}
    assert counted(youth_centre, dt.date(2026, 3, 31)) == {"target": 1, "offered": 1, "started": 1}


def test_it_is_overdue_from_the_day_after_the_due_day(learner, module, youth_centre) -> None:
    assert counted(youth_centre, DUE) == {"target": 1}
    assert counted(youth_centre, DUE + dt.timedelta(days=1)) == {"target": 1, "overdue": 1}


def test_it_moves_the_due_day_by_the_days_away(learner, module, youth_centre) -> None:
    Absence.objects.create(user=learner, from_on=START, until_on=START + dt.timedelta(days=10), recorded_at=RECORDED)

    assert counted(youth_centre, DUE + dt.timedelta(days=10)) == {"target": 1}
    assert counted(youth_centre, DUE + dt.timedelta(days=11)) == {"target": 1, "overdue": 1}


def test_it_counts_a_completion_from_its_day(learner, module, youth_centre) -> None:
    complete(learner, module.editions.get(), DAY)

    assert counted(youth_centre, DAY - dt.timedelta(days=1)) == {"target": 1}
    assert counted(youth_centre, DAY) == {"target": 1, "started": 1, "completed": 1, "valid": 1}


def test_it_lets_validity_run_out_after_the_months_of_the_rule(learner, module, youth_centre) -> None:
    ModuleRule.objects.create(module=module, validity_months=1, from_on=START, recorded_at=RECORDED)
    complete(learner, module.editions.get(), DAY)
    done = {"target": 1, "started": 1, "completed": 1}

    # One month after 31 March is the last day of April.
    assert counted(youth_centre, dt.date(2026, 4, 29)) == {**done, "valid": 1}
    assert counted(youth_centre, dt.date(2026, 4, 30)) == {**done, "overdue": 1}


def test_it_asks_for_a_refresher_within_its_days(learner, module, youth_centre) -> None:
    complete(learner, module.editions.get(), DAY)
    give_out("dela", number=(2, 0), in_force_from=dt.date(2026, 5, 1))
    done = {"target": 1, "started": 1, "completed": 1}
    last = dt.date(2026, 5, 1) + dt.timedelta(days=ModuleRule.DEFAULT_REFRESHER_DAYS)

    assert counted(youth_centre, dt.date(2026, 4, 30)) == {**done, "valid": 1}
    assert counted(youth_centre, last) == {**done, "valid": 1, "refresher": 1}
    assert counted(youth_centre, last + dt.timedelta(days=1)) == {**done, "overdue": 1}


def test_it_asks_nothing_for_an_editorial_edition(learner, module, youth_centre) -> None:
    complete(learner, module.editions.get(), DAY)
    give_out("dela", number=(1, 1), in_force_from=LATE)

    assert counted(youth_centre, dt.date(2027, 1, 1))["valid"] == 1


def test_it_answers_with_what_was_known(learner, module, youth_centre) -> None:
    corrected_at = dt.datetime(2026, 6, 1, 8, tzinfo=dt.UTC)
    correct(Employment.objects.get(user=learner), by=None, at=corrected_at, until_on=dt.date(2026, 3, 1))

    assert counted(youth_centre, DAY) == {}
    assert counted(youth_centre, DAY, known_at=corrected_at - dt.timedelta(seconds=1)) == {"target": 1}


def test_it_asks_a_fixed_number_of_queries(module, administration, django_assert_max_num_queries) -> None:
    for _unit in range(5):
        below = DepartmentFactory(parent=administration)
        for _ in range(3):
            complete(EmploymentFactory(department=below).user, module.editions.get(), DAY)

    with django_assert_max_num_queries(15):  # PostgreSQL is also told six times how to plan the one that counts
        found = figures(LATE)

    assert found[0].completed == 15
