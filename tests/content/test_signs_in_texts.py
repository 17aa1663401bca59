"""The library of signs says what is ordinary first, claims no more than it knows, and holds nobody's faith and no party."""

import re
from collections import Counter

import pytest

from cms.starter.texts import Content, SignCertainty, SignText
from courses.neutral_drawing import neutral_drawing
from tests.content.reading import passages_of, readability

FEWEST_SIGNS = 15
HIGHEST_LIX = 40
# The extremist meaning was read at the one who describes it for these and for no others.
VERIFIED = {"aegishjalmur", "hakkorset", "tyrrunan", "valknut"}
FAITH = re.compile(r"trosbekännelse|shahada|pekfinger|slöja|böneband|davidsstjärna|krucifix", re.IGNORECASE)
UNCHECKED = re.compile(r"är\s+inte\s+kontrollera[dt]\s+mot\s+en\s+källa")
PARTS = ("ordinary", "extremist", "how_to_ask")


@pytest.fixture
def signs(content: Content) -> tuple[SignText, ...]:
    return content.signs


def test_it_has_a_library_with_links_that_stay(signs: tuple[SignText, ...]) -> None:
    assert len(signs) >= FEWEST_SIGNS
    assert all(sign.key == sign.slug for sign in signs)


def test_it_publishes_only_what_somebody_has_read(signs: tuple[SignText, ...]) -> None:
    assert {sign.key for sign in signs if sign.certainty is SignCertainty.VERIFIED} == VERIFIED


def test_it_words_what_nobody_has_read_with_its_uncertainty(signs: tuple[SignText, ...]) -> None:
    unread = [sign for sign in signs if sign.certainty is SignCertainty.GENERAL]

    assert [sign.key for sign in unread if "allmän kännedom" not in " ".join(sign.extremist.split())] == []
    assert [sign.key for sign in unread if not UNCHECKED.search(sign.extremist)] == []


def test_it_says_more_of_what_is_ordinary_than_that_it_is_not(signs: tuple[SignText, ...]) -> None:
    """At least three ordinary meanings, so that the reader meets them before the other."""
    assert [sign.key for sign in signs if sign.ordinary.count("<li>") < 3] == []


def test_it_holds_no_sign_of_faith(signs: tuple[SignText, ...]) -> None:
    assert [sign.key for sign in signs if FAITH.search(f"{sign.name} {sign.summary}")] == []


def test_it_reads_easily(signs: tuple[SignText, ...]) -> None:
    lix = {sign.key: readability([t for part in PARTS for t in passages_of(getattr(sign, part))]).lix for sign in signs}

    assert {key: round(value, 1) for key, value in lix.items() if value > HIGHEST_LIX} == {}


def test_it_draws_few_and_only_shapes(signs: tuple[SignText, ...]) -> None:
    drawn = [sign for sign in signs if sign.drawing]

    assert len(drawn) * 2 < len(signs)
    assert all(neutral_drawing(sign.drawing) for sign in drawn)


def test_it_gives_every_tag_a_name_that_is_spelt_one_way(signs: tuple[SignText, ...]) -> None:
    tags = Counter(tag for sign in signs for tag in sign.tags)

    assert len({tag.lower() for tag in tags}) == len(tags)
