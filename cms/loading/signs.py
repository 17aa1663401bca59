"""Entries of the library of signs from the starter content. Verified ones are published, the others wait for a reviewer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wagtail.models import ModelLogEntry

from cms.starter.errors import ContentError, Problem
from cms.starter.texts import SignCertainty, SignKind, SignText
from courses.models import Symbol
from courses.neutral_drawing import UnsafeDrawing, neutral_drawing

KINDS = {
    SignKind.DIGITS: Symbol.Kind.DIGITS,
    SignKind.RUNE: Symbol.Kind.RUNE,
    SignKind.MARK: Symbol.Kind.MARK,
    SignKind.FLAG: Symbol.Kind.FLAG,
    SignKind.GESTURE: Symbol.Kind.GESTURE,
    SignKind.TYPED: Symbol.Kind.TYPED,
    SignKind.PICTURE: Symbol.Kind.PICTURE,
    SignKind.LETTERS: Symbol.Kind.LETTERS,
}
CERTAINTIES = {
    SignCertainty.VERIFIED: Symbol.Certainty.VERIFIED,
    SignCertainty.PARTLY: Symbol.Certainty.PARTLY,
    SignCertainty.GENERAL: Symbol.Certainty.GENERAL,
}
CHECKED_BY = {
    SignCertainty.VERIFIED: "Redaktionen för startinnehållet, mot källorna",
    SignCertainty.PARTLY: "Redaktionen för startinnehållet, mot en del av källorna",
    SignCertainty.GENERAL: "Redaktionen för startinnehållet, utan källa",
}
"""Who checked, and against what: nobody is to think that a source was read where none was."""


def load_signs(texts: Iterable[SignText]) -> tuple[dict[str, Symbol], list[str]]:
    """Return the entries by key, and the names of those left as somebody here has made them."""
    found: dict[str, Symbol] = {}
    left_alone: list[str] = []
    for text in texts:
        symbol = Symbol.objects.filter(key=text.key).first() or Symbol(key=text.key)
        if symbol.pk and changed_here(symbol):
            left_alone.append(symbol.name)
        else:
            _write(symbol, text)
        found[text.key] = symbol
    return found, left_alone


def changed_here(symbol: Symbol) -> bool:
    """Whether somebody has edited or approved the entry in the administration."""
    edited = ModelLogEntry.objects.for_instance(symbol).filter(user__isnull=False).exists()
    return edited or symbol.edited_by_id is not None or symbol.approved_by_id is not None


def _write(symbol: Symbol, text: SignText) -> None:
    """Give the entry the file's words; one that says so already is not touched. Raises `ContentError` for a bad drawing."""
    wanted = _values(text)
    if symbol.pk is None or any(getattr(symbol, field) != value for field, value in wanted.items()):
        for field, value in wanted.items():
            setattr(symbol, field, value)
        symbol.save()
    if set(symbol.tags.names()) != set(text.tags):
        symbol.tags.set(text.tags)


def _drawing(text: SignText) -> str:
    try:
        return neutral_drawing(text.drawing) if text.drawing else ""
    except UnsafeDrawing as unsafe:
        raise ContentError((Problem(text.place, str(unsafe).rstrip("."), "en SVG med bara former"),)) from unsafe


def _values(text: SignText) -> dict[str, Any]:
    is_verified = text.certainty is SignCertainty.VERIFIED
    return {
        "slug": text.slug,
        "name": text.name,
        "kind": KINDS[text.kind],
        "summary": text.summary,
        "content_note": text.content_note,
        "ordinary": text.ordinary,
        "extremist": text.extremist,
        "how_to_ask": text.how_to_ask,
        "sources": "\n".join(text.sources),
        "certainty": CERTAINTIES[text.certainty],
        "drawing": _drawing(text),
        "drawing_shows": text.drawing_shows,
        "checked_on": text.checked_on,
        "checked_by": CHECKED_BY[text.certainty],
        "check_again_on": text.check_again_on,
        "approved_on": text.checked_on if is_verified else None,
    }
