"""Faults of a conversation's graph, as sentences for its author: the same faults that giving out refuses."""

from collections.abc import Iterable, Mapping

from cms.starter.errors import Place, Problems
from cms.starter.exercise_texts import EndingText, TurnText
from courses.conversation import FlawKind, flaws_of
from courses.payload import Choice, Dialogue, Effect, Ending, Turn

SENTENCES = {
    FlawKind.NO_TURN: ("en dialog utan repliker", "minst ett block ”::: replik id”"),
    FlawKind.NO_ENDING: ("en dialog utan slut", "minst ett block ”::: slut id”"),
    FlawKind.NO_START: ("dialogen börjar i ”{name}” som inte är någon replik", "id:t på en replik"),
    FlawKind.REPEATED_ID: ("id ”{name}” står mer än en gång", "ett eget id för varje replik, svar och slut"),
    FlawKind.UNREACHABLE: ("”{place}” kan inte nås från början", "ett svar som leder hit"),
    FlawKind.NO_WAY_OUT: ("från ”{place}” går det inte att nå något slut", "minst en väg till ett slut"),
    FlawKind.TURN_WITHOUT_TEXT: ("en replik utan text", "det som sägs eller händer, före svaren"),
    FlawKind.ENDING_WITHOUT_TEXT: ("ett slut utan titel eller text", "en titel och minst en mening"),
    FlawKind.TOO_FEW_CHOICES: ("en replik med färre än två svar", "2–4 svar, ”- a -> id: svar”"),
    FlawKind.TOO_MANY_CHOICES: ("en replik med fler än fyra svar", "2–4 svar"),
    FlawKind.CHOICE_WITHOUT_TEXT: ("ett svar utan text", "”- a -> id: svar”"),
    FlawKind.NO_CONSEQUENCE: ("ett svar utan följd", "en indragen rad under som börjar med ”>”"),
    FlawKind.UNKNOWN_TARGET: ("svaret leder till ”{name}” som inte finns", "id:t på en replik eller ett slut"),
    FlawKind.REPEATED_SIDE: ("samma sida två gånger i ett svar", "varje sida högst en gång"),
}


def note_faults(
    start: str,
    head: Place,
    turns: Iterable[TurnText],
    endings: Iterable[EndingText],
    places: Mapping[str, Place],
    problems: Problems,
) -> None:
    """Note every fault at the line of its choice, turn or ending, or else at the line that names the start."""
    for flaw in flaws_of(_as_dialogue(start, turns, endings)):
        found, expected = SENTENCES[flaw.kind]
        place = places.get(flaw.choice) or places.get(flaw.place) or head
        problems.add(place, found.format(name=flaw.name, place=flaw.place), expected)


def _as_dialogue(start: str, turns: Iterable[TurnText], endings: Iterable[EndingText]) -> Dialogue:
    return Dialogue(
        key="",
        slug="",
        title="",
        minutes=1,
        setting="",
        start=start,
        turns=tuple(_turn(turn) for turn in turns),
        endings=tuple(Ending(id=ending.id, title=ending.title, html=ending.html) for ending in endings),
    )


def _turn(turn: TurnText) -> Turn:
    choices = tuple(
        Choice(
            id=choice.id,
            text=choice.text,
            leads_to=choice.leads_to,
            consequence=choice.consequence,
            effects=tuple(Effect(side=side, text=text) for side, text in choice.effects),
        )
        for choice in turn.choices
    )
    return Turn(id=turn.id, text=turn.text, choices=choices)
