"""Every promise of contrast in the token file holds, in light and in dark."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from django.conf import settings

TOKENS = (settings.BASE_DIR / "static" / "css" / "tokens.css").read_text(encoding="utf-8")
COLOUR = re.compile(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6});")
PROMISE = re.compile(r"contrast: ([a-z-]+) on ([a-z -]+) >= ([0-9.]+)")
DARK = re.compile(r"@media \(prefers-color-scheme: dark\) \{.*?\n\}", re.DOTALL)


@dataclass(frozen=True)
class Promise:
    """One pair of colours and the least ratio between them."""

    front: str
    back: str
    ratio: float


def palette(mode: str) -> dict[str, str]:
    light = dict(COLOUR.findall(DARK.sub("", TOKENS)))
    return light if mode == "light" else light | dict(COLOUR.findall("".join(DARK.findall(TOKENS))))


def promises() -> list[Promise]:
    return [Promise(front, back, float(ratio)) for front, backs, ratio in PROMISE.findall(TOKENS) for back in backs.split()]


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("promise", promises(), ids=lambda promise: f"{promise.front}-on-{promise.back}")
def test_it_keeps_the_promised_contrast(promise: Promise, mode: str) -> None:
    colours = palette(mode)

    ratio = contrast(colours[promise.front], colours[promise.back])

    assert ratio >= promise.ratio, f"{ratio:.2f}"


def test_it_says_a_dark_colour_for_every_light_one() -> None:
    light, dark = dict(COLOUR.findall(DARK.sub("", TOKENS))), dict(COLOUR.findall("".join(DARK.findall(TOKENS))))

    assert light.keys() == dark.keys()


def test_it_promises_something_of_every_colour_that_is_read_or_pressed() -> None:
    """`line` only decorates, and shadows are no signs."""
    promised = {name for promise in promises() for name in (promise.front, promise.back)}

    assert palette("light").keys() - promised == {"line"}
