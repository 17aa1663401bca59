"""Blocks of lessons and pages as plain data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cms.blocks.tables import words_of
from cms.composing.texts import final_html, keys, paragraphs, passing_id
from courses import payload
from courses.sealed_media import store_sealed

IMAGE_FORM = "max-1200x1200|format-webp"


def compose_block(child: Any) -> payload.Block:
    """Return one block of a lesson."""
    return COMPOSERS[child.block_type](child.id or passing_id(), child.value)


def _heading(id_: str, value: str) -> payload.Block:
    return payload.Heading(id=id_, text=value)


def _text(id_: str, value: Any) -> payload.Block:
    return payload.Text(id=id_, html=final_html(value["text"]), sources=keys(value["sources"]))


def _image(id_: str, value: Any) -> payload.Block:
    if not value["image"]:
        return payload.Image(id=id_, file="", width=0, height=0)
    rendition = value["image"].get_rendition(IMAGE_FORM)
    return payload.Image(
        id=id_,
        file=_sealed(rendition.file),
        width=rendition.width,
        height=rendition.height,
        alt=value["alt"] or "",
        is_decorative=bool(value["is_decorative"]),
        caption=value["caption"] or "",
    )


def _fact(id_: str, value: Any) -> payload.Block:
    return payload.Fact(id=id_, title=value["title"], html=final_html(value["text"]), sources=keys(value["sources"]))


def _quotation(id_: str, value: Any) -> payload.Block:
    return payload.Quotation(id=id_, text=value["text"], source=value["source"])


def _legal(id_: str, value: Any) -> payload.Block:
    return payload.Legal(id=id_, source=value["source"].key if value["source"] else "", html=final_html(value["text"]))


def _reflection(id_: str, value: str) -> payload.Block:
    return payload.Reflection(id=id_, prompt=value)


def _video(id_: str, value: Any) -> payload.Block:
    return payload.Video(
        id=id_,
        title=value["title"],
        file=_sealed(value["video"].file) if value["video"] else "",
        captions=_sealed(value["captions"].file) if value["captions"] else "",
        transcript=final_html(value["transcript"]),
    )


def _steps(id_: str, value: Any) -> payload.Block:
    items = tuple(final_html(item) for item in value["items"])
    return payload.Steps(id=id_, title=value["title"], items=items, sources=keys(value["sources"]))


def _table(id_: str, value: Any) -> payload.Block:
    columns, rows = words_of(value["table"])
    return payload.Table(
        id=id_, caption=value["table"].caption or "", columns=columns, rows=rows, sources=keys(value["sources"])
    )


def _city_field(id_: str, value: Any) -> payload.Block:
    return payload.CityField(
        id=id_, label=value["label"], instruction=value["instruction"] or "", html=final_html(value["value"])
    )


def question(id_: str, value: Any) -> payload.Question:
    """Return a question of a lesson or of the bank of a check."""
    return payload.Question(
        id=id_,
        kind=value["kind"],
        text=paragraphs(value["situation"], value["text"]),
        options=tuple(_option(child, value["kind"]) for child in value["options"].bound_blocks),
        objective=value["objective"] or "",
        sources=keys(value["sources"]),
        signs=keys(value["signs"]),
    )


def _option(child: Any, kind: str) -> payload.Option:
    is_order = kind == "order"
    return payload.Option(
        id=child.id or passing_id(),
        text=child.value["text"] or "",
        explanation=child.value["explanation"] or "",
        is_right=is_order or bool(child.value["is_right"]),
        position=(child.value["position"] or 0) if is_order else 0,
    )


def _sealed(file: Any) -> str:
    with file.open("rb") as opened:
        return store_sealed(opened.read(), file.name.rsplit(".", 1)[-1])


COMPOSERS: dict[str, Callable[[str, Any], payload.Block]] = {
    "heading": _heading,
    "text": _text,
    "image": _image,
    "fact": _fact,
    "quotation": _quotation,
    "legal": _legal,
    "reflection": _reflection,
    "video": _video,
    "question": question,
    "steps": _steps,
    "table": _table,
    "city_field": _city_field,
}
