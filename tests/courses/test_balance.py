"""What situations are about, counted."""

from __future__ import annotations

from courses.balance import balance_of, situations_in
from courses.payload import Case, Cases, Dialogue, Ending, Judgement, Layer
from tests.drafts import check, lesson, question

ABOUT = {"workplaces": ("school",), "milieu": "far_right", "gender": "man"}


def case(id: str, **about) -> Case:
    parts = {"answer": "<p>Så.</p>", "why": "<p>För.</p>", "mistake": "<p>Fel.</p>"}
    return Case(id=id, title="Ett fall", question=question(f"{id}-q"), **parts, **about)


def cases(*found: Case) -> Cases:
    return Cases(key="fall", slug="fall", title="Fall", minutes=3, cases=found)


def judgement(**about) -> Judgement:
    layer = Layer(id="x", title="Det du ser", text="En siffra.", options=question("x").options, picture="<p>Mer.</p>")
    return Judgement(key="b", slug="b", title="Bedöm", minutes=3, layers=(layer,), conclusion="<p>Slut.</p>", **ABOUT | about)


def dialogue(**about) -> Dialogue:
    end = Ending(id="e", title="Slut", html="<p>Slut.</p>")
    where = {"setting": "<p>Soffan.</p>", "start": "e", "turns": (), "endings": (end,)}
    return Dialogue(key="d", slug="d", title="Samtal", minutes=3, **where, **ABOUT | about)


def test_every_case_judgement_and_conversation_is_one_situation() -> None:
    found = situations_in([lesson(), cases(case("a"), case("b")), judgement(), dialogue(), check()])

    assert len(found) == 4


def test_it_counts_milieus_genders_and_workplaces() -> None:
    balance = balance_of([judgement(), dialogue(milieu="islamist", gender="woman", workplaces=("school", "library"))])

    assert balance.milieus == {"far_right": 1, "islamist": 1}
    assert balance.genders == {"man": 1, "woman": 1}
    assert balance.workplaces == {"school": 2, "library": 1}


def test_a_situation_that_touches_no_milieu_weighs_nothing() -> None:
    balance = balance_of([judgement(), judgement(milieu="none"), case("a"), judgement(milieu="far_left")])

    assert (balance.touching, balance.milieus["none"]) == (2, 2)
    assert balance.is_even


def test_more_than_half_is_not_even() -> None:
    uneven = balance_of([judgement(), judgement(), judgement(milieu="far_left")])

    assert uneven.largest == ("far_right", 2)
    assert not uneven.is_even


def test_nothing_is_even() -> None:
    assert balance_of([]).is_even
    assert balance_of([]).largest == ("", 0)
