"""Judgements are short and easy to read, weigh several ways, and do not give the reasonable ones away by their looks."""

import math
import re
from collections import Counter
from collections.abc import Iterator

import pytest

from cms.starter.exercise_texts import JudgementText, LayerText
from cms.starter.texts import Content, StepText
from tests.content.reading import blocks_of_step, passages_in, readability, visible_step
from tests.content.test_readability_of_lessons import HIGHEST_MEAN_LIX, HIGHEST_MINUTES, WORDS_A_MINUTE

LAYERS = ["Det du ser", "Sammanhanget", "Förändring över tid"]
PARTS_OF_A_CONCLUSION = ("Rekommenderad bedömning", "Det som avgjorde", "I dag", "Vem frågar du?")
NO_SINGLE_SIGN = re.compile(r"[Ee]nsam|enskil[dt]|enda tecken")


@pytest.fixture
def judgements(content: Content) -> list[JudgementText]:
    return [step for module in content.modules for step in module.steps if isinstance(step, JudgementText)]


@pytest.fixture
def layers(judgements: list[JudgementText]) -> list[LayerText]:
    return [layer for judgement in judgements for layer in judgement.layers]


def exercises_of(content: Content) -> Iterator[StepText]:
    for module in content.modules:
        yield from (step for step in module.steps if step not in module.lessons)


def test_it_writes_exercises_in_easy_words(content: Content) -> None:
    lix = {step.slug: readability(visible_step(step, content)).lix for step in exercises_of(content)}

    assert {slug: round(value, 1) for slug, value in lix.items() if value > HIGHEST_MEAN_LIX} == {}


def test_it_promises_no_fewer_minutes_than_a_judgement_takes(content: Content, judgements: list[JudgementText]) -> None:
    words = {step.slug: readability(visible_step(step, content)).words for step in judgements}

    hasty = [step.slug for step in judgements if step.minutes < math.ceil(words[step.slug] / WORDS_A_MINUTE)]

    assert hasty == []
    assert max(step.minutes for step in judgements) <= HIGHEST_MINUTES


def test_it_reveals_the_same_three_layers_in_every_judgement(judgements: list[JudgementText]) -> None:
    assert {step.slug: titles for step in judgements if (titles := [layer.title for layer in step.layers]) != LAYERS} == {}


def test_it_offers_reasonable_and_unreasonable_steps_in_every_layer(layers: list[LayerText]) -> None:
    one_sided = [layer.id for layer in layers if len({option.is_right for option in layer.options}) != 2]

    assert one_sided == []
    assert [layer.id for layer in layers if not 3 <= len(layer.options) <= 4] == []


def test_it_lets_more_than_one_way_be_reasonable_in_every_judgement(judgements: list[JudgementText]) -> None:
    narrow = [step.slug for step in judgements if all(sum(o.is_right for o in layer.options) == 1 for layer in step.layers)]

    assert narrow == []


def test_it_says_of_every_step_where_it_leads(layers: list[LayerText]) -> None:
    options = [option for layer in layers for option in layer.options]

    assert [option.id for option in options if len(option.explanation.split()) < 5] == []
    assert len({option.explanation for option in options}) == len(options)


def test_it_does_not_give_the_reasonable_steps_away_by_their_place(layers: list[LayerText]) -> None:
    """A step in the same place, always reasonable or always not, would be a key."""
    by_place = Counter((place, option.is_right) for layer in layers for place, option in enumerate(layer.options[:3]))

    assert [place for place in range(3) for value in (True, False) if not by_place[place, value]] == []


def test_it_ends_every_judgement_by_saying_that_no_single_sign_decided(judgements: list[JudgementText]) -> None:
    endings = {step.slug: " ".join(passages_in(step.conclusion)) for step in judgements}

    missing = [
        slug
        for slug, text in endings.items()
        if not NO_SINGLE_SIGN.search(text) or not all(part in text for part in PARTS_OF_A_CONCLUSION)
    ]

    assert missing == []


def test_it_reads_every_block_of_every_step(content: Content) -> None:
    assert [step.slug for module in content.modules for step in module.steps if not list(blocks_of_step(step))] == []
