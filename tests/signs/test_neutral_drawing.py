"""A drawing is shapes, and nothing that could act, link, write or fetch."""

from __future__ import annotations

import pytest

from courses.neutral_drawing import UnsafeDrawing, neutral_drawing

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"'


def test_it_keeps_shapes() -> None:
    drawn = neutral_drawing(f'<?xml version="1.0"?><!-- own -->{HEAD} fill="none"><g><path d="M1 1L9 9"/></g></svg>')

    assert drawn.startswith("<svg ")
    assert 'xmlns="http://www.w3.org/2000/svg"' in drawn
    assert '<path d="M1 1L9 9" />' in drawn


def test_it_leaves_words_to_the_entry() -> None:
    assert "Valknut" not in neutral_drawing(f'{HEAD}><title>Valknut</title><circle r="1"/></svg>')


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<a href="https://example.org"><path d="M0 0"/></a>',
        '<image href="https://example.org/x.png"/>',
        '<use href="#x"/>',
        "<style>path{fill:red}</style>",
        "<text>ord</text>",
        '<path d="M0 0" onclick="alert(1)"/>',
        '<path d="M0 0" style="fill:red"/>',
        '<path fill="url(https://example.org)"/>',
        "<foreignObject/>",
        "bara ord",
    ],
)
def test_it_refuses_everything_else(inside: str) -> None:
    with pytest.raises(UnsafeDrawing):
        neutral_drawing(f"{HEAD}>{inside}</svg>")


@pytest.mark.parametrize(
    "text",
    [
        "<p>hej</p>",
        "inte xml",
        '<svg xmlns="http://www.w3.org/2000/svg"></svg>',
        f'<!DOCTYPE svg [<!ENTITY a "b">]>{HEAD}></svg>',
        f"{HEAD}>" + "<g></g>" * 4_000 + "</svg>",
    ],
)
def test_it_refuses_what_is_no_small_plain_drawing(text: str) -> None:
    with pytest.raises(UnsafeDrawing):
        neutral_drawing(text)
