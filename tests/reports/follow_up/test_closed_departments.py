"""A department that was closed between two reports: the later one says where its persons went, in sums that add up."""

from __future__ import annotations

import datetime as dt

import pytest

from organisation import history
from organisation.actions.reorganise import reorganise
from organisation.models import Employment
from organisation.reorganising.requests import Merging
from reports.follow_up.approving import approve
from reports.follow_up.composing import read_basis, report_of
from reports.follow_up.cycles import open_cycle
from reports.follow_up.freezing import freeze
from reports.follow_up.outputs.data import document
from reports.follow_up.publishing import publish
from reports.follow_up.report import Grid
from reports.follow_up.verifying import verify
from reports.models import FollowUp
from tests.factories import RECORDED, DepartmentFactory, EmploymentFactory
from tests.reports.record import complete, give_out
from tests.taking import assign

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
JUNE = dt.date(2026, 6, 1)
SPRING, SUMMER = dt.datetime(2026, 5, 11, 6, tzinfo=dt.UTC), dt.datetime(2026, 9, 10, 6, tzinfo=dt.UTC)
TOLD = "Enheten har upphört: de som räknades där arbetar någon annanstans, eller inte längre"


def people_in(unit: str, count: int, above, edition) -> None:
    """So many persons, all but six of whom have completed it."""
    department = DepartmentFactory(external_id=unit, name=unit, parent=above)
    everybody = [EmploymentFactory(department=department).user for _ in range(count)]
    for person in everybody[6:]:
        complete(person, edition, dt.date(2026, 3, 2))


@pytest.fixture
def reports(city, coordinator) -> list[FollowUp]:
    """April and August; between them S became a part of N, and one of its fourteen persons stopped working."""
    above = DepartmentFactory(external_id="K", name="Kultur")
    edition = give_out("tecken")
    assign(edition.module, above)
    people_in("N", 20, above, edition)
    people_in("S", 14, above, edition)
    found = [published("april", SPRING, coordinator)]
    leaver = Employment.objects.filter(department__external_id="S").latest("pk")
    history.end(leaver, until_on=JUNE, by=None, at=SPRING)
    reorganise(request=Merging(units=("S", "N"), into="N"), from_on=JUNE, by=coordinator, at=SPRING + dt.timedelta(days=1))
    return [*found, published("augusti", SUMMER, coordinator)]


def published(period: str, at: dt.datetime, by) -> FollowUp:
    report = freeze(open_cycle(year=2026, period=period, by=by, at=RECORDED), by=by, at=at)
    approve(report, by=by, at=at)
    publish(report, case_number="KS 1", by=by, at=at)
    return report


def test_its_persons_have_moved_or_left_and_all_adds_up(reports) -> None:
    basis = read_basis(reports[1])
    found = {(one.unit, one.counted): one for one in basis.bridges}

    assert [(unit.id, unit.name, unit.parent) for unit in basis.closed] == [("S", "S", "K")]
    assert "S" not in {unit.id for unit in basis.units}
    assert found["S", "target"].parts == {"moved_out": -13, "stopped_working": -1}
    assert found["S", "valid"].parts == {"moved_out": -7, "stopped_working": -1}
    assert found["N", "target"].parts == {"moved_in": 13}
    assert found["", "target"].parts == found["K", "target"].parts == {"stopped_working": -1}
    assert all(one.opening + sum(one.parts.values()) == one.closing for one in basis.bridges)
    assert (found["S", "target"].opening, found["S", "target"].closing) == (14, 0)


def test_it_stands_as_closed_and_tells_no_part_that_the_former_report_does_not(reports) -> None:
    report = report_of(reports[1])
    changes = next(one for one in report.all_sections() if one.key == "changes")
    (grid,) = (block for block in changes.blocks if isinstance(block, Grid))

    assert [row for row in grid.table.rows if str(row[0]).startswith("S ")] == [
        ("S (upphörd)", "Målgrupp", 14, TOLD, -14, 0),
        ("S (upphörd)", "Har genomfört", 8, TOLD, -8, 0),
        ("S (upphörd)", "Giltiga", 8, TOLD, -8, 0),
    ]
    told = [one for one in document(report).changes if one.department == "S"]
    assert [(one.opening, one.parts, one.other, one.closing) for one in told] == [
        (14, {}, -14, 0),
        (8, {}, -8, 0),
        (8, {}, -8, 0),
    ]


def test_it_is_rebuilt_to_the_same_bytes(reports) -> None:
    assert verify(reports[1], at=SUMMER).holds
