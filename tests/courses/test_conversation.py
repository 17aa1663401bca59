"""A conversation is a graph: what is wrong with it, where one stands in it, and how it is drawn."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from courses.conversation import BrokenWay, Flaw, FlawKind, flaws_of, follow, graph_of, layers_of
from courses.payload import Dialogue, Effect, Turn
from tests.courses.conversations import any_dialogues, choice, dialogue, ending, sound_dialogues, turn


def met_from(dialogue: Dialogue, start: str) -> set[str]:
    """Everything that somebody meets who tries each choice from there, never twice at the same place."""
    targets = {one.id: [option.leads_to for option in one.choices] for one in dialogue.turns}
    known = {*targets, *(one.id for one in dialogue.endings)}
    met, news = set(), {start} & known
    while news:
        met |= news
        news = {target for here in news for target in targets.get(here, ()) if target in known} - met
    return met


def kinds_at(dialogue: Dialogue, place: str) -> set[FlawKind]:
    return {flaw.kind for flaw in flaws_of(dialogue) if flaw.place == place}


def test_it_finds_nothing_wrong_with_a_conversation_that_can_be_led() -> None:
    assert flaws_of(dialogue()) == []


@given(any_dialogues())
def test_it_finds_exactly_the_places_that_cannot_be_reached(any_one: Dialogue) -> None:
    met = met_from(any_one, any_one.start)

    lost = {flaw.place for flaw in flaws_of(any_one) if flaw.kind is FlawKind.UNREACHABLE}

    assert lost == {one.id for one in (*any_one.turns, *any_one.endings)} - met


@given(any_dialogues())
def test_it_finds_exactly_the_turns_that_no_ending_can_be_reached_from(any_one: Dialogue) -> None:
    endings = {one.id for one in any_one.endings}

    endless = {flaw.place for flaw in flaws_of(any_one) if flaw.kind is FlawKind.NO_WAY_OUT}

    assert endless == {one.id for one in any_one.turns if not met_from(any_one, one.id) & endings}


@given(sound_dialogues(), st.data())
def test_it_can_be_led_to_an_end_whatever_was_chosen_before(sound: Dialogue, data: st.DataObject) -> None:
    chosen: list[str] = []
    for _ in range(data.draw(st.integers(0, 7))):
        now = follow(sound, chosen).now
        if isinstance(now, Turn):
            chosen.append(data.draw(st.sampled_from([option.id for option in now.choices])))

    for _ in sound.turns:
        now = follow(sound, chosen).now
        chosen += [now.choices[0].id] if isinstance(now, Turn) else []

    assert follow(sound, chosen).is_over
    assert FlawKind.NO_WAY_OUT not in {flaw.kind for flaw in flaws_of(sound)}


@given(any_dialogues())
def test_it_draws_every_place_once_and_every_edge_downwards_that_does_not_lead_back(any_one: Dialogue) -> None:
    layers, graph = layers_of(any_one), graph_of(any_one)
    row = {id_: number for number, row in enumerate(layers.rows) for id_ in row}

    assert sorted(layers.order) == sorted(graph)
    assert set(layers.lost) == set(graph) - met_from(any_one, any_one.start)
    for here in row:
        for target in graph[here]:
            assert row[target] > row[here] or (here, target) in layers.back


@given(any_dialogues())
def test_it_keeps_a_slot_for_an_edge_in_every_layer_that_it_passes(any_one: Dialogue) -> None:
    layers, graph = layers_of(any_one), graph_of(any_one)
    row = {id_: number for number, row in enumerate(layers.rows) for id_ in row}

    for here in row:
        for target in graph[here]:
            passed = [number for number, slots in enumerate(layers.slots) if (here, target) in slots]
            assert passed == list(range(row[here] + 1, row[target]))


@given(any_dialogues())
def test_it_calls_only_edges_back_that_close_a_circle(any_one: Dialogue) -> None:
    for here, target in layers_of(any_one).back:
        assert here in met_from(any_one, target)


@given(any_dialogues(), st.lists(st.text(max_size=3), max_size=4))
def test_it_refuses_a_way_that_is_none(any_one: Dialogue, chosen: list[str]) -> None:
    assume(chosen)

    with pytest.raises(BrokenWay):
        follow(any_one, chosen)


def test_it_says_where_the_conversation_stands() -> None:
    standing = follow(dialogue(), ["start-a", "ute-b"])

    assert [said.choice.text for said in standing.past] == ["Svar starta", "Svar uteb"]
    assert (standing.now.id, standing.is_over) == ("tyst", False)
    assert follow(dialogue(), []).latest is None


def test_it_refuses_to_go_on_after_an_ending() -> None:
    assert follow(dialogue(), ["start-a", "ute-a"]).is_over
    with pytest.raises(BrokenWay):
        follow(dialogue(), ["start-a", "ute-a", "start-a"])


def test_it_refuses_a_choice_of_another_turn() -> None:
    with pytest.raises(BrokenWay):
        follow(dialogue(), ["ute-a"])


@pytest.mark.parametrize(
    ("changed", "flaw"),
    [
        (turn("ute", "bra"), Flaw(FlawKind.TOO_FEW_CHOICES, "ute")),
        (turn("ute", "bra", "tyst", "slut", "bra", choices=()), Flaw(FlawKind.TOO_FEW_CHOICES, "ute")),
        (turn("ute", "bra", "borta"), Flaw(FlawKind.UNKNOWN_TARGET, "ute", "ute-b", "borta")),
        (turn("ute", "bra", "tyst", text=" "), Flaw(FlawKind.TURN_WITHOUT_TEXT, "ute")),
        (
            turn("ute", choices=(choice("ute", "a", "bra", consequence=" "), choice("ute", "b", "tyst"))),
            Flaw(FlawKind.NO_CONSEQUENCE, "ute", "ute-a", "Svar utea"),
        ),
        (
            turn("ute", choices=(choice("ute", "a", "bra"), choice("ute", "a", "tyst"))),
            Flaw(FlawKind.REPEATED_ID, "ute", "ute-a", "ute-a"),
        ),
        (
            turn("ute", choices=(choice("ute", "a", "bra", text=""), choice("ute", "b", "tyst"))),
            Flaw(FlawKind.CHOICE_WITHOUT_TEXT, "ute", "ute-a", "ute-a"),
        ),
        (
            turn("ute", choices=tuple(choice("ute", letter, "bra") for letter in "abcde")),
            Flaw(FlawKind.TOO_MANY_CHOICES, "ute"),
        ),
    ],
)
def test_it_names_what_is_wrong_with_a_turn(changed: Turn, flaw: Flaw) -> None:
    others = tuple(one for one in dialogue().turns if one.id != "ute")

    assert flaw in flaws_of(dialogue(turns=(*others, changed)))


def test_it_names_a_side_that_a_choice_touches_twice() -> None:
    twice = (Effect(side="safety", text="Lugnt."), Effect(side="safety", text="Oroligt."))
    first = turn("start", choices=(choice("start", "a", "bra", effects=twice), choice("start", "b", "bra")))

    flaws = flaws_of(dialogue(turns=(first,), endings=(ending("bra"),)))

    assert flaws == [Flaw(FlawKind.REPEATED_SIDE, "start", "start-a", "safety")]


def test_it_names_what_the_whole_lacks() -> None:
    empty = flaws_of(dialogue(turns=(), endings=()))

    assert empty == [Flaw(FlawKind.NO_TURN), Flaw(FlawKind.NO_ENDING)]
    assert Flaw(FlawKind.NO_START, name="borta") in flaws_of(dialogue(start="borta"))
    assert kinds_at(dialogue(endings=(ending("bra"), ending("slut"), ending("bra"))), "bra") == {FlawKind.REPEATED_ID}
    assert kinds_at(dialogue(endings=(ending("bra", title=""), ending("slut"))), "bra") == {FlawKind.ENDING_WITHOUT_TEXT}


def test_it_refuses_a_way_that_leads_nowhere() -> None:
    nowhere = dialogue(turns=(turn("start", "borta", "bra"),))

    with pytest.raises(BrokenWay):
        follow(nowhere, ["start-a"])
    with pytest.raises(BrokenWay):
        follow(dialogue(start="borta"), [])
