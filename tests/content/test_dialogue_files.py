"""A conversation is read from its file, or refused with the line of every fault."""

from pathlib import Path

import pytest

from cms.starter import read_content
from cms.starter.choices import SIDES
from cms.starter.exercise_texts import DialogueText
from cms.starter.situations import GENDERS, MILIEUS, WORKPLACES
from courses.situations import Gender, Milieu, Side, Workplace
from tests.content.conftest import Spoil
from tests.content.conversations import DIALOGUE, DIALOGUE_FILE
from tests.content.test_refusing_files import line_of


@pytest.fixture(autouse=True)
def conversation(folder: Path) -> DialogueText:
    (folder / DIALOGUE_FILE).write_text(DIALOGUE, encoding="utf-8")
    step = read_content(folder).modules[0].steps[1]
    assert isinstance(step, DialogueText)
    return step


def test_it_reads_the_head(conversation: DialogueText) -> None:
    assert (conversation.key, conversation.start, conversation.objective_ids) == ("soffan", "s-start", ("m1",))
    assert (conversation.workplaces, conversation.milieu) == (("youth_centre", "school"), "far_right")
    assert (conversation.gender, conversation.content_note) == ("man", "Samtalet innehåller hot i ord.")
    assert conversation.setting.html == "<p>Det är <b>kväll</b> på fritidsgården.</p>"


def test_it_reads_turns_with_their_choices(conversation: DialogueText) -> None:
    start, outside = conversation.turns

    assert (start.speaker, start.text) == ("Elias", "”De borde bort”, säger Elias.\n\nDe andra skrattar.")
    assert (outside.speaker, start.legal_sources) == ("", ("rf-2-1",))
    assert [choice.id for choice in start.choices] == ["s-start-a", "s-start-b"]
    assert (start.choices[0].text, start.choices[0].leads_to) == ("”Stopp. Kom, vi går ut en stund.”", "s-ute")
    assert start.choices[0].consequence == "Elias följer med."
    assert start.choices[0].effects == (
        ("safety", "De andra ser att du sätter stopp."),
        ("right_way", "Du tar det enskilt."),
    )


def test_it_reads_endings_with_something_to_think_about(conversation: DialogueText) -> None:
    good = conversation.endings[0]

    assert (good.id, good.title, good.html) == ("s-bra", "Elias stannar kvar", "<p>Ni pratar vidare i morgon.</p>")
    assert good.reflection == "Vad gjorde att han stannade?"


@pytest.mark.parametrize(
    ("old", "new", "at", "found"),
    [
        ("- b -> s-start:", "- b -> s-borta:", "- b -> s-start", "svaret leder till ”s-borta” som inte finns"),
        ("börjar: s-start", "börjar: s-borta", "börjar:", "dialogen börjar i ”s-borta”"),
        ("- b -> s-slut:", "- b -> s-ute:", "::: slut s-slut", "”s-slut” kan inte nås från början"),
        ("börjar: s-start\n", "", "sort: dialog", "fältet ”börjar” saknas"),
        ("  > Elias tystnar.\n", "", "- b -> s-slut", "ett svar utan följd"),
        ("- b -> s-slut: ”Du är dum.”\n  > Elias tystnar.\n", "", "::: replik s-start", "färre än två svar"),
        ("> rätt väg: Du", "> trygghet: Du", "- a -> s-ute", "samma sida två gånger"),
        ("> rätt väg: Du", "> vägen: Du", "  > rätt väg", "sidan ”vägen”"),
        ("::: replik s-ute", "::: replik s-start", "::: replik s-start", "id ”s-start” står mer än en gång"),
        ("- b -> s-start: ”Gå", "- a -> s-start: ”Gå", "- a -> s-bra", "id ”s-ute-a” står mer än en gång"),
        ("- b -> s-start: ”Gå", "b -> s-start: ”Gå", "- b -> s-start", "bland svaren"),
        ("Ni står vid dörren.\n", "", "::: replik s-ute", "en replik utan text"),
        ("### Att fundera på\nVad hade du velat säga?\n", "", "::: slut s-slut", "ett slut utan fråga att fundera på"),
        ("titel: Elias går hem\n", "", "::: slut s-slut", "fältet ”titel” saknas"),
        ("talar: Elias", "säger: Elias", "talar: Elias", "okänt fält ”säger”"),
        ("fakta: metod\n\nNi står", "\nNi står", "::: replik s-ute", "fältet ”fakta” saknas"),
        ("miljö: högerextrem", "miljö: partiet", "miljö:", "”partiet” i fältet ”miljö”"),
        ("kön: man\n", "", "sort: dialog", "fältet ”kön” saknas"),
        ("fritidsgård, skola", "fritidsgård, kyrka", "arbetsplatser:", "”kyrka” i fältet ”arbetsplatser”"),
        ("rättskällor: rf-2-1", "rättskällor: rf-9-9", "::: slut s-bra", "rättskällan ”rf-9-9” är okänd"),
        ("::: situation", "::: replik", "sort: dialog", "en dialog utan situation"),
        ("::: situation", "::: text", "::: situation", "blocket ”text” i en dialog"),
        ("sort: dialog", "sort: samtal", "sort: dialog", "sorten ”samtal”"),
        ("Han berättar.", "Han **berättar**.", "- a -> s-bra", "i en text utan formatering"),
        ("::: slut s-slut", "::: slut p-text", "::: slut s-slut", "id ”p-text” finns redan i prov/01-forst.md"),
    ],
)
def test_it_names_the_line_of_a_fault(spoil: Spoil, old: str, new: str, at: str, found: str) -> None:
    problems = spoil(DIALOGUE_FILE, old, new)

    assert (DIALOGUE_FILE, line_of(DIALOGUE, at)) in {(p.file, p.line) for p in problems if found in p.found}


def test_it_names_the_turns_that_no_ending_can_be_reached_from(spoil: Spoil) -> None:
    loop = "\n::: replik s-runt\nfakta: metod\n\nRunt.\n\n- a -> s-runt: Ja\n  > Ja.\n- b -> s-runt: Nej\n  > Nej.\n:::\n"

    problems = spoil(DIALOGUE_FILE, "\n::: slut s-slut", loop + "\n::: slut s-slut")

    assert {problem.found for problem in problems} == {
        "”s-runt” kan inte nås från början",
        "från ”s-runt” går det inte att nå något slut",
    }


def test_it_knows_the_same_attributes_as_the_pages() -> None:
    assert set(WORKPLACES.values()) == set(Workplace.values)
    assert set(MILIEUS.values()) == set(Milieu.values)
    assert set(GENDERS.values()) == set(Gender.values)
    assert set(SIDES.values()) == set(Side.values)
