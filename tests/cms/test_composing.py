"""Composing: from live pages to plain data."""

from __future__ import annotations

import io

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from PIL import Image as Picture
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.images.models import Image

from cms.blocks.content import FEATURES
from cms.composing import compose_module, compose_step, final_html
from cms.starter import read_content
from courses.faults import faults_of
from courses.models import LegalSource
from courses.payload import Heading, Steps
from courses.sealed_media import path_of, store_sealed
from tests.cms.pages import check_page, lesson_page, module_page, option, question, text, whole_module

pytestmark = pytest.mark.django_db


def picture(color: str = "red") -> Image:
    data = io.BytesIO()
    Picture.new("RGB", (40, 30), color).save(data, "PNG")
    return Image.objects.create(title="Bild", file=ContentFile(data.getvalue(), "bild.png"))


def test_it_makes_a_draft_without_faults_of_a_whole_module() -> None:
    page = whole_module()

    draft = compose_module(page)

    assert [step.slug for step in draft.steps] == ["lektion", "kunskapskontroll"]
    assert draft.minutes == 9
    assert faults_of(draft) == []


def test_it_leaves_out_what_is_not_published() -> None:
    page = whole_module()
    lesson_page(page, slug="utkast", live=False)

    assert "utkast" not in [step.slug for step in compose_module(page).steps]


def test_it_composes_the_published_words_and_not_the_draft() -> None:
    page = whole_module()
    lesson = page.get_children().get(slug="lektion").specific
    lesson.title = "Ännu inte godkänd"
    lesson.save_revision()

    assert compose_module(page).steps[0].title == "Lektion"


def test_it_keeps_ids_of_blocks_questions_and_options() -> None:
    page = module_page()
    step = compose_step(lesson_page(page, body=[text("t9"), question("q9")]))

    assert [block.id for block in step.blocks] == ["t9", "q9"]
    assert [choice.id for choice in step.questions[0].options] == ["q9-a", "q9-b"]


def test_it_puts_the_situation_before_the_question() -> None:
    step = compose_step(lesson_page(module_page(), body=[question("q9", situation="En kväll.", text="Vad gör du?")]))

    assert step.questions[0].text == "En kväll.\n\nVad gör du?"


def test_it_numbers_options_only_where_order_is_asked_for() -> None:
    options = [option("a", position=2), option("b", position=1)]
    page = module_page()

    ordered = compose_step(lesson_page(page, slug="ett", body=[question("q1", kind="order", options=options)]))
    chosen = compose_step(lesson_page(page, slug="tva", body=[question("q1", options=options)]))

    assert [choice.position for choice in ordered.questions[0].options] == [2, 1]
    assert [choice.position for choice in chosen.questions[0].options] == [0, 0]


def test_it_resolves_links_between_pages_and_drops_the_editors_marks() -> None:
    other = module_page(title="Annan", slug="annan")

    html = final_html(f'<p data-block-key="x1y2z">Se <a linktype="page" id="{other.pk}">annan</a>.</p>\n<p>Mer.</p>')

    assert html == '<p>Se <a href="/moduler/annan/">annan</a>.</p><p>Mer.</p>'


def test_it_reads_the_same_after_the_editor_has_saved_it() -> None:
    """Otherwise every text of the starter content would look changed as soon as somebody opens its lesson and saves."""
    converter = ContentstateConverter(features=FEATURES)
    lessons = [lesson for module in read_content(settings.BASE_DIR / "content").modules for lesson in module.lessons]
    texts = [block.html for lesson in lessons for block in lesson.blocks if getattr(block, "html", "")]

    saved = [converter.to_database_format(converter.from_database_format(html)) for html in texts]

    assert len(texts) > 50
    assert [final_html(html) for html in saved] == [final_html(html) for html in texts]


def test_it_keeps_the_spaces_that_hold_words_together() -> None:
    assert final_html("<p>17\u00a0§\nlagen</p>") == "<p>17\u00a0§ lagen</p>"


def test_it_seals_images_by_what_they_hold() -> None:
    block = {"type": "image", "id": "i1", "value": {"image": picture().pk, "alt": "En röd yta", "is_decorative": False}}

    image = compose_step(lesson_page(module_page(), body=[block])).blocks[0]

    assert storages["private"].exists(path_of(image.file))
    assert (image.width, image.height, image.alt) == (40, 30, "En röd yta")


def test_it_keeps_the_same_bytes_once() -> None:
    first, second = store_sealed(b"samma", "webp"), store_sealed(b"samma", ".WEBP")

    assert first == second
    assert storages["private"].listdir("sealed")[1] == [first]


def test_it_reports_an_image_that_is_gone_as_one_without_text() -> None:
    block = {"type": "image", "id": "i1", "value": {"image": None, "alt": "", "is_decorative": False}}
    page = module_page()
    lesson_page(page, body=[block])
    check_page(page)

    assert [fault.block_id for fault in faults_of(compose_module(page))] == ["i1"]


def test_it_takes_legal_sources_as_worded_now() -> None:
    source = LegalSource.objects.create(
        key="osl-10-27", law="OSL", designation="OSL 10 kap. 27 §", summary="Intresseavvägning."
    )
    page = module_page()
    lesson_page(page, body=[{"type": "legal", "id": "r1", "value": {"source": source.pk, "text": "<p>Väg noga.</p>"}}])

    draft = compose_module(page)

    assert [(item.key, item.summary) for item in draft.sources] == [("osl-10-27", "Intresseavvägning.")]
    assert draft.steps[0].source_keys == ("osl-10-27",)


def test_it_composes_headings_and_steps() -> None:
    body = [
        {"type": "heading", "id": "h1", "value": "Först"},
        {
            "type": "steps",
            "id": "s1",
            "value": {"title": "Gör så här", "items": [{"type": "item", "id": "s1-1", "value": "<p>Lyssna.</p>"}]},
        },
    ]

    blocks = compose_step(lesson_page(module_page(), body=body)).blocks

    assert blocks == (Heading(id="h1", text="Först"), Steps(id="s1", title="Gör så här", items=("<p>Lyssna.</p>",)))
