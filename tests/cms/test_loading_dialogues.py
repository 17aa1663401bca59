"""A conversation from its file by way of its page to what is sealed: the same words, the same ways."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from cms.loading import Loaded, load
from cms.models import DialoguePage
from cms.starter import read_content
from courses.models import Edition
from courses.payload import Choice, Dialogue, Effect, read_payload
from courses.reading_text import lines_of_step
from tests.content.conftest import FILES
from tests.content.conversations import DIALOGUE, DIALOGUE_FILE

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


def loaded(folder: Path, dialogue: str = DIALOGUE) -> Loaded:
    for name, text in {**FILES, DIALOGUE_FILE: dialogue}.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return load(read_content(folder), at=AT)


def sealed() -> Dialogue:
    edition = Edition.objects.order_by("-pk").first()
    assert edition is not None
    step = read_payload(edition.payload).content.steps[1]
    assert isinstance(step, Dialogue)
    return step


def test_it_seals_what_the_file_says(tmp_path: Path) -> None:
    loaded(tmp_path)

    dialogue = sealed()
    assert (dialogue.key, dialogue.slug, dialogue.title, dialogue.minutes) == (
        "soffan",
        "samtal-i-soffan",
        "Samtal: i soffan",
        6,
    )
    assert (dialogue.workplaces, dialogue.milieu, dialogue.gender) == (("youth_centre", "school"), "far_right", "man")
    assert (dialogue.content_note, dialogue.objectives) == ("Samtalet innehåller hot i ord.", ("m1",))
    assert dialogue.setting == "<p>Det är <b>kväll</b> på fritidsgården.</p>"
    start, outside = dialogue.turns
    assert (dialogue.start, start.id, start.speaker, start.sources) == ("s-start", "s-start", "Elias", ("rf-2-1",))
    assert start.text == "”De borde bort”, säger Elias.\n\nDe andra skrattar."
    assert start.choices[0] == Choice(
        id="s-start-a",
        text="”Stopp. Kom, vi går ut en stund.”",
        leads_to="s-ute",
        consequence="Elias följer med.",
        effects=(
            Effect(side="safety", text="De andra ser att du sätter stopp."),
            Effect(side="right_way", text="Du tar det enskilt."),
        ),
    )
    assert [choice.leads_to for choice in outside.choices] == ["s-bra", "s-start"]
    good, end = dialogue.endings
    assert (good.title, good.reflection, good.sources) == ("Elias stannar kvar", "Vad gjorde att han stannade?", ("rf-2-1",))
    assert end.html == "<p>Du får veta mindre.</p>"


def test_it_puts_the_turn_first_that_the_conversation_begins_with(tmp_path: Path) -> None:
    last = DIALOGUE.replace("börjar: s-start", "börjar: s-ute")

    loaded(tmp_path, last)

    assert [turn.id for turn in sealed().turns] == ["s-ute", "s-start"]
    assert sealed().start == "s-ute"


def test_it_counts_dialogues(tmp_path: Path) -> None:
    assert [(module.lessons, module.dialogues) for module in loaded(tmp_path).modules] == [(1, 1)]


def test_it_changes_nothing_the_second_time(tmp_path: Path) -> None:
    loaded(tmp_path)
    page = DialoguePage.objects.get()

    loaded(tmp_path)

    assert Edition.objects.count() == 1
    assert DialoguePage.objects.get().latest_revision_id == page.latest_revision_id


def test_it_gives_out_a_changed_answer_as_a_readable_difference(tmp_path: Path) -> None:
    loaded(tmp_path)
    before = lines_of_step(sealed())

    loaded(tmp_path, DIALOGUE.replace("> Elias tystnar.", "> Elias går."))

    assert Edition.objects.count() == 2
    assert set(lines_of_step(sealed())) - set(before) == {"Elias går."}


def test_it_shows_where_an_answer_leads_also_when_two_turns_begin_alike(tmp_path: Path) -> None:
    alike = DIALOGUE.replace("Ni står vid dörren.", "”De borde bort”, säger Elias.\n\nDe andra skrattar.")
    loaded(tmp_path, alike)
    before = lines_of_step(sealed())

    loaded(tmp_path, alike.replace("- b -> s-start:", "- b -> s-ute:"))

    assert len(set(lines_of_step(sealed())) - set(before)) == 1
    assert "– ”Du är dum.” → Elias går hem" in before
