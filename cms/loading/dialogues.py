"""Conversations of the text files, as blocks."""

from __future__ import annotations

from cms.loading.streams import Raw, StreamWriter, item
from cms.starter.exercise_texts import ChoiceText, DialogueText, EndingText, TurnText
from courses.situations import Side


def dialogue_stream(text: DialogueText, writer: StreamWriter) -> list[Raw]:
    """Return the turns, the one that it begins with first, and then the endings."""
    turns = sorted(text.turns, key=lambda turn: turn.id != text.start)
    return [_turn(turn, writer) for turn in turns] + [_ending(ending, writer) for ending in text.endings]


def _turn(turn: TurnText, writer: StreamWriter) -> Raw:
    value = {
        "sign": turn.id,
        "speaker": turn.speaker,
        "text": turn.text,
        "choices": [item(choice.id, _choice(choice)) for choice in turn.choices],
        "sources": writer.rests_on(turn),
    }
    return {"type": "turn", "id": turn.id, "value": value}


def _choice(choice: ChoiceText) -> Raw:
    effects = dict.fromkeys(Side.values, "") | dict(choice.effects)
    return {"text": choice.text, "leads_to": choice.leads_to, "consequence": choice.consequence, "effects": effects}


def _ending(ending: EndingText, writer: StreamWriter) -> Raw:
    value = {
        "sign": ending.id,
        "title": ending.title,
        "text": ending.html,
        "reflection": ending.reflection,
        "sources": writer.rests_on(ending),
    }
    return {"type": "ending", "id": ending.id, "value": value}
