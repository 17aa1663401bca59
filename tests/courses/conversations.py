"""Conversations for tests: a small one that can be led, and any at all."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from courses.payload import Choice, Dialogue, Effect, Ending, Turn


def choice(turn: str, letter: str, leads_to: str, **changes: Any) -> Choice:
    fields = {"text": f"Svar {turn}{letter}", "leads_to": leads_to, "consequence": f"Följd {turn}{letter}."}
    return Choice(**{"id": f"{turn}-{letter}"} | fields | changes)


def turn(id: str, *targets: str, **changes: Any) -> Turn:
    choices = tuple(choice(id, "abcd"[number], target) for number, target in enumerate(targets))
    return Turn(**{"id": id, "text": f"Replik {id}.", "speaker": "Elias", "choices": choices} | changes)


def ending(id: str, **changes: Any) -> Ending:
    fields = {"title": f"Slut {id}", "html": f"<p>Så blev det {id}.</p>", "reflection": f"Fundera {id}?"}
    return Ending(**{"id": id} | fields | changes)


def dialogue(key: str = "d1", **changes: Any) -> Dialogue:
    """Four turns with a loop, and two endings."""
    effect = Effect(side="safety", text="De andra ser att du sätter stopp.")
    first = Turn(
        id="start",
        speaker="Elias",
        text="”De borde bort.”\n\nDe andra skrattar.",
        choices=(choice("start", "a", "ute", effects=(effect,)), choice("start", "b", "tyst")),
    )
    fields: dict[str, Any] = {
        "key": key,
        "slug": key,
        "title": "Samtal i soffan",
        "minutes": 6,
        "setting": "<p>Det är kväll.</p>",
        "start": "start",
        "turns": (first, turn("ute", "bra", "tyst"), turn("tyst", "start", "lugn"), turn("lugn", "slut", "bra")),
        "endings": (ending("bra"), ending("slut")),
        "objectives": ("m1",),
    }
    return Dialogue(**fields | changes)


@st.composite
def any_dialogues(draw: st.DrawFn) -> Dialogue:
    """Up to six turns and three endings, with choices that lead anywhere, also where there is nothing."""
    turns = [f"t{number}" for number in range(draw(st.integers(0, 6)))]
    endings = [f"e{number}" for number in range(draw(st.integers(0, 3)))]
    targets = st.lists(st.sampled_from([*turns, *endings, "ingenstans"]), max_size=4)
    start = draw(st.sampled_from([*turns, "ingenstans"]))
    made = tuple(turn(id_, *draw(targets)) for id_ in turns)
    return dialogue(start=start, turns=made, endings=tuple(ending(id_) for id_ in endings))


@st.composite
def sound_dialogues(draw: st.DrawFn) -> Dialogue:
    """The first answer of each turn leads onwards to a later turn or an ending, the others anywhere, also back."""
    names = [*(f"t{number}" for number in range(draw(st.integers(1, 6)))), "e0", "e1"]
    made = []
    for number, id_ in enumerate(names[:-2]):
        onwards = draw(st.sampled_from(names[number + 1 :]))
        made.append(turn(id_, onwards, *draw(st.lists(st.sampled_from(names), min_size=1, max_size=3))))
    return dialogue(start="t0", turns=tuple(made), endings=(ending("e0"), ending("e1")))
