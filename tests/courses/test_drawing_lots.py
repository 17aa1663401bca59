"""Which questions of a knowledge check are asked."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from courses.drawing_lots import draw
from courses.payload import Check
from tests.drafts import check, question

OBJECTIVES = st.lists(st.sampled_from(["", "a", "b", "c", "d"]), min_size=1, max_size=16)


def make(objectives: list[str], draw: int) -> Check:
    bank = tuple(question(f"q{number}", objective=objective) for number, objective in enumerate(objectives))
    return msgspec.structs.replace(check(), questions=bank, draw=draw)


@given(OBJECTIVES, st.data(), st.text(max_size=5))
def test_it_draws_as_many_as_it_should_none_twice_and_the_same_for_the_same_seed(objectives, data, seed) -> None:
    content = make(objectives, data.draw(st.integers(1, len(objectives))))

    drawn = draw(content, seed)

    assert len(drawn) == len(set(drawn)) == content.draw
    assert set(drawn) <= {question.id for question in content.questions}
    assert drawn == draw(content, seed)


@given(OBJECTIVES, st.data(), st.text(max_size=5))
def test_it_asks_about_every_objective_that_there_is_room_for(objectives, data, seed) -> None:
    content = make(objectives, data.draw(st.integers(1, len(objectives))))

    drawn = set(draw(content, seed))

    asked = {question.objective for question in content.questions if question.id in drawn} - {""}
    assert len(asked) == min(content.draw, len(set(objectives) - {""}))


def test_another_seed_draws_otherwise() -> None:
    content = make(["a", "b", "c", "d"] * 4, 8)

    assert len({draw(content, str(seed)) for seed in range(20)}) > 15
