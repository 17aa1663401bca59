"""`manage.py figures`."""

import datetime as dt
import json

import pytest
from django.core.management import CommandError, call_command

from tests.reports.record import complete, give_out
from tests.taking import assign

pytestmark = pytest.mark.django_db

KEYS = [
    "as_of",
    "module",
    "department",
    "department_name",
    "target",
    "exempt",
    "offered",
    "started",
    "completed",
    "valid",
    "refresher",
    "overdue",
]


@pytest.fixture
def module(learner, administration):
    edition = give_out("dela")
    assign(edition.module, administration)
    complete(learner, edition, dt.date(2026, 3, 2))
    return edition.module


def rows(capsys, *arguments: str) -> list[dict[str, object]]:
    call_command("figures", "--format", "json", *arguments)
    return json.loads(capsys.readouterr().out)


def test_it_prints_exactly_the_promised_keys(capsys, module, youth_centre) -> None:
    (row,) = rows(capsys, "--as-of", "2026-03-31", "--department", youth_centre.external_id)

    assert list(row) == KEYS
    assert row["as_of"] == "2026-03-31"
    assert row["department_name"] == "Ungdomens hus"
    assert (row["target"], row["valid"]) == (1, 1)


def test_it_prints_every_department_and_module(capsys, module, other_department) -> None:
    give_out("annan")

    assert [(row["module"], row["department_name"]) for row in rows(capsys, "--as-of", "2026-03-31")] == [
        (slug, name)
        for slug in ("annan", "dela")
        for name in ("Kultur- och fritidsförvaltningen", "Ungdomens hus", "Utbildningsförvaltningen")
    ]


def test_it_prints_one_module(capsys, module) -> None:
    give_out("annan")

    assert {row["module"] for row in rows(capsys, "--as-of", "2026-03-31", "--module", "dela")} == {"dela"}


def test_it_answers_with_what_was_known(capsys, module) -> None:
    assert rows(capsys, "--as-of", "2026-03-31", "--known-at", "2024-12-31T12:00") == []


def test_it_prints_a_readable_table(capsys, module) -> None:
    call_command("figures", "--as-of", "2026-03-31")

    printed = capsys.readouterr().out
    assert "31 mars 2026" in printed
    assert "Ungdomens hus" in printed


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["--as-of", "31/8"], "31/8"),
        (["--as-of", "2026-02-30"], "2026-02-30"),
        (["--as-of", "9999-12-31"], "9999-12-31"),
        (["--as-of", "2026-03-31", "--known-at", "i går"], "i går"),
        (["--as-of", "2026-03-31", "--known-at", "0001-01-01"], "0001-01-01"),
        (["--as-of", "2026-03-31", "--known-at", "9999-12-31T23:59-12:00"], "9999-12-31T23:59-12:00"),
        (["--as-of", "2026-03-31", "--department", "finns-inte"], "finns-inte"),
        (["--as-of", "2026-03-31", "--module", "saknas"], "saknas"),
    ],
)
def test_it_refuses_what_it_cannot_understand(module, arguments, what) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("figures", *arguments)

    assert what in str(refused.value)
    assert refused.value.returncode == 1


def test_it_gives_every_reason_at_once(module) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("figures", "--as-of", "x", "--department", "y", "--module", "z")

    assert len(str(refused.value).splitlines()) == 3
