"""`manage.py import_hr`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command

from organisation.models import Employment, Event, HrImport, User
from tests.organisation.hr.files import AT, PEOPLE_HEADER, department, departments_file, people_file, person

pytestmark = pytest.mark.django_db

ROWS = [person(str(number)) for number in range(1001, 1005)]


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(AT, tick=False):
        yield AT


@pytest.fixture
def run(tmp_path: Path, capsys):
    """Write the files, run the command, and return what it printed."""

    def run(departments=None, people=None, *arguments: str) -> str:
        (tmp_path / "d.csv").write_bytes((departments or departments_file()).content)
        (tmp_path / "p.csv").write_bytes((people or people_file(*ROWS)).content)
        files = ["--departments", str(tmp_path / "d.csv"), "--people", str(tmp_path / "p.csv")]
        capsys.readouterr()
        call_command("import_hr", *files, *arguments)
        return capsys.readouterr().out

    return run


def data(run: Any, *arguments: Any) -> dict[str, Any]:
    departments, people, *options = arguments
    return json.loads(run(departments, people, "--format", "json", *options))


def test_it_says_what_it_did(run) -> None:
    printed = run()

    assert "Importerat från den 2 mars 2026." in printed
    assert "Anställningar: 4 nya" in printed
    assert Employment.objects.count() == 4


def test_it_gives_the_figures_as_json(run) -> None:
    run(departments_file(department(), department("D2")))
    people = people_file(
        person("1001", last="Ny"), person("1002", occupation="Rektor"), person("1003", unit="D2"), person("1005")
    )

    found = data(
        run, departments_file(department(name="Nord"), department("D2", parent="D1"), department("D3")), people, "--allow-large"
    )

    assert (found["as_of"], found["dry_run"]) == ("2026-03-02", False)
    assert found["departments"] == {"new": 1, "renamed": 1, "moved": 1, "manager": 0, "ended": 0, "unchanged": 0}
    assert found["employments"] == {"new": 1, "moved": 1, "changed": 1, "corrected": 0, "ended": 1, "unchanged": 1}
    assert found["people"] == {"new": 1, "renamed": 1, "new_address": 0, "left": 1, "returned": 0, "unchanged": 2}
    assert "lists" not in found


def test_it_says_that_nothing_changes_the_second_time(run) -> None:
    run()

    assert "Inget ändras." in run()


def test_a_dry_run_changes_nothing_and_lists_what_would(run) -> None:
    printed = run(None, None, "--dry-run")

    assert "Inget är ändrat än." in printed
    assert "Anställningar, nya:\n  1001: D1\n" in printed
    assert not User.objects.exists()
    assert not HrImport.objects.exists()
    assert not Event.objects.exists()


def test_a_dry_run_gives_every_line_as_json(run) -> None:
    people = people_file(*(person(str(number)) for number in range(1000, 1100)))

    assert "och 80 till" in run(None, people, "--dry-run")
    assert len(data(run, None, people, "--dry-run")["lists"]["employments"]["new"]) == 100


def test_it_never_lists_a_person_with_protected_identity(run) -> None:
    people = people_file(f"{person()};ja", f"{person('1002')};nej", header=f"{PEOPLE_HEADER};skyddad")

    found = data(run, None, people, "--dry-run")

    assert found["employments"]["new"] == found["people"]["new"] == 2
    assert found["lists"]["employments"]["new"] == [["1002", "D1"]]
    assert found["lists"]["people"]["new"] == [["1002"]]
    assert "1001" not in run(None, people, "--dry-run")


def test_it_names_the_columns_that_it_ignores(run) -> None:
    people = people_file(f"{person()};Rum 5", header=f"{PEOPLE_HEADER};rum")

    assert "Kolumner i p.csv som inte används: rum." in run(None, people)
    assert data(run, None, people)["ignored"] == {"p.csv": ["rum"]}


def test_it_imports_from_the_day_that_is_said(run) -> None:
    run()
    run(None, people_file(*ROWS[1:]), "--as-of", "2026-02-01", "--allow-large")

    assert str(Employment.objects.known_at(None).get(user__employee_number="1001").until_on) == "2026-02-01"


def test_it_refuses_with_every_reason(run) -> None:
    with pytest.raises(CommandError) as refused:
        run(departments_file(department(kind="x")), people_file(person(young="x", start="y")))

    assert len(str(refused.value).splitlines()) == 3
    assert refused.value.returncode == 1
    assert not User.objects.exists()


@pytest.mark.parametrize("arguments", [[], ["--dry-run"]])
def test_it_refuses_a_file_that_is_probably_not_whole(run, arguments) -> None:
    run()

    with pytest.raises(CommandError, match="1 av 4 anställningar skulle avslutas") as refused:
        run(None, people_file(*ROWS[1:]), *arguments)

    assert "--allow-large" in str(refused.value)
    assert Employment.objects.filter(until_on=None, superseded_at=None).count() == 4


def test_a_dry_run_of_such_a_file_shows_what_would_end(run, capsys) -> None:
    run()

    with pytest.raises(CommandError):
        run(None, people_file(*ROWS[1:]), "--dry-run")

    assert "Anställningar, avslutade:\n  1001: D1" in capsys.readouterr().out


def test_a_file_that_is_not_there_is_wrong_usage(tmp_path) -> None:
    with pytest.raises(CommandError, match="den finns inte") as refused:
        call_command("import_hr", "--departments", str(tmp_path / "none.csv"), "--people", str(tmp_path / "none.csv"))

    assert refused.value.returncode == 2


def test_a_day_that_is_none_is_wrong_usage(run) -> None:
    with pytest.raises(CommandError, match="31/8"):
        run(None, None, "--as-of", "31/8")


def test_it_takes_a_day_from_other_code_too(run, tmp_path) -> None:
    run()
    files = {"departments": str(tmp_path / "d.csv"), "people": str(tmp_path / "p.csv")}

    call_command("import_hr", **files, as_of="2026-02-01")

    assert HrImport.objects.filter(as_of="2026-02-01").exists()
    with pytest.raises(CommandError, match="31/8"):
        call_command("import_hr", **files, as_of="31/8")


def test_it_leaves_a_protocol_and_an_event(run, now) -> None:
    run()

    protocol = HrImport.objects.get()
    assert (protocol.imported_at, protocol.departments_file, protocol.people_file) == (now, "d.csv", "p.csv")
    assert len(protocol.people_sha256) == len(protocol.departments_sha256) == 64
    assert protocol.counts["employments"]["new"] == 4
    event = Event.objects.get(verb="hr.imported")
    assert event.subject_id == str(protocol.pk)
    assert "1001" not in json.dumps(event.details)
