"""A reorganisation changes no figure of a past day that was known before; without a moment only a correction does."""

from __future__ import annotations

import datetime as dt

import pytest

from organisation.models import Department, Employment
from organisation.reorganising.requests import Merging, Request, Splitting
from reports.figures import figures
from tests.factories import DepartmentFactory, EmploymentFactory
from tests.organisation.reorganising import APRIL, EARLIER, FEBRUARY, MONDAY, done, new
from tests.reports.record import complete, give_out
from tests.taking import assign

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

BEFORE = {"K": (3, 1), "N": (2, 1), "S": (1, 0), "U": (0, 0)}


@pytest.fixture(autouse=True)
def town(db: None) -> None:
    """Three persons in two units of Kultur, one of whom is done; Utbildning is another principal with one person."""
    above = DepartmentFactory(external_id="K", name="Kultur")
    other = DepartmentFactory(external_id="U", name="Utbildning", is_other_principal=True)
    edition = give_out("dela")
    assign(edition.module, above)
    EmploymentFactory(department=other)
    for unit, count in (("N", 2), ("S", 1)):
        department = DepartmentFactory(external_id=unit, name=unit, parent=above)
        for _number in range(count):
            EmploymentFactory(department=department)
    complete(Employment.objects.filter(department__external_id="N").first().user, edition, FEBRUARY)


def counted(day: dt.date, **moment: dt.datetime) -> dict[str, tuple[int, int]]:
    return {figure.department: (figure.target, figure.completed) for figure in figures(day, **moment)}


MERGER = Merging(("N", "S"), new=new(), parent="K")


@pytest.mark.parametrize(
    ("request_", "after"),
    [
        (MERGER, {"K": (3, 1), "N1": (3, 1), "U": (0, 0)}),
        (Splitting("N", (new(), new("N2", "Två"))), {"K": (3, 1), "N1": (2, 1), "N2": (0, 0), "S": (1, 0), "U": (0, 0)}),
    ],
)
def test_it_changes_the_figures_from_its_day_on(request_: Request, after: dict[str, tuple[int, int]]) -> None:
    done(request_)

    assert counted(APRIL - dt.timedelta(days=1)) == BEFORE
    assert counted(APRIL) == after
    assert counted(APRIL - dt.timedelta(days=1), known_at=EARLIER) == BEFORE


def test_a_correction_changes_past_days_and_what_was_known_stays() -> None:
    done(MERGER, FEBRUARY)

    assert counted(MONDAY) == {"K": (3, 1), "N1": (3, 1), "U": (0, 0)}
    assert counted(MONDAY, known_at=EARLIER) == BEFORE


def test_another_principal_is_never_inside_the_citys_sums() -> None:
    assign(give_out("dela-mer").module, Department.objects.get(external_id="U"))

    found = {(figure.module, figure.department): figure.target for figure in figures(MONDAY)}

    assert (found["dela-mer", "U"], found["dela-mer", "K"], found["dela", "U"]) == (1, 0, 0)
