"""What all who have led a conversation answered in it, as far as it may be seen: whole batches, never a person."""

from __future__ import annotations

from dataclasses import dataclass

from courses.conversation import layers_of, places_of
from courses.models import ConversationCount, Edition, Step
from courses.payload import Dialogue, Turn, read_step


@dataclass(frozen=True)
class CountedChoice:
    """An answer, and in how many of the conversations it was chosen."""

    text: str
    count: int


@dataclass(frozen=True)
class CountedTurn:
    """A turn with its answers, under its number in the order of reading."""

    number: int
    speaker: str
    text: str
    choices: tuple[CountedChoice, ...]


@dataclass(frozen=True)
class CountedEdition:
    """One wording of a conversation, and the answers that its readers gave."""

    edition: Edition
    title: str
    conversations: int
    turns: tuple[CountedTurn, ...]


def conversations_counted() -> dict[str, int]:
    """Return how many conversations may be seen, by the key of the step; those without any are left out. One query."""
    found: dict[str, int] = {}
    for key, number in ConversationCount.objects.filter(conversations__gt=0).values_list("step_key", "conversations"):
        found[key] = found.get(key, 0) + number
    return found


def answers_in(step_key: str) -> list[CountedEdition]:
    """Return the answers by edition, the newest first; two queries."""
    counts = ConversationCount.objects.filter(step_key=step_key, conversations__gt=0).select_related("edition__module")
    rows = list(counts.order_by("-edition__major", "-edition__minor"))
    steps = Step.objects.filter(key=step_key, edition__in=[row.edition_id for row in rows])
    sealed = {step.edition_id: read_step(step.content) for step in steps}
    pairs = ((row, sealed[row.edition_id]) for row in rows)
    return [_counted(row, content) for row, content in pairs if isinstance(content, Dialogue)]


def _counted(row: ConversationCount, dialogue: Dialogue) -> CountedEdition:
    places = places_of(dialogue)
    order = [places[id_] for id_ in layers_of(dialogue).order]
    numbered = [(number, one) for number, one in enumerate(order, start=1) if isinstance(one, Turn)]
    turns = tuple(_turn(number, turn, row) for number, turn in numbered)
    return CountedEdition(row.edition, dialogue.title, row.conversations, turns)


def _turn(number: int, turn: Turn, row: ConversationCount) -> CountedTurn:
    choices = tuple(CountedChoice(choice.text, row.choices.get(choice.id, 0)) for choice in turn.choices)
    return CountedTurn(number, turn.speaker, turn.text, choices)
