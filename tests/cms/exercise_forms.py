"""What the editor's browser sends for an exercise that is saved as it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wagtail.blocks import ListBlock, RichTextBlock, StreamBlock, StructBlock
from wagtail.test.utils.form_data import rich_text

from cms.models import CasesPage, JudgementPage

FIELDS = ("title", "slug", "minutes", "objectives", "content_note", "workplaces", "milieu", "gender")
STREAMS = ("introduction", "cases", "layers", "conclusion")
Pairs = Iterator[tuple[str, Any]]


def form_of(page: CasesPage | JudgementPage) -> dict[str, Any]:
    """Return the fields with what the page holds."""
    sent = {name: getattr(page, name) for name in FIELDS if hasattr(page, name)}
    for name in STREAMS:
        if hasattr(page, name):
            sent |= dict(_stream(name, getattr(page, name)))
    return sent | {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}


def _stream(prefix: str, value: Any) -> Pairs:
    yield f"{prefix}-count", len(value)
    for number, child in enumerate(value):
        yield from _head(f"{prefix}-{number}", child.id, number)
        yield f"{prefix}-{number}-type", child.block_type
        yield from _value(f"{prefix}-{number}-value", child.block, child.value)


def _list(prefix: str, value: Any) -> Pairs:
    yield f"{prefix}-count", len(value)
    for number, child in enumerate(value.bound_blocks):
        yield from _head(f"{prefix}-{number}", child.id, number)
        yield from _value(f"{prefix}-{number}-value", child.block, child.value)


def _head(prefix: str, id_: str, order: int) -> Pairs:
    yield from ((f"{prefix}-id", id_), (f"{prefix}-order", order), (f"{prefix}-deleted", ""))


def _value(prefix: str, block: Any, value: Any) -> Pairs:
    match block:
        case StructBlock():
            for name, child in block.child_blocks.items():
                yield from _value(f"{prefix}-{name}", child, value[name])
        case ListBlock():
            yield from _list(prefix, value)
        case StreamBlock():
            yield from _stream(prefix, value)
        case RichTextBlock():
            yield prefix, rich_text(value.source, features=block.features)
        case _:
            yield from _plain(prefix, value)


def _plain(prefix: str, value: Any) -> Pairs:
    if value is True:
        yield prefix, "on"
    elif hasattr(value, "pk"):
        yield prefix, value.pk
    elif isinstance(value, str):
        # Browsers end lines so.
        yield prefix, value.replace("\n", "\r\n")
    elif value not in (False, None):
        yield prefix, value
