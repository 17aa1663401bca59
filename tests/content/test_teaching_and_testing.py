"""Every objective is taught and tested, and the questions cannot be answered by their looks."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from cms.starter.texts import Content, FactText, HeadingText, LessonText, ModuleText, QuestionKind, QuestionText, RichText
from tests.content.conftest import REAL_FOLDER

FIRST_HEADING = "Varför det här spelar roll"
LAST_TITLE = "Gör en sak nu"
LAW_NAMED = re.compile(r"§|artikel")
SOURCE_NAMED = re.compile(r"§|artikel|[Pp]lanen|Center mot våldsbejakande extremism|Säkerhetspolisen|Expo\b")
# What these facts say was found by somebody who can be named.
RESEARCHED = {"B1", "B2", "B3", "B6"}


@dataclass(frozen=True)
class AtLeast:
    """What the plan of the course asks of a module."""

    lessons: int
    questions: int
    questions_an_objective: int


AT_LEAST = {
    "demokratidialog": AtLeast(lessons=7, questions=24, questions_an_objective=3),
    "informationsdelning": AtLeast(lessons=7, questions=24, questions_an_objective=2),
    "tidiga-tecken": AtLeast(lessons=7, questions=24, questions_an_objective=3),
}
MODULES = sorted(path.parent.name for path in REAL_FOLDER.glob("*/modul.md"))


@pytest.fixture(params=MODULES)
def module(content: Content, request: pytest.FixtureRequest) -> ModuleText:
    """Each module in turn; its folder is named as its slug."""
    return next(module for module in content.modules if module.slug == request.param)


def questions_of(module: ModuleText) -> Iterator[QuestionText]:
    for lesson in module.lessons:
        yield from lesson.questions
    yield from module.check.questions


def ids(lessons: list[LessonText]) -> list[str]:
    return [lesson.slug for lesson in lessons]


def test_it_has_lessons_eight_objectives_and_a_bank_of_questions(module: ModuleText) -> None:
    least = AT_LEAST[module.slug]

    assert len(module.lessons) >= least.lessons
    assert [objective.id for objective in module.objectives] == [f"m{number}" for number in range(1, 9)]
    assert len(module.check.questions) >= least.questions


def test_it_writes_objectives_that_go_on_from_what_you_can_do(module: ModuleText) -> None:
    """They stand under "Efter modulen kan du …"."""
    assert [objective.text for objective in module.objectives if not objective.text[0].islower()] == []


def test_it_teaches_every_objective_in_a_lesson(module: ModuleText) -> None:
    taught = {name for lesson in module.lessons for name in lesson.objective_ids}

    assert {objective.id for objective in module.objectives} - taught == set()


def test_it_tests_every_objective_with_several_questions(module: ModuleText) -> None:
    tested = Counter(question.objective_id for question in module.check.questions)
    least = AT_LEAST[module.slug].questions_an_objective

    assert {objective.id: tested[objective.id] for objective in module.objectives if tested[objective.id] < least} == {}


def test_it_practises_in_a_lesson_only_what_the_lesson_teaches(module: ModuleText) -> None:
    strays = [q.id for lesson in module.lessons for q in lesson.questions if q.objective_id not in lesson.objective_ids]

    assert strays == []


def test_it_lets_the_learner_practise_in_every_lesson(module: ModuleText) -> None:
    assert ids([lesson for lesson in module.lessons if not 1 <= len(lesson.questions) <= 3]) == []


def test_it_uses_all_kinds_of_questions_in_lessons_and_in_the_check(module: ModuleText) -> None:
    in_lessons = {question.kind for lesson in module.lessons for question in lesson.questions}
    in_check = {question.kind for question in module.check.questions}

    assert in_lessons == in_check == set(QuestionKind)


def test_it_sets_at_least_half_of_the_questions_in_a_situation(module: ModuleText) -> None:
    placed = sum(bool(question.situation) for question in module.check.questions)

    assert placed * 2 >= len(module.check.questions)


def test_it_asks_for_judgement_and_not_for_section_numbers(module: ModuleText) -> None:
    by_heart = [q.id for q in questions_of(module) if "§" in q.prompt or "Vilken paragraf" in q.prompt]

    assert by_heart == []


def test_it_explains_every_option_in_a_sentence_of_its_own(module: ModuleText) -> None:
    options = [option for question in questions_of(module) for option in question.options]

    assert [option.id for option in options if len(option.explanation.split()) < 5] == []
    assert len({option.explanation for option in options}) == len(options)


def test_it_names_a_source_in_the_explanation_of_a_right_answer(module: ModuleText) -> None:
    """A question on law names the section, one on risk or milieus whose knowledge it is. How to talk is practice."""
    silent = [
        question.id
        for question in questions_of(module)
        if (named := source_of(question))
        and not any(named.search(option.explanation) for option in question.options if option.is_right)
    ]

    assert silent == []


def source_of(question: QuestionText) -> re.Pattern[str] | None:
    if question.legal_sources:
        return LAW_NAMED
    return SOURCE_NAMED if RESEARCHED & set(question.facts) else None


def test_it_does_not_give_the_right_answer_away_by_its_length(module: ModuleText) -> None:
    questions = [question for question in questions_of(module) if question.kind is QuestionKind.ONE]

    longest_is_right = sum(max(q.options, key=lambda option: len(option.text)).is_right for q in questions)
    by_chance = sum(1 / len(question.options) for question in questions)

    assert longest_is_right <= by_chance


def test_it_does_not_give_the_right_answer_away_by_its_place(module: ModuleText) -> None:
    questions = [question for question in module.check.questions if question.kind is QuestionKind.ONE]

    places = Counter([option.is_right for option in question.options].index(True) for question in questions)

    assert max(places.values()) * 2 < len(questions)
    assert len(places) == 4


def test_it_asks_about_true_and_about_false_statements(module: ModuleText) -> None:
    questions = [question for question in questions_of(module) if question.kind is QuestionKind.TRUE_FALSE]

    true = sum(option.is_right for q in questions for option in q.options if option.id.endswith("-sant"))

    assert len(questions) / 3 <= true <= 2 * len(questions) / 3


def test_it_begins_every_lesson_with_why_it_matters_at_work(module: ModuleText) -> None:
    def begins_with_why(lesson: LessonText) -> bool:
        heading, text = lesson.blocks[:2]
        return isinstance(heading, HeadingText) and heading.text == FIRST_HEADING and isinstance(text, RichText)

    assert ids([lesson for lesson in module.lessons if not begins_with_why(lesson)]) == []


def test_it_ends_every_lesson_with_one_thing_to_do(module: ModuleText) -> None:
    def ends_with_a_task(lesson: LessonText) -> bool:
        last = lesson.blocks[-1]
        return isinstance(last, FactText) and last.title == LAST_TITLE and "<li>" not in last.html

    assert ids([lesson for lesson in module.lessons if not ends_with_a_task(lesson)]) == []


def test_it_names_a_function_and_no_person_as_responsible(content: Content) -> None:
    assert {module.responsible for module in content.modules} == {"Samordnare för våldsförebyggande arbete"}


def test_what_it_teaches_can_be_read_about_somebody_on_a_certificate(module: ModuleText) -> None:
    said_to_the_reader = re.compile(r"\b(du|dig|din|ditt|dina)\b", re.IGNORECASE)

    assert [each.text for each in module.objectives if said_to_the_reader.search(each.text)] == []
