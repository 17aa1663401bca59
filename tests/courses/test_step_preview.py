"""What a trainer sees of a step that is not sealed."""

import pytest

from courses.payload import CityField, Heading, Image, Legal, Quotation, Reflection, Source, Steps, Table, Text, Video
from courses.rendering import render_step_preview
from tests.drafts import check, lesson, question

pytestmark = pytest.mark.usefixtures("in_english")
SOURCES = (Source(key="osl", designation="OSL 10 kap. 27 §", law="OSL", summary="Så står det."),)
FILE = f"{'a' * 64}.mp4"


def test_it_shows_every_kind_of_block() -> None:
    blocks = (
        Heading(id="h", text="Rubrik"),
        Text(id="t", html="<p>Löpande text.</p>", sources=("osl",)),
        Image(id="i", file=f"{'b' * 64}.png", width=3, height=2, alt="Ett torg"),
        Quotation(id="c", text="Planen säger så", source="Planen"),
        Legal(id="l", source="osl", html="<p>Det betyder detta.</p>"),
        Reflection(id="r", prompt="Vad skulle du göra?"),
        Video(id="v", title="Filmen", file=FILE, captions=f"{'c' * 64}.vtt", transcript="<p>Allt som sägs.</p>"),
        Steps(id="s", title="Gör så här", items=("<p>Ring.</p>",)),
        Table(id="b", caption="Kartan", columns=("Plats", "Läge"), rows=(("Torget", "lugnt"),)),
        CityField(id="f", label="Kontakt", instruction="Skriv numret."),
    )

    html = render_step_preview(lesson(blocks=blocks, content_note="Här nämns våld."), SOURCES)

    for words in ("Rubrik", "Löpande text.", "Ett torg", "Planen säger så", "Det betyder detta.", "Vad skulle du göra?"):
        assert words in html
    for words in (
        "Filmen",
        "<p>Allt som sägs.</p>",
        "Ring.",
        "Kartan",
        "lugnt",
        "Kontakt",
        "Här nämns våld.",
        "OSL 10 kap. 27 §",
    ):
        assert words in html


def test_it_shows_each_question_with_what_is_said_after_it() -> None:
    html = render_step_preview(lesson(blocks=(question(sources=("osl",)),)), SOURCES)

    assert "Räcker misstanke?" in html
    assert "Misstanke räcker." in html
    assert "OSL 10 kap. 27 §" in html


def test_it_shows_the_whole_bank_of_a_check() -> None:
    html = render_step_preview(check(introduction="<p>Nu gäller det.</p>"), ())

    assert html.count("<fieldset") == 4
    assert "<p>Nu gäller det.</p>" in html


def test_a_source_that_does_not_exist_yet_breaks_no_preview() -> None:
    html = render_step_preview(lesson(blocks=(Legal(id="l", source="finns-inte"),)), ())

    assert "Lektion l1" in html
