"""Figures while an import is carried out: all of before, or all of after, and never a mixture."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from organisation.models import Department
from reports import figures as asking
from reports.figures import figures
from tests.drafts import given_out
from tests.factories import CityFactory
from tests.organisation.hr.files import department, departments_file, people_file, person
from tests.organisation.hr.importing import imported
from tests.taking import assign

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
DAY = dt.date(2026, 3, 3)


def import_later() -> None:
    try:
        units = departments_file(department("D0"), department("D1", parent="D0"), department("D2", parent="D0"))
        imported(units, people_file(person(unit="D2"), person("1002", unit="D1")), as_of=DAY)
    finally:
        connection.close()


def test_an_import_in_the_middle_changes_nothing_of_them(monkeypatch) -> None:
    CityFactory()
    imported(departments_file(department("D0"), department("D1", parent="D0")), people_file(person()))
    assign(given_out().module, Department.objects.get(external_id="D0"), from_on=dt.date(2025, 1, 1))
    before, read_terms = figures(DAY), asking.terms_on

    with ThreadPoolExecutor(1) as pool:

        def terms_while_another_imports(*arguments: object) -> object:
            pool.submit(import_later).result(timeout=30)
            return read_terms(*arguments)

        with monkeypatch.context() as meanwhile:
            meanwhile.setattr(asking, "terms_on", terms_while_another_imports)
            during = figures(DAY)

    assert before == during
    assert {one.department: one.target for one in before} == {"D0": 1, "D1": 1}
    assert {one.department: one.target for one in figures(DAY)} == {"D0": 2, "D1": 1, "D2": 1}
