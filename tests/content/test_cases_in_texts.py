"""The cases of the starter content: actions to choose, many workplaces, a source behind each, no answer shown by its looks."""

import math
from collections import Counter

import pytest

from cms.starter.exercise_texts import CasesText, CaseText
from cms.starter.situations import WORKPLACES
from cms.starter.texts import Content, ModuleText, StepText
from tests.content.reading import blocks_of_step, passages_in, readability
from tests.content.test_law_in_texts import PHONE
from tests.content.test_readability_of_lessons import HIGHEST_LIX, HIGHEST_MEAN_LIX, WORDS_A_MINUTE

FEWEST_CASES = 15
HIGHEST_MINUTES = 9
NO_MORE_THAN = 0.5


@pytest.fixture
def module(content: Content) -> ModuleText:
    return next(module for module in content.modules if module.slug == "informationsdelning")


@pytest.fixture
def steps(module: ModuleText) -> list[CasesText]:
    return [step for step in module.steps if isinstance(step, CasesText)]


@pytest.fixture
def cases(steps: list[CasesText]) -> list[CaseText]:
    return [case for step in steps for case in step.cases]


def lix(step: StepText) -> float:
    return readability([passage for block in blocks_of_step(step) for passage in passages_in(block)]).lix


def words_read(case: CaseText) -> int:
    """How many words the learner meets: every action is explained after the answer."""
    return readability(passages_in(case)).words


def test_it_has_enough_cases_in_steps_that_stand_after_the_lessons_that_they_practise(module: ModuleText) -> None:
    taught: set[str] = set()
    early = []
    for step in module.steps:
        early += [step.slug for name in step.objective_ids if isinstance(step, CasesText) and name not in taught]
        taught |= set(step.objective_ids)

    assert sum(len(step.cases) for step in module.steps if isinstance(step, CasesText)) >= FEWEST_CASES
    assert early == []


def test_it_practises_every_objective_in_a_case(module: ModuleText, cases: list[CaseText]) -> None:
    assert {objective.id for objective in module.objectives} - {case.question.objective_id for case in cases} == set()


def test_it_practises_in_a_step_what_the_step_says(steps: list[CasesText]) -> None:
    for step in steps:
        assert {case.question.objective_id for case in step.cases} == set(step.objective_ids)


def test_it_gives_every_case_its_legal_sources_and_its_facts(cases: list[CaseText]) -> None:
    assert [case.id for case in cases if not case.legal_sources or not case.facts] == []


def test_it_names_a_section_where_an_action_is_right(cases: list[CaseText]) -> None:
    right = {case.id: option for case in cases for option in case.question.options if option.is_right}

    assert [name for name, option in right.items() if "§" not in option.explanation] == []


def test_it_answers_at_once_yes_or_no(cases: list[CaseText]) -> None:
    assert [case.id for case in cases if not case.answer.startswith("<p><b>")] == []


def test_it_comes_to_every_workplace(cases: list[CaseText]) -> None:
    seen = {workplace for case in cases for workplace in case.workplaces}

    assert set(WORKPLACES.values()) - seen == set()


@pytest.mark.parametrize("attribute", ["milieu", "gender"])
def test_it_makes_no_milieu_and_no_gender_more_than_half(cases: list[CaseText], attribute: str) -> None:
    counted = Counter(getattr(case, attribute) for case in cases)

    assert max(counted.values()) <= NO_MORE_THAN * len(cases)


def test_it_does_not_give_the_right_action_away_by_length_or_place(cases: list[CaseText]) -> None:
    options = [case.question.options for case in cases]

    longest_is_right = sum(max(given, key=lambda option: len(option.text)).is_right for given in options)
    places = Counter([option.is_right for option in given].index(True) for given in options)

    assert longest_is_right <= sum(1 / len(given) for given in options)
    assert max(places.values()) * 2 < len(cases)


def test_it_explains_each_action_in_its_own_words(cases: list[CaseText]) -> None:
    explanations = [option.explanation for case in cases for option in case.question.options]

    assert len(set(explanations)) == len(explanations)


def test_it_reads_easily(steps: list[CasesText]) -> None:
    found = {step.slug: round(lix(step), 1) for step in steps}

    assert {slug: value for slug, value in found.items() if value > HIGHEST_LIX} == {}
    assert sum(found.values()) / len(found) <= HIGHEST_MEAN_LIX


def test_it_promises_no_fewer_minutes_than_reading_takes(steps: list[CasesText]) -> None:
    taken = {step.slug: math.ceil(sum(map(words_read, step.cases)) / WORDS_A_MINUTE) for step in steps}

    assert {step.slug: (step.minutes, taken[step.slug]) for step in steps if step.minutes < taken[step.slug]} == {}
    assert [step.slug for step in steps if step.minutes > HIGHEST_MINUTES] == []


def test_it_gives_no_telephone_number_in_a_case(cases: list[CaseText]) -> None:
    assert [case.id for case in cases if PHONE.search(" ".join(passages_in(case)))] == []
