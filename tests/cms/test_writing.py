"""What the editor accepts, what it refuses, and what never reaches a search."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from PIL import Image as Picture
from wagtail.blocks import StructBlockValidationError
from wagtail.images.models import Image
from wagtail.models import Page

from cms.blocks import ImageBlock, LessonStreamBlock, QuestionBlock, QuestionStreamBlock
from cms.blocks.content import TEXT_LENGTH
from organisation.models import User
from tests.cms.pages import lesson_page, module_page, option, question, text, whole_module

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


def clean_question(**changes: Any) -> Any:
    stream = QuestionStreamBlock()
    return stream.clean(stream.to_python([question(**changes)]))


def test_it_accepts_a_question_of_each_kind() -> None:
    accepted = [
        clean_question(),
        clean_question(kind="several", options=[option("a", right=True), option("b", right=True)]),
        clean_question(kind="true_false"),
        clean_question(kind="order", options=[option("a", position=2), option("b", position=1)]),
    ]

    assert [stream[0].value["kind"] for stream in accepted] == ["single", "several", "true_false", "order"]


@pytest.mark.parametrize(
    "changes",
    [
        {"options": [option("a"), option("b")]},
        {"options": [option("a", right=True), option("b", right=True)]},
        {"options": [option("a", right=True)]},
        {"options": [option("a", right=True, explanation=""), option("b")]},
        {"kind": "true_false", "options": [option("a", right=True), option("b"), option("c")]},
        {"kind": "order", "options": [option("a", position=1), option("b", position=2)]},
        {"kind": "order", "options": [option("a", position=3), option("b", position=1)]},
        {"kind": "order", "options": [option("a"), option("b", position=1)]},
        {"text": ""},
    ],
)
def test_it_refuses_a_question_that_cannot_be_answered_or_explained(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        clean_question(**changes)


def test_it_lets_a_draft_of_a_question_be_unfinished() -> None:
    block = QuestionBlock()
    value = block.to_python(question(text="", options=[])["value"])

    assert block.clean_deferred(value)["text"] == ""


@pytest.mark.parametrize(("alt", "is_decorative"), [("", False), ("En bild", True)])
def test_it_asks_for_one_decision_about_an_image(alt: str, is_decorative: bool) -> None:
    data = io.BytesIO()
    Picture.new("RGB", (4, 3)).save(data, "PNG")
    image = Image.objects.create(title="Bild", file=SimpleUploadedFile("bild.png", data.getvalue()))
    block = ImageBlock()
    value = block.to_python({"image": image.pk, "alt": alt, "is_decorative": is_decorative, "caption": ""})

    with pytest.raises(StructBlockValidationError) as refusal:
        block.clean(value)

    assert list(refusal.value.block_errors) == ["alt"]


def test_it_refuses_a_text_of_200_000_characters_and_says_how_long_it_may_be() -> None:
    stream = LessonStreamBlock()
    value = stream.to_python([{"type": "fact", "id": "f1", "value": {"title": "Fakta", "text": f"<p>{'a' * 200_000}</p>"}}])

    with pytest.raises(ValidationError) as refusal:
        stream.clean(value)

    assert str(TEXT_LENGTH) in _messages(refusal.value)


def _messages(error: Any) -> str:
    nested = [*getattr(error, "block_errors", {}).values()]
    return " ".join(_messages(inner) for inner in nested) if nested else " ".join(error.messages)


def test_it_refuses_a_file_that_only_says_it_is_an_image(trainer: User, client_of: ClientOf) -> None:
    fake = SimpleUploadedFile("bild.png", b"<script>alert(1)</script>", content_type="image/png")

    response = client_of(trainer).post(reverse("wagtailimages:add"), {"title": "Bild", "file": fake, "collection": "1"})

    assert response.status_code == 200
    assert response.context["form"].errors["file"]
    assert not Image.objects.exists()


@pytest.mark.parametrize("name", ["skript.html", "bild.svg", "program.exe"])
def test_it_refuses_documents_of_other_types(name: str, trainer: User, client_of: ClientOf) -> None:
    file = SimpleUploadedFile(name, b"<script>alert(1)</script>")

    response = client_of(trainer).post(reverse("wagtaildocs:add"), {"title": "x", "file": file, "collection": "1"})

    assert response.context["form"].errors["file"]


def test_it_never_lets_a_search_find_an_answer() -> None:
    page = module_page()
    lesson_page(page, body=[text(html="<p>Utrymning.</p>"), question(options=[option("a", "larmar", right=True), option("b")])])
    call_command("update_index", verbosity=0)

    assert "larmar" not in " ".join(LessonStreamBlock().get_searchable_content(page.get_children().first().specific.body))
    assert list(Page.objects.search("larmar")) == []
    assert [found.slug for found in Page.objects.search("utrymning")] == ["lektion"]


def test_it_shows_no_answer_without_login(client: Client) -> None:
    page = whole_module()

    for address in [f"/admin/api/main/pages/{page.pk}/", "/api/v2/pages/", "/api/v1/"]:
        assert client.get(address).status_code in {302, 403, 404}
