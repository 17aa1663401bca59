"""The written conversations are long enough to be conversations, stand after what they practise, and lead to help."""

from collections import Counter
from collections.abc import Iterator

import pytest

from cms.starter.exercise_texts import ChoiceText, DialogueText
from cms.starter.texts import Content, LessonText, StepText
from tests.content.reading import blocks_of_step, passages_in

FEWEST_CONVERSATIONS = 7
FEWEST_TURNS = 8
FEWEST_ENDINGS = 3
FEWEST_SIDES = 3
# Where somebody may be in danger, the way is told in the conversation itself.
DANGEROUS = {"samtal-i-soffan", "samtal-om-sommarjobb", "samtal-pa-medborgarmotet", "samtal-vid-bokdisken"}
WITH_A_CHILD_IN_DANGER = DANGEROUS - {"samtal-pa-medborgarmotet"}


@pytest.fixture
def conversations(content: Content) -> list[DialogueText]:
    return [step for step in steps_of(content) if isinstance(step, DialogueText)]


def steps_of(content: Content) -> Iterator[StepText]:
    for module in content.modules:
        yield from module.steps


def choices_of(conversation: DialogueText) -> Iterator[ChoiceText]:
    for turn in conversation.turns:
        yield from turn.choices


def text_of(conversation: DialogueText) -> str:
    return " ".join(passage for block in blocks_of_step(conversation) for passage in passages_in(block))


def test_it_has_seven_conversations_with_turns_and_endings_enough(conversations: list[DialogueText]) -> None:
    short = [c.slug for c in conversations if len(c.turns) < FEWEST_TURNS or len(c.endings) < FEWEST_ENDINGS]

    assert len(conversations) >= FEWEST_CONVERSATIONS
    assert short == []


def test_it_places_every_conversation_right_after_a_lesson_on_what_it_practises(content: Content) -> None:
    early = []
    for module in content.modules:
        taught: set[str] = set()
        lesson: set[str] = set()
        for step in module.steps:
            if isinstance(step, LessonText):
                lesson = set(step.objective_ids)
                taught |= lesson
            elif isinstance(step, DialogueText) and not (
                lesson & set(step.objective_ids) and set(step.objective_ids) <= taught
            ):
                early.append(step.slug)

    assert early == []


def test_it_says_of_every_answer_what_it_does_to_somebody(conversations: list[DialogueText]) -> None:
    assert [choice.id for c in conversations for choice in choices_of(c) if not choice.effects] == []


def test_it_tells_every_consequence_in_words_of_its_own(conversations: list[DialogueText]) -> None:
    told = Counter(choice.consequence for c in conversations for choice in choices_of(c))

    assert [text for text, count in told.items() if count > 1] == []


def test_it_looks_at_a_conversation_from_several_sides(conversations: list[DialogueText]) -> None:
    sides = {c.slug: {side for choice in choices_of(c) for side, _text in choice.effects} for c in conversations}

    assert {slug: found for slug, found in sides.items() if len(found) < FEWEST_SIDES} == {}


def test_it_lets_a_conversation_go_on_for_more_than_one_answer(conversations: list[DialogueText]) -> None:
    """From the beginning, more ways go on than end."""
    turns = {turn.id for c in conversations for turn in c.turns}
    starts = [turn for c in conversations for turn in c.turns if turn.id == c.start]

    assert [t.id for t in starts if sum(choice.leads_to in turns for choice in t.choices) < len(t.choices)] == []


def test_it_mends_a_poor_reply(conversations: list[DialogueText]) -> None:
    """Most turns let one go on talking; few only end."""
    for conversation in conversations:
        turns = {turn.id for turn in conversation.turns}
        last = [turn.id for turn in conversation.turns if not any(choice.leads_to in turns for choice in turn.choices)]

        assert len(last) * 2 < len(turns), conversation.slug


def test_it_never_calls_an_answer_right_or_wrong(conversations: list[DialogueText]) -> None:
    judged = [
        choice.id
        for c in conversations
        for choice in choices_of(c)
        if choice.consequence.startswith(("Rätt.", "Fel.", "Ja.", "Nej.")) or "poäng" in choice.consequence
    ]

    assert judged == []


def test_it_leads_to_112_and_a_report_where_somebody_is_in_danger(conversations: list[DialogueText]) -> None:
    texts = {c.slug: text_of(c) for c in conversations}

    assert {slug for slug in texts if "112" in texts[slug]} >= DANGEROUS
    assert {slug for slug in texts if "anmäl" in texts[slug] and "chef" in texts[slug]} >= WITH_A_CHILD_IN_DANGER


def test_it_varies_milieu_gender_and_workplace(conversations: list[DialogueText]) -> None:
    milieus, genders = Counter(c.milieu for c in conversations), Counter(c.gender for c in conversations)

    assert max(milieus.values()) * 2 <= len(conversations)
    assert max(genders.values()) * 2 <= len(conversations)
    assert len({place for c in conversations for place in c.workplaces}) >= FEWEST_CONVERSATIONS
