"""What the database itself refuses."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from organisation.guards import install_guards, missing_guards
from organisation.models import DepartmentName, Employment
from tests.factories import RECORDED, EmploymentFactory
from tests.unsealed import unsealed

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def test_it_has_every_guard_after_migration() -> None:
    assert missing_guards() == []


def test_it_reports_a_guard_that_is_gone() -> None:
    with unsealed():
        missing = missing_guards()

    assert any("courses_edition" in name for name in missing)


def test_it_refuses_to_rewrite_history(learner) -> None:
    employment = Employment.objects.get(user=learner)

    with pytest.raises(IntegrityError), transaction.atomic():
        Employment.objects.filter(pk=employment.pk).update(occupation="Lärare")


def test_it_refuses_to_end_a_row_twice(learner) -> None:
    employment = Employment.objects.get(user=learner)
    Employment.objects.filter(pk=employment.pk).update(until_on=dt.date(2026, 1, 1))

    with pytest.raises(IntegrityError), transaction.atomic():
        Employment.objects.filter(pk=employment.pk).update(until_on=dt.date(2027, 1, 1))


def test_it_refuses_to_delete_history(youth_centre) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        DepartmentName.objects.filter(department=youth_centre).delete()


def test_it_refuses_two_rows_in_force_at_once(learner, youth_centre) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        EmploymentFactory(user=learner, department=youth_centre, from_on=dt.date(2025, 6, 1))


def test_it_allows_a_row_that_follows_another(learner, youth_centre) -> None:
    Employment.objects.filter(user=learner).update(until_on=dt.date(2025, 6, 1))

    EmploymentFactory(user=learner, department=youth_centre, from_on=dt.date(2025, 6, 1))

    assert Employment.objects.filter(user=learner).count() == 2


def test_it_allows_a_row_in_place_of_a_superseded_one(learner, youth_centre) -> None:
    Employment.objects.filter(user=learner).update(superseded_at=RECORDED + dt.timedelta(days=1))

    EmploymentFactory(user=learner, department=youth_centre)

    assert Employment.objects.filter(user=learner).count() == 2


def test_it_refuses_truncate() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE; PostgreSQL's run tries it")

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE courses_completion CASCADE")


def test_the_check_fails_a_start_without_guards(capsys) -> None:
    with unsealed(), pytest.raises(BaseException, match="lacks the guard"):
        call_command("check", databases=["default"], fail_level="WARNING")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has triggers for this; PostgreSQL's run tries it")
def test_it_builds_a_constraint_again_only_when_it_differs() -> None:
    name, table = "guard_organisation_employment_overlap", "organisation_employment"

    def built() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT oid FROM pg_constraint WHERE conname = %s", [name])
            return cursor.fetchone()[0]

    before = built()
    install_guards()
    as_it_was = built()
    with connection.cursor() as cursor:
        cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')
        cursor.execute(f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" EXCLUDE USING gist (id WITH =)')
    another = built()
    install_guards()

    assert before == as_it_was
    assert built() not in {before, another}
    assert missing_guards() == []
