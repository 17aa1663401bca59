"""A table of words, from the editor to the sealed lesson and the open page."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from cms.blocks import TableBlock
from cms.composing import compose_step
from cms.loading.streams import StreamWriter
from cms.models import HomePage, LessonPage, StandardPage
from cms.site_tree import keep_tree
from cms.starter.texts import TableText
from courses.models import LegalSource
from courses.payload import Source, Table
from courses.reading_text import lines_of_block
from courses.rendering import render_block
from tests.cms.pages import lesson_page, module_page

SEALED = Table(
    id="b1",
    caption="Sekretess där du arbetar",
    columns=("Plats", "Utgå från"),
    rows=(("Förskola", "hemligt"), ("Torget", "")),
    sources=("osl",),
)


def raw(**changes: Any) -> dict[str, Any]:
    table = {
        "columns": [{"type": "text", "heading": "Plats"}, {"type": "text", "heading": "Utgå från"}],
        "rows": [{"values": ["Förskola", "hemligt"]}],
        "caption": "Sekretess där du arbetar",
    }
    return {"table": table | changes, "sources": []}


@pytest.mark.django_db
def test_it_is_composed_as_plain_words() -> None:
    page = lesson_page(module_page(), body=[{"type": "table", "id": "b1", "value": raw()}])

    step = compose_step(LessonPage.objects.get(pk=page.pk))

    assert step.blocks == (
        Table(id="b1", caption="Sekretess där du arbetar", columns=("Plats", "Utgå från"), rows=(("Förskola", "hemligt"),)),
    )


@pytest.mark.django_db
def test_it_is_composed_of_the_starter_files_too() -> None:
    text = TableText(id="b1", facts=("A2",), title="Titel", columns=("Plats", "Sort"), rows=(("Skola", "svag"),))
    page = lesson_page(module_page(), body=StreamWriter({}).stream([text]))

    step = compose_step(LessonPage.objects.get(pk=page.pk))

    assert step.blocks == (Table(id="b1", caption="Titel", columns=("Plats", "Sort"), rows=(("Skola", "svag"),)),)


@pytest.mark.parametrize(
    "changes",
    [
        {"caption": " "},
        {"rows": []},
        {"columns": [{"type": "text", "heading": "Plats"}, {"type": "text", "heading": ""}]},
        {"columns": [{"type": "text", "heading": "Plats"}], "rows": [{"values": ["Förskola"]}]},
        {"rows": [{"values": ["", "hemligt"]}]},
    ],
    ids=["no caption", "no row", "no heading", "one column", "a row without a name"],
)
def test_it_refuses_a_table_that_nobody_could_follow(changes: dict[str, Any]) -> None:
    block = TableBlock()

    with pytest.raises(ValidationError):
        block.clean(block.to_python(raw(**changes)))


def test_it_accepts_an_empty_cell_that_is_not_the_name() -> None:
    block = TableBlock()

    cleaned = block.clean(block.to_python(raw(rows=[{"values": ["Torget", ""]}])))

    assert cleaned["table"].row_data == [{"values": ["Torget", ""]}]


def test_it_says_its_column_in_every_cell_for_the_phone() -> None:
    html = render_block(SEALED, {"osl": Source(key="osl", designation="OSL 23 kap. 1 §", law="OSL")})

    assert 'data-label="Utgå från"' in html
    assert "<caption>Sekretess där du arbetar</caption>" in html
    assert "OSL 23 kap. 1 §" in html


def test_it_reads_as_lines() -> None:
    assert lines_of_block(SEALED) == [
        "Sekretess där du arbetar",
        "Plats | Utgå från",
        "Förskola | hemligt",
        "Torget | ",
    ]


@pytest.mark.django_db
def test_it_stands_on_open_pages_with_its_sources(client: Client) -> None:
    keep_tree()
    source = LegalSource.objects.create(key="osl-23-1", law="OSL", sfs="2009:400", designation="23 kap. 1 § OSL")
    value = raw() | {"sources": [{"type": "item", "id": "s1", "value": source.pk}]}
    page = StandardPage(title="Karta", slug="karta", body=[{"type": "table", "id": "b1", "value": value}])
    HomePage.objects.get().add_child(instance=page)

    shown = client.get("/karta/").content.decode()

    assert 'data-label="Utgå från"' in shown
    assert "23 kap. 1 § OSL" in shown
