"""The example of `docs/figures.md`."""

import datetime as dt

import pytest

from courses.models import ModuleRule
from organisation.models import Absence
from reports.figures import figures
from tests.factories import RECORDED, START, DepartmentFactory, EmploymentFactory
from tests.reports.record import complete, give_out, open_round
from tests.taking import assign

pytestmark = pytest.mark.django_db


@pytest.fixture
def library(administration):
    return DepartmentFactory(name="Stadsbiblioteket", parent=administration)


@pytest.fixture(autouse=True)
def _example(administration, youth_centre, library) -> None:
    lo, alva, bo = (EmploymentFactory(department=youth_centre).user for _ in range(3))
    EmploymentFactory(user=bo, department=library)
    edition = give_out("informationsdelning")
    first_of_march = dt.date(2026, 3, 1)
    assign(edition.module, administration, from_on=first_of_march, due_on=dt.date(2026, 4, 30), accepted_on=first_of_march)
    ModuleRule.objects.create(module=edition.module, validity_months=24, from_on=START, recorded_at=RECORDED)
    complete(lo, edition, dt.date(2026, 3, 10))
    Absence.objects.create(user=alva, from_on=dt.date(2026, 4, 1), until_on=dt.date(2026, 4, 11), recorded_at=RECORDED)
    open_round(bo, edition.module, dt.date(2026, 4, 2))


@pytest.mark.parametrize(
    ("as_of", "name", "expected"),
    [
        (dt.date(2026, 4, 30), "Ungdomens hus", (3, 2, 1, 1, 0)),
        (dt.date(2026, 5, 1), "Ungdomens hus", (3, 2, 1, 1, 1)),
        (dt.date(2026, 5, 1), "Stadsbiblioteket", (1, 1, 0, 0, 1)),
        (dt.date(2026, 5, 1), "Kultur- och fritidsförvaltningen", (3, 2, 1, 1, 1)),
        (dt.date(2026, 5, 11), "Ungdomens hus", (3, 2, 1, 1, 2)),
        (dt.date(2028, 3, 9), "Ungdomens hus", (3, 2, 1, 1, 2)),
        (dt.date(2028, 3, 10), "Ungdomens hus", (3, 2, 1, 0, 3)),
    ],
)
def test_it_says_what_the_example_says(as_of, name, expected) -> None:
    (found,) = [figure for figure in figures(as_of) if figure.department_name == name]

    assert (found.target, found.started, found.completed, found.valid, found.overdue) == expected
