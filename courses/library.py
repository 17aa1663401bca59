"""The library of signs as a reader finds her way in it: searching, filtering, and where an entry is used."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from django.core.cache import caches

from courses.models import Edition, Symbol
from courses.payload import StepContent, canonical
from courses.reading import modules_in_force
from courses.reading_text import lines_of_html
from courses.rendering import content_of
from organisation.models import User

_LETTERS_OF_THEIR_OWN = frozenset("åäö")
_SPELT_OUT = str.maketrans({"æ": "ae", "ø": "ö", "’": "'"})
_ADDRESS = re.compile(r"/tecken/([a-z0-9-]+)/")


@dataclass(frozen=True)
class Wish:
    """What a reader looks for; empty parts ask for nothing."""

    words: str = ""
    kind: str = ""
    tag: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether everything is wanted."""
        return not (self.words.strip() or self.kind or self.tag)


def folded(text: str) -> str:
    """Return the text as it is compared: small letters, accents gone, but å, ä and ö letters of their own."""
    whole = unicodedata.normalize("NFC", text).casefold().translate(_SPELT_OUT)
    return "".join(letter if letter in _LETTERS_OF_THEIR_OWN else _bare(letter) for letter in whole)


def _bare(letter: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFD", letter) if not unicodedata.combining(part))


def find_symbols(user: User, wish: Wish) -> list[Symbol]:
    """Return what the person may read of the wish: those named so first, then by name; two queries.

    The library is a shelf, not a warehouse, and SQLite knows no å in small letters: so the words are compared here.
    """
    symbols = Symbol.objects.visible_to(user).prefetch_related("tags").select_related("approved_by")  # type: ignore[misc]  # the same
    if wish.kind:
        symbols = symbols.filter(kind=wish.kind)
    if wish.tag:
        symbols = symbols.filter(tags__slug=wish.tag)
    words = folded(wish.words).split()
    ranked = [(rank, folded(symbol.name), symbol) for symbol in symbols if (rank := _rank(symbol, words)) is not None]
    return [symbol for _rank_, _name, symbol in sorted(ranked, key=lambda found: found[:2])]


def _rank(symbol: Symbol, words: list[str]) -> int | None:
    """0 where the name has all the words, 1 where the summary or the tags have the rest, 2 for the texts; `None` for a miss."""
    name = folded(symbol.name)
    near = f"{name} {folded(symbol.summary)} " + " ".join(folded(tag.name) for tag in symbol.tags.all())
    texts = (line for html in (symbol.ordinary, symbol.extremist, symbol.how_to_ask) for line in lines_of_html(html))
    for rank, text in enumerate((name, near)):
        if all(word in text for word in words):
            return rank
    whole = f"{near} {folded(symbol.get_kind_display())} {folded(' '.join(texts))}"
    return 2 if all(word in whole for word in words) else None


def tags_of(user: User) -> list[tuple[str, str]]:
    """Return address and name of every tag on what the person may read, by name; one query."""
    rows = Symbol.tags.through.objects.filter(content_object__in=Symbol.objects.visible_to(user))
    found = set(rows.values_list("tag__slug", "tag__name"))
    return sorted(found, key=lambda tag: folded(tag[1]))


@dataclass(frozen=True)
class Use:
    """A step in force that has questions resting on a sign, or that leads to its entry."""

    module_slug: str
    module_title: str
    step_slug: str
    step_title: str


def uses_of(symbol: Symbol, day: dt.date) -> list[Use]:
    """Return where modules in force use the sign; one query, and one for each edition that this process has not read."""
    wanted = {symbol.key, f"/{symbol.slug}"}
    return [
        Use(module.edition.module.slug, module.edition.title, line.slug, line.title)
        for module in modules_in_force(day)
        for line in module.lines
        if wanted & _signs_by_step(module.edition).get(line.key, frozenset())
    ]


def _signs_by_step(edition: Edition) -> Mapping[str, frozenset[str]]:
    """For each step, the keys of signs that questions rest on and, after a stroke, the addresses that texts lead to."""

    def read() -> dict[str, frozenset[str]]:
        return {step.key: _signs_in(step) for step in content_of(edition).steps}

    return cast(Mapping[str, frozenset[str]], caches["rendered"].get_or_set(f"signs-{edition.pk}", read, None))


def _signs_in(step: StepContent) -> frozenset[str]:
    keys = {key for question in step.questions for key in question.signs}
    return frozenset(keys | {f"/{slug}" for slug in _ADDRESS.findall(canonical(step).decode())})
