"""Where a Swedish word may be broken, by the patterns of the package `pyphen` (from LibreOffice, MPL or LGPL)."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

import pyphen

from certificates.fonts import Typeface

SOFT_HYPHEN = "\N{SOFT HYPHEN}"
"""Ends a line within a word. It is drawn as a hyphen, and is none to those who copy, search or listen."""
FEWEST_LETTERS = 3
"""So many stay together at either side."""


def hyphenated(word: str, face: Typeface, size: float, width: float) -> list[str]:
    """The word in pieces no wider than `width`: broken after a hyphen or slash of its own, else where the patterns say.

    A piece that has no such place, a hash for instance, is cut so that it fills its line.
    """
    pieces = []
    while face.width(word, size) > width:
        place, sign = _last_that_fits(word, face, size, width)
        pieces.append(word[:place] + sign)
        word = word[place:]
    return [*pieces, word]


def _last_that_fits(word: str, face: Typeface, size: float, width: float) -> tuple[int, str]:
    """Where to break, and what ends the line."""
    fitting = [(place, sign) for place, sign in places(word) if face.width(word[:place] + sign, size) <= width]
    if fitting:
        return next((one for one in reversed(fitting) if _is_joint(word, *one)), fitting[-1])
    place = 1
    while place < len(word) - 1 and face.width(word[: place + 1], size) <= width:
        place += 1
    return place, ""


def _is_joint(word: str, place: int, sign: str) -> bool:
    """Whether a compound is joined there, by an s: Utbildnings-förvaltningen reads better than Utbildningsför-valtningen."""
    return not sign or word[place - 1] == "s"


@lru_cache(maxsize=4096)
def places(word: str) -> tuple[tuple[int, str], ...]:
    """Every place where the word may be broken, with the sign that ends the line there."""
    return tuple(_places(word))


def _places(word: str) -> Iterator[tuple[int, str]]:
    for part in re.finditer(r"[^-/]+[-/]*|[-/]+", word):
        for letters in re.finditer(r"[^\W\d_]+", part[0]):
            for place in _within(letters[0]):
                yield part.start() + letters.start() + place, SOFT_HYPHEN
        if part.end() < len(word):
            yield part.end(), ""


def _within(letters: str) -> Iterator[int]:
    """The places of the patterns, but none before a single letter, as the joining s that they part from both its sides."""
    found = [int(place) for place in _patterns().positions(letters)]
    return (place for place in found if place + 1 not in found)


@cache
def _patterns() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="sv", left=FEWEST_LETTERS, right=FEWEST_LETTERS)
