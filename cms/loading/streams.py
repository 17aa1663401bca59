"""Blocks of the starter content as StreamField data, with the ids of the files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import singledispatchmethod
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.utils.html import escape
from wagtail.blocks import StreamBlock, StreamValue
from wagtail.images.models import Image

from cms.starter.exercise_texts import CaseText, LayerText
from cms.starter.texts import (
    ActivitiesText,
    Block,
    CityText,
    ContactText,
    FactText,
    HeadingText,
    ImageText,
    LegalText,
    OptionText,
    QuestionKind,
    QuestionText,
    QuotationText,
    ReflectionText,
    RichText,
    StepsText,
    TableText,
)
from courses.models import LegalSource, Symbol

KINDS = {
    QuestionKind.ONE: "single",
    QuestionKind.SEVERAL: "several",
    QuestionKind.TRUE_FALSE: "true_false",
    QuestionKind.ORDER: "order",
}
Raw = dict[str, Any]


class StreamWriter:
    """Writes blocks; `sources` are the provisions by key, `signs` the entries of the library of signs."""

    def __init__(self, sources: Mapping[str, LegalSource], signs: Mapping[str, Symbol] | None = None) -> None:
        self.sources = sources
        self.signs = signs or {}

    def stream(self, blocks: Iterable[Block]) -> list[Raw]:
        return [self.block(block) for block in blocks]

    def block(self, block: Block) -> Raw:
        kind, value = self.value(block)
        return _raw(kind, block.id, value)

    def rests_on(self, block: Block) -> list[Raw]:
        """Return the provisions that the block names as its sources."""
        return [item(f"{block.id}-{key}", self.sources[key].pk) for key in block.legal_sources]

    @singledispatchmethod
    def value(self, block: Block) -> tuple[str, Any]:
        raise TypeError(f"no block is written from {type(block).__name__}")

    @value.register
    def _heading(self, block: HeadingText) -> tuple[str, Any]:
        return "heading", block.text

    @value.register
    def _rich(self, block: RichText) -> tuple[str, Any]:
        return "text", {"text": block.html, "sources": self.rests_on(block)}

    @value.register
    def _fact(self, block: FactText) -> tuple[str, Any]:
        return "fact", {"title": block.title, "text": block.html, "sources": self.rests_on(block)}

    @value.register
    def _quotation(self, block: QuotationText) -> tuple[str, Any]:
        return "quotation", {"text": block.text, "source": block.source}

    @value.register
    def _legal(self, block: LegalText) -> tuple[str, Any]:
        return "legal", {"source": self.sources[block.key].pk, "text": block.html}

    @value.register
    def _reflection(self, block: ReflectionText) -> tuple[str, Any]:
        return "reflection", block.prompt

    @value.register
    def _steps(self, block: StepsText) -> tuple[str, Any]:
        items = [item(f"{block.id}-{number}", paragraph(text)) for number, text in enumerate(block.items, start=1)]
        return "steps", {"title": block.title, "items": items, "sources": self.rests_on(block)}

    @value.register
    def _table(self, block: TableText) -> tuple[str, Any]:
        table = {
            "columns": [{"type": "text", "heading": heading} for heading in block.columns],
            "rows": [{"values": list(row)} for row in block.rows],
            "caption": block.title,
        }
        return "table", {"table": table, "sources": self.rests_on(block)}

    @value.register
    def _image(self, block: ImageText) -> tuple[str, Any]:
        image = image_of(block.file, block.alt or block.file.stem)
        return "image", {"image": image.pk, "alt": block.alt, "is_decorative": block.is_decorative, "caption": ""}

    @value.register
    def _city(self, block: CityText) -> tuple[str, Any]:
        return "city_field", {"label": block.title, "instruction": block.text, "value": ""}

    @value.register
    def _activities(self, block: ActivitiesText) -> tuple[str, Any]:
        return "activities", None

    @value.register
    def _contact(self, block: ContactText) -> tuple[str, Any]:
        return "contact", {
            "function": block.function,
            "when": block.when,
            "telephone": block.telephone,
            "hours": block.hours,
            "is_required": block.is_required,
        }

    @value.register
    def _question(self, block: QuestionText) -> tuple[str, Any]:
        return "question", {
            "kind": KINDS[block.kind],
            "situation": block.situation,
            "text": block.prompt,
            "options": [item(option.id, _option(option)) for option in block.options],
            "objective": block.objective_id,
            "sources": self.rests_on(block),
            "signs": [item(f"{block.id}-{key}", self.signs[key].pk) for key in block.signs],
        }

    @value.register
    def _case(self, block: CaseText) -> tuple[str, Any]:
        return "case", {
            "title": block.title,
            "situation": block.question.situation,
            "text": block.question.prompt,
            "options": [item(option.id, _action(option)) for option in block.question.options],
            "answer": block.answer,
            "why": block.why,
            "mistake": block.mistake,
            "sources": self.rests_on(block),
            "objective": block.question.objective_id,
            "workplaces": list(block.workplaces),
            "milieu": block.milieu,
            "gender": block.gender,
        }

    @value.register
    def _layer(self, block: LayerText) -> tuple[str, Any]:
        return "layer", {
            "title": block.title,
            "situation": block.situation,
            "text": block.prompt,
            "options": [item(option.id, _action(option)) for option in block.options],
            "picture": block.picture,
            "sources": self.rests_on(block),
        }


def _action(option: OptionText) -> Raw:
    return {"text": option.text, "is_right": option.is_right, "explanation": option.explanation}


def _option(option: OptionText) -> Raw:
    is_right = option.is_right and option.position is None
    return {"text": option.text, "is_right": is_right, "explanation": option.explanation, "position": option.position}


def _raw(kind: str, id_: str, value: Any) -> Raw:
    return {"type": kind, "id": id_, "value": value}


def item(id_: str, value: Any) -> Raw:
    """Return one thing of a list."""
    return _raw("item", id_, value)


def paragraph(text: str) -> str:
    """Return plain text as one paragraph of rich text."""
    return f"<p>{escape(text)}</p>"


def image_of(file: Path, title: str) -> Image:
    """Return the image with these bytes, uploaded once."""
    content = file.read_bytes()
    # Wagtail knows images by SHA-1; it is no question of security.
    digest = hashlib.sha1(content, usedforsecurity=False).hexdigest()
    known = Image.objects.filter(file_hash=digest).first()
    return known or Image.objects.create(title=title, file=ContentFile(content, file.name), file_hash=digest)


def same_stream(field: Any, now: StreamValue, wanted: list[Raw]) -> bool:
    """Whether a page's stream holds exactly the wanted blocks."""
    block: StreamBlock = field.stream_block
    return bool(now.get_prep_value() == StreamValue(block, wanted, is_lazy=True).get_prep_value())
