"""Coordinators say how the file for the steering system is written."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cms.site_tree import keep_foundation
from organisation.models import Event
from organisation.permissions import COORDINATORS
from reports.follow_up.outputs import make_all
from reports.models import cycle_settings
from tests.factories import DepartmentFactory, UserFactory
from tests.reports.follow_up.samples import a_report, hidden_nothing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]


@pytest.fixture
def client(client_of):
    keep_foundation()
    user = UserFactory(is_staff=True)
    user.groups.add(Group.objects.get(name=COORDINATORS))
    return client_of(user)


@pytest.fixture
def units() -> None:
    for unit in ("101", "102"):
        DepartmentFactory(external_id=unit)


def decide(client, codes: bytes | None = None, columns: str = "organisation, period, measure, value", **said: str):
    file = {} if codes is None else {"codes": SimpleUploadedFile("koder.csv", codes)}
    return client.post(reverse("steering_settings"), {"columns": columns, **said, **file})


@pytest.mark.usefixtures("units")
def test_a_report_is_then_written_as_the_system_wants_it(client) -> None:
    decide(client, "CITY;0\n101;SKOLA\n".encode("utf-8-sig"))

    lines = make_all(a_report(hidden=hidden_nothing()), cycle_settings().steering)["tsv"].decode().splitlines()

    assert lines[0] == "organisation\tperiod\tmeasure\tvalue"
    assert {line.split("\t")[0] for line in lines[1:]} == {"0", "SKOLA"}
    assert Event.objects.get(verb="steering_format.changed").details == {"codes": 2}


@pytest.mark.usefixtures("units")
def test_a_file_with_a_fault_is_refused_whole_and_the_former_one_stays(client) -> None:
    decide(client, b"101;SKOLA\n")

    response = decide(client, b"101;A\n999;B\n")

    assert "Rad 2, kolumn 1: det finns ingen enhet med id 999." in response.text
    assert cycle_settings().steering.codes == {"101": "SKOLA"}


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        ("101;Förskola".encode("cp1252"), "Spara den som ”CSV UTF-8” i Excel."),
        (b"\n\n", "Det finns ingen rad i filen."),
        (b'101;"' + b"x" * 200_000, "Filen går inte att läsa som rader med text."),
        (b"101;" + b"x" * 100, "Rad 1, kolumn 2: koden är för lång"),
        (b"101;A\n" * 200_000, "Välj en fil på högst 1 megabyte."),
    ],
)
@pytest.mark.usefixtures("units")
def test_it_says_what_is_wrong_with_a_file(client, codes: bytes, said: str) -> None:
    assert said in decide(client, codes).text
    assert not cycle_settings().steering.codes


def test_it_names_columns_that_do_not_exist(client) -> None:
    response = decide(client, columns="organisation, antal, value")

    assert "Det finns inga kolumner som heter antal." in response.text


@pytest.mark.usefixtures("units")
def test_the_codes_stay_until_they_are_taken_away(client) -> None:
    decide(client, b"101;SKOLA\n")

    decide(client, columns="organisation,value")
    assert cycle_settings().steering.codes == {"101": "SKOLA"}

    decide(client, forget="on")
    assert not cycle_settings().steering.codes
