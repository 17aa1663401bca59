"""`teaching_table`: where each objective is taught, practised and tested."""

from __future__ import annotations

import datetime as dt
import json
from io import StringIO

import msgspec
import pytest
from django.core.management import CommandError, call_command

from courses.payload import Case, Cases, Judgement, Layer, Objective, Text
from courses.teaching import teaching_of
from tests.drafts import check, draft, given_out, lesson, question

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today", "in_english")]

TWO = (Objective(id="m1", text="skilja åsikt från brott"), Objective(id="m2", text="fråga utan att ge löften"))
SILENT = (Text(id="t", html="<p>Läs.</p>"),)


def testing(*objectives: str):
    bank = tuple(question(f"k-{objective}", objective=objective) for objective in objectives)
    return msgspec.structs.replace(check(), questions=bank, draw=len(bank))


testing.__test__ = False


def case(objective: str) -> Cases:
    asked = question("c-q", objective=objective)
    only = Case(id="c", title="Ett fall", question=asked, answer="<p>Så.</p>", why="<p>För.</p>", mistake="<p>Fel.</p>")
    return Cases(key="fall", slug="fall", title="Fall", minutes=3, cases=(only,))


def judgement(*objectives: str) -> Judgement:
    layer = Layer(id="x", title="Det du ser", text="En siffra.", options=question("x").options, picture="<p>Mer.</p>")
    fields = {"key": "bed", "slug": "bed", "title": "Bedöm", "minutes": 3, "layers": (layer,), "conclusion": "<p>Slut.</p>"}
    return Judgement(**fields, objectives=objectives)


def printed(*arguments: str) -> str:
    out = StringIO()
    call_command("teaching_table", *arguments, stdout=out)
    return out.getvalue()


def test_it_finds_lessons_practice_and_questions_of_each_objective() -> None:
    steps = (lesson(objectives=("m1", "m2")), lesson("l2", blocks=SILENT, objectives=("m2",)), judgement("m2"))

    first, second = teaching_of(draft(*steps, testing("m1", "m2"), objectives=TWO))

    assert (first.taught, first.practised, first.tested) == (("l1",), ("l1",), ("k-m1",))
    assert (second.taught, second.practised, second.tested) == (("l1", "l2"), ("bed",), ("k-m2",))
    assert first.empty == second.empty == ()


def test_a_case_practises_the_objective_that_it_asks_about() -> None:
    row = teaching_of(draft(lesson(blocks=SILENT, objectives=("m1",)), case("m1"), check()))[0]

    assert row.practised == ("fall",)


def test_a_question_of_the_knowledge_check_is_no_practice() -> None:
    row = teaching_of(draft(lesson(blocks=SILENT, objectives=("m1",)), check()))[0]

    assert row.empty == ("practised",)


def test_it_prints_a_table_without_an_empty_cell() -> None:
    given_out(draft(lesson(objectives=("m1",)), check()))

    page = printed()

    assert "Informationsdelning 1.0" in page
    assert "m1         1        1          4" in page
    assert "No cell is empty." in page


def test_it_refuses_and_names_each_empty_cell() -> None:
    given_out(draft(lesson(objectives=("m1",)), testing("m1", "m2"), objectives=TWO))
    out = StringIO()

    with pytest.raises(CommandError) as refused:
        call_command("teaching_table", stdout=out)

    assert str(refused.value).splitlines() == [
        "informationsdelning m2: not taught (fråga utan att ge löften)",
        "informationsdelning m2: not practised (fråga utan att ge löften)",
    ]
    assert refused.value.returncode == 1
    assert "m2         –        –          1" in out.getvalue()


def test_it_prints_the_same_for_machines() -> None:
    given_out(draft(lesson(objectives=("m1",)), check()))

    (row,) = json.loads(printed("--format", "json", "--module", "informationsdelning"))

    assert row == {
        "module": "informationsdelning",
        "edition": "1.0",
        "objective": "m1",
        "text": "skilja åsikt från brott",
        "taught": ["l1"],
        "practised": ["l1"],
        "tested": ["k1-q1", "k1-q2", "k1-q3", "k1-q4"],
        "empty": [],
    }


def test_it_reads_the_edition_in_force_and_not_one_to_come() -> None:
    edition = given_out(draft(lesson(objectives=("m1",)), check()))
    given_out(draft(lesson(), check()), edition.module, in_force_from=dt.date(2026, 9, 1))

    assert "Informationsdelning 1.0" in printed()


def test_it_refuses_an_unknown_module_and_says_which_there_are() -> None:
    given_out()

    with pytest.raises(CommandError, match="There are: informationsdelning"):
        printed("--module", "finns-inte")


def test_it_says_when_there_is_nothing() -> None:
    with pytest.raises(CommandError, match="No module is in force"):
        printed()


def test_it_asks_two_queries_a_module_at_most(django_assert_max_num_queries) -> None:
    for slug in ("ett", "tva", "tre"):
        given_out(draft(lesson(objectives=("m1",)), check(), slug=slug))

    with django_assert_max_num_queries(4):
        printed()
