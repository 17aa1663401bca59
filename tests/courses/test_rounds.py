"""Which round a person is in, and what counts as done in it."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from courses.models import Round
from courses.reading import Line
from courses.rounds import PastCompletion, PastRound, Progress, decide_round

DAY = dt.date(2026, 3, 2)
YEAR_AGO = dt.date(2025, 3, 2)
DONE = Progress(is_done=True)
CARRIED = Progress(is_done=True, is_carried=True)


def line(key: str, revision: int = 1) -> Line:
    kind = "check" if key.startswith("k") else "lesson"
    return Line(1, key, key, key, kind, 4, revision)


def lines(*versions: tuple[str, int]) -> tuple[Line, ...]:
    return tuple(line(key, revision) for key, revision in versions)


PLAIN = lines(("l1", 1), ("k1", 1))


def past(steps, completed_on=None, major=1, number=1, reason=Round.Reason.START) -> PastRound:
    completion = PastCompletion(number, completed_on, major) if completed_on else None
    return PastRound(number, number, reason, completion, steps)


def test_the_first_round_waits_for_its_first_saved_step() -> None:
    present = decide_round((), PLAIN, 1, None, DAY)

    assert (present.pk, present.number, present.reason) == (None, 1, Round.Reason.START)
    assert present.next_line(PLAIN) == PLAIN[0]


def test_it_resumes_an_open_round_at_the_first_step_not_done() -> None:
    present = decide_round((past({("l1", 1): DONE}),), PLAIN, 1, None, DAY)

    assert present.pk == 1
    assert present.next_line(PLAIN) == PLAIN[1]


def test_after_the_last_step_the_next_one_is_the_one_that_was_passed_by() -> None:
    present = decide_round((past({("k1", 1): DONE}),), PLAIN, 1, None, DAY)

    assert present.next_line(PLAIN, after=2) == PLAIN[0]


def test_an_editorial_edition_asks_for_nothing() -> None:
    history = (past({("l1", 1): DONE, ("k1", 1): DONE}, YEAR_AGO),)

    present = decide_round(history, PLAIN, 1, None, DAY)

    assert (present.pk, present.completion is not None) == (1, True)


def test_a_material_edition_asks_for_the_changed_steps_only() -> None:
    history = (past({("l1", 1): DONE, ("k1", 1): DONE}, YEAR_AGO),)
    changed = lines(("l1", 2), ("k1", 1))

    present = decide_round(history, changed, 2, None, DAY)

    assert (present.pk, present.number, present.reason) == (None, 2, Round.Reason.MATERIAL)
    assert [present.is_done(one) for one in changed] == [False, True]


def test_a_material_edition_in_the_middle_of_a_round_opens_no_other() -> None:
    present = decide_round((past({("l1", 1): DONE}),), lines(("l1", 2), ("k1", 1)), 2, None, DAY)

    assert (present.pk, present.number) == (1, 1)
    assert not present.is_done(line("l1", 2))


def test_a_validity_that_ran_out_asks_for_the_check_again() -> None:
    history = (past({("l1", 1): DONE, ("k1", 1): DONE}, YEAR_AGO),)

    present = decide_round(history, PLAIN, 1, 12, DAY)

    assert (present.number, present.reason) == (2, Round.Reason.EXPIRY)
    assert [present.is_done(one) for one in PLAIN] == [True, False]


def test_a_completion_is_valid_until_the_day_before_it_runs_out() -> None:
    history = (past({("l1", 1): DONE, ("k1", 1): DONE}, YEAR_AGO),)

    present = decide_round(history, PLAIN, 1, 12, DAY - dt.timedelta(days=1))

    assert present.completion is not None


def test_a_validity_that_runs_out_in_a_refresher_asks_for_the_check_too() -> None:
    first = past({("l1", 1): DONE, ("k1", 1): DONE}, YEAR_AGO)
    refresher = past({("k1", 1): CARRIED}, number=2, reason=Round.Reason.MATERIAL, major=2)
    changed = lines(("l1", 2), ("k1", 1))

    present = decide_round((first, refresher), changed, 2, 12, DAY)

    assert present.pk == 2
    assert [present.is_done(one) for one in changed] == [False, False]


KEYS = st.sampled_from(["l1", "l2", "l3", "k1", "k2"])
VERSIONS = st.tuples(KEYS, st.integers(1, 3))
OUTLINES = st.dictionaries(KEYS, st.integers(1, 3), min_size=1).map(lambda found: lines(*found.items()))
PROGRESS = st.dictionaries(VERSIONS, st.builds(Progress, st.booleans(), st.booleans()))


@given(PROGRESS, OUTLINES, st.integers(1, 3), st.sampled_from([None, 6, 12, 24]), st.integers(0, 900), st.booleans())
def test_a_step_is_done_only_as_worded_now_and_by_the_person_herself(steps, outline, major, months, days, open_) -> None:
    completed_on = None if open_ else DAY - dt.timedelta(days=days)
    history = (past(steps, completed_on),)

    present = decide_round(history, outline, major, months, DAY)

    for one in outline:
        was_done = (found := steps.get(one.version)) is not None and found.is_done
        asked_again = present.reason == Round.Reason.EXPIRY and one.is_check
        assert present.is_done(one) == (was_done and not asked_again)


@given(PROGRESS, OUTLINES, st.integers(1, 3), st.sampled_from([None, 6, 12, 24]), st.integers(0, 900))
def test_a_new_round_opens_only_for_an_expiry_or_a_material_change(steps, outline, major, months, days) -> None:
    completion = PastCompletion(1, DAY - dt.timedelta(days=days), 1)
    history = (PastRound(1, 1, Round.Reason.START, completion, steps),)

    present = decide_round(history, outline, major, months, DAY)

    is_new = completion.is_expired(months, DAY) or major > 1
    assert (present.pk is None, present.number, present.completion is None) == (is_new, 1 + is_new, is_new)


@given(PROGRESS, OUTLINES, st.integers(2, 3), st.sampled_from([None, 6, 12]), st.integers(0, 900))
def test_opening_a_round_changes_nothing_of_what_is_done(steps, outline, major, months, days) -> None:
    before = past(steps, DAY - dt.timedelta(days=days))
    waiting = decide_round((before,), outline, major, months, DAY)
    opened = PastRound(2, waiting.number, waiting.reason, None, waiting.steps)

    present = decide_round((before, opened), outline, major, months, DAY)

    assert [present.is_done(one) for one in outline] == [waiting.is_done(one) for one in outline]
