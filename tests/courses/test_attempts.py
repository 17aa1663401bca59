"""Taking a knowledge check."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.actions.attempts import AttemptRefused, answer_in_attempt, is_pass, start_attempt
from courses.actions.lessons import AnswerRefused
from courses.actions.withdraw import withdraw
from courses.models import Answer, Attempt, Round, StepProgress
from courses.payload import Text
from courses.reading import NotInForce, StepClosed, lines_of
from courses.sittings import FIRST, sittings_of
from tests.drafts import check, draft, given_out, lesson, question
from tests.taking import NOON, place, take_check

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return given_out()


def start(user, edition, seed="seed"):
    return start_attempt(user=user, place=place(edition, "k1"), seed=seed, at=NOON)


def answer(user, edition, sitting, question_id, option="a", number=None):
    return answer_in_attempt(
        user=user,
        place=place(edition, "k1"),
        number=number or sitting.number,
        question_id=question_id,
        response=[f"{question_id}-{option}"],
        at=NOON,
    )


def test_it_stores_what_was_drawn_and_from_which_edition(learner, edition) -> None:
    sitting = start(learner, edition)

    attempt = Attempt.objects.get()
    assert (tuple(attempt.question_ids), attempt.edition, attempt.number) == (sitting.question_ids, edition, 1)
    assert len(attempt.question_ids) == 2


def test_starting_again_never_draws_again(learner, edition) -> None:
    drawn = start(learner, edition).question_ids

    again = {start(learner, edition, str(seed)).question_ids for seed in range(9)}

    assert again == {drawn}


def test_the_first_answer_stands(learner, edition) -> None:
    sitting = start(learner, edition)
    first = sitting.question_ids[0]
    answer(learner, edition, sitting, first, "b")

    answered = answer(learner, edition, sitting, first, "a")

    assert not answered.sitting.answers[first, FIRST].is_right
    assert Answer.objects.get().response == [f"{first}-b"]


def test_the_last_answer_finishes_the_attempt_and_a_pass_makes_the_step_done(learner, edition) -> None:
    answered = take_check(learner, edition)

    assert (answered.sitting.is_passed, answered.sitting.finished_at) == (True, NOON)
    assert Attempt.objects.get().is_passed is True
    assert StepProgress.objects.get(step_key="k1").done_at == NOON


def test_a_fail_leaves_the_step_undone_and_lets_the_learner_draw_anew(learner, edition) -> None:
    take_check(learner, edition, rightly=False)

    second = start(learner, edition, "other")

    assert StepProgress.objects.get().done_at is None
    assert (second.number, second.answers) == (2, {})


def test_a_passed_check_is_not_taken_again(learner, edition) -> None:
    take_check(learner, edition)

    with pytest.raises(AttemptRefused):
        start(learner, edition)

    assert Attempt.objects.count() == 1


def test_an_answer_sent_again_after_the_end_changes_nothing(learner, edition) -> None:
    answered = take_check(learner, edition)
    last = answered.sitting.question_ids[-1]

    again = answer(learner, edition, answered.sitting, last, "b")

    assert (again.sitting.is_passed, again.completion) == (True, None)
    assert Answer.objects.count() == 2


def test_it_refuses_a_question_that_was_not_drawn(learner, edition) -> None:
    sitting = start(learner, edition)
    other = next(id_ for id_ in ("k1-q1", "k1-q2", "k1-q3") if id_ not in sitting.question_ids)

    with pytest.raises(AttemptRefused):
        answer(learner, edition, sitting, other)

    assert not Answer.objects.exists()


def test_it_refuses_an_option_of_another_question(learner, edition) -> None:
    sitting = start(learner, edition)
    first, second = sitting.question_ids

    with pytest.raises(AnswerRefused):
        answer_in_attempt(
            user=learner, place=place(edition, "k1"), number=1, question_id=first, response=[f"{second}-a"], at=NOON
        )

    assert not Answer.objects.exists()


def test_it_refuses_an_attempt_of_somebody_else(learner, outsider, edition) -> None:
    sitting = start(learner, edition)

    with pytest.raises(AttemptRefused):
        answer(outsider, edition, sitting, sitting.question_ids[0])

    assert not Answer.objects.exists()


def test_a_lesson_has_no_attempts(learner, edition) -> None:
    with pytest.raises(NotInForce):
        start_attempt(user=learner, place=place(edition, "l1"), seed="s", at=NOON)


def test_it_refuses_a_withdrawn_check(learner, edition, trainer) -> None:
    sitting = start(learner, edition)
    withdraw(edition=edition, step_key="k1", reason="En fråga är fel.", by=trainer, at=NOON)

    with pytest.raises(StepClosed, match="En fråga är fel"):
        answer(learner, edition, sitting, sitting.question_ids[0])


def test_an_editorial_edition_lets_the_open_attempt_go_on_as_it_was_drawn(learner) -> None:
    whole = given_out()
    sitting = start(learner, whole)
    gone = sitting.question_ids[0]
    fewer = msgspec.structs.replace(check(), questions=tuple(q for q in check().questions if q.id != gone))
    later = given_out(draft(lesson(), fewer), whole.module)

    answered = answer(learner, later, sitting, gone)

    assert later.number == "1.1"
    assert answered.sitting.answers[gone, FIRST].is_right


def test_a_material_change_of_the_check_begins_a_new_attempt(learner) -> None:
    old = given_out()
    start(learner, old)
    renewed = check(questions=5, introduction="<p>Ny.</p>")
    later = given_out(draft(lesson(), renewed), old.module, material=frozenset({"k1"}))

    sitting = start(learner, later)

    assert (sitting.number, Attempt.objects.count()) == (1, 2)
    assert Attempt.objects.latest("pk").material_revision == 2


def test_it_reads_all_attempts_with_one_query(learner, edition, django_assert_num_queries) -> None:
    for _number in range(3):
        take_check(learner, edition, rightly=False)
    line, round_id = lines_of(edition)[1], Round.objects.get().pk

    with django_assert_num_queries(1):
        found = sittings_of(round_id, line)

    assert [(one.number, one.right, len(one.answers)) for one in found] == [(3, 0, 4), (2, 0, 4), (1, 0, 4)]


@given(st.integers(1, 40), st.data())
def test_no_rounding_decides_who_passes(asked, data) -> None:
    percent = data.draw(st.integers(1, 100))
    least = -(-percent * asked // 100)

    assert is_pass(least, asked, percent)
    assert not is_pass(least - 1, asked, percent)


def test_question_by_question_it_goes_on_where_the_learner_was(learner) -> None:
    edition = given_out(draft(lesson(blocks=(Text(id="t", html="<p>Läs.</p>"), question("q"))), check(draw=3)))
    sitting = start(learner, edition)
    answered = answer(learner, edition, sitting, sitting.question_ids[0])

    assert answered.sitting.next_number == 2
    assert start(learner, edition).next_number == 2
    assert answered.sitting.is_open
