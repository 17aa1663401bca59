"""The lessons read easily and fit into a short sitting."""

import math
from pathlib import Path

import pytest

from cms.starter.texts import Content
from tests.content.conftest import REAL_FOLDER
from tests.content.reading import Readability, passages_of, readability, visible_check, visible_step

HIGHEST_MEAN_LIX = 40
HIGHEST_LIX = 45
HIGHEST_MINUTES = 6
WORDS_A_MINUTE = 200


def lessons_of(content: Content) -> dict[str, Readability]:
    return {lesson.slug: readability(visible_step(lesson, content)) for module in content.modules for lesson in module.lessons}


def test_it_counts_lix_as_words_a_sentence_plus_the_share_of_long_words() -> None:
    found = readability(["Du kontaktar rektorn. Bevis behövs inte."])

    assert (found.words, found.sentences, found.long_words) == (6, 2, 2)
    assert found.lix == pytest.approx(3 + 100 * 2 / 6)


@pytest.mark.parametrize(
    ("passages", "sentences"),
    [
        (["Enligt 19 kap. 1 § får du t.ex. ringa."], 1),
        (["En rubrik utan punkt", "En rad till"], 2),
        (["Säg så här: det räcker nu. Vad gör du?"], 3),
        (["”Stopp.” Sedan går ni ut."], 2),
        (["EU:s regler gäller."], 1),
        (["– 2026 –", "En mening."], 1),
    ],
)
def test_it_counts_sentences(passages: list[str], sentences: int) -> None:
    assert readability(passages).sentences == sentences


def test_it_reads_what_html_shows_and_no_tags() -> None:
    assert passages_of("<p>Du <b>ska</b>\nanmäla.</p><ul>\n<li>Nu</li>\n</ul>") == ["Du ska anmäla.", "Nu"]


def test_it_reads_easily_on_average(content: Content) -> None:
    found = [lesson.lix for lesson in lessons_of(content).values()]

    assert sum(found) / len(found) <= HIGHEST_MEAN_LIX


def test_it_has_no_heavy_lesson(content: Content) -> None:
    heavy = {slug: round(found.lix, 1) for slug, found in lessons_of(content).items() if found.lix > HIGHEST_LIX}

    assert heavy == {}


def test_it_asks_questions_in_easy_words(content: Content) -> None:
    assert [m.slug for m in content.modules if readability(visible_check(m.check)).lix > HIGHEST_MEAN_LIX] == []


def test_it_has_no_lesson_that_takes_more_than_six_minutes(content: Content) -> None:
    minutes = {slug: math.ceil(found.words / WORDS_A_MINUTE) for slug, found in lessons_of(content).items()}

    assert {slug: count for slug, count in minutes.items() if count > HIGHEST_MINUTES} == {}


def test_it_promises_no_fewer_minutes_than_reading_takes(content: Content) -> None:
    taken = lessons_of(content)

    hasty = [
        lesson.slug
        for module in content.modules
        for lesson in module.lessons
        if lesson.minutes < math.ceil(taken[lesson.slug].words / WORDS_A_MINUTE) or lesson.minutes > HIGHEST_MINUTES
    ]

    assert hasty == []


@pytest.mark.parametrize("path", sorted(REAL_FOLDER.rglob("*.md")), ids=lambda path: path.name)
def test_it_never_shouts(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()

    assert [number for number, line in enumerate(lines, start=1) if "!" in line] == []
