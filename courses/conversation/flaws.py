"""What keeps a conversation from being led: every reason, with the place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from courses.conversation.graph import graph_of, reachable_from, without_way_out
from courses.payload import Choice, Dialogue, Ending, Turn

FEWEST_CHOICES, MOST_CHOICES = 2, 4


class FlawKind(StrEnum):
    """What is wrong."""

    NO_TURN = "no_turn"
    NO_ENDING = "no_ending"
    NO_START = "no_start"
    REPEATED_ID = "repeated_id"
    UNREACHABLE = "unreachable"
    NO_WAY_OUT = "no_way_out"
    TURN_WITHOUT_TEXT = "turn_without_text"
    ENDING_WITHOUT_TEXT = "ending_without_text"
    TOO_FEW_CHOICES = "too_few_choices"
    TOO_MANY_CHOICES = "too_many_choices"
    CHOICE_WITHOUT_TEXT = "choice_without_text"
    NO_CONSEQUENCE = "no_consequence"
    UNKNOWN_TARGET = "unknown_target"
    REPEATED_SIDE = "repeated_side"


@dataclass(frozen=True)
class Flaw:
    """One reason. `place` is the id of a turn or ending, empty for the whole; `choice` and `name` say more where needed."""

    kind: FlawKind
    place: str = ""
    choice: str = ""
    name: str = ""


def flaws_of(dialogue: Dialogue) -> list[Flaw]:
    """Return everything that is wrong, first of the whole, then turn by turn and ending by ending."""
    found = [*_of_the_whole(dialogue), *_repeated_ids(dialogue)]
    known = set(graph_of(dialogue))
    lost = known - reachable_from([dialogue.start], graph_of(dialogue))
    endless = without_way_out(dialogue)
    for turn in dialogue.turns:
        found += _of_turn(turn, known)
        found += [Flaw(FlawKind.UNREACHABLE, turn.id)] if turn.id in lost else []
        found += [Flaw(FlawKind.NO_WAY_OUT, turn.id)] if turn.id in endless else []
    for ending in dialogue.endings:
        found += _of_ending(ending)
        found += [Flaw(FlawKind.UNREACHABLE, ending.id)] if ending.id in lost else []
    return found


def _of_the_whole(dialogue: Dialogue) -> Iterator[Flaw]:
    if not dialogue.turns:
        yield Flaw(FlawKind.NO_TURN)
    elif dialogue.start not in {turn.id for turn in dialogue.turns}:
        yield Flaw(FlawKind.NO_START, name=dialogue.start)
    if not dialogue.endings:
        yield Flaw(FlawKind.NO_ENDING)


def _repeated_ids(dialogue: Dialogue) -> Iterator[Flaw]:
    places = Counter([*(turn.id for turn in dialogue.turns), *(ending.id for ending in dialogue.endings)])
    yield from (Flaw(FlawKind.REPEATED_ID, id_, name=id_) for id_, count in places.items() if count > 1)
    choices = [(turn.id, choice.id) for turn in dialogue.turns for choice in turn.choices]
    counts = Counter(choice for _turn, choice in choices)
    yield from (Flaw(FlawKind.REPEATED_ID, turn, choice, choice) for turn, choice in choices if counts[choice] > 1)


def _of_turn(turn: Turn, known: set[str]) -> Iterator[Flaw]:
    if not turn.text.strip():
        yield Flaw(FlawKind.TURN_WITHOUT_TEXT, turn.id)
    if len(turn.choices) < FEWEST_CHOICES:
        yield Flaw(FlawKind.TOO_FEW_CHOICES, turn.id)
    if len(turn.choices) > MOST_CHOICES:
        yield Flaw(FlawKind.TOO_MANY_CHOICES, turn.id)
    for choice in turn.choices:
        yield from (Flaw(kind, turn.id, choice.id, name) for kind, name in _of_choice(choice, known))


def _of_choice(choice: Choice, known: set[str]) -> Iterator[tuple[FlawKind, str]]:
    if not choice.text.strip():
        yield FlawKind.CHOICE_WITHOUT_TEXT, choice.id
    if not choice.consequence.strip():
        yield FlawKind.NO_CONSEQUENCE, choice.text
    if choice.leads_to not in known:
        yield FlawKind.UNKNOWN_TARGET, choice.leads_to
    sides = Counter(effect.side for effect in choice.effects)
    yield from ((FlawKind.REPEATED_SIDE, side) for side, count in sides.items() if count > 1)


def _of_ending(ending: Ending) -> Iterator[Flaw]:
    if not ending.title.strip() or not ending.html.strip():
        yield Flaw(FlawKind.ENDING_WITHOUT_TEXT, ending.id)
