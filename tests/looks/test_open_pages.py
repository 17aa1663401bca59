"""The pages that anybody can open, and every component: nothing that axe finds, no sideways scrolling, large enough, light."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.axe import violations
from tests.looks.conftest import Screen, Viewer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

GUIDE = "/stilguide/?fel=1&meddelande=1"
OPEN_PAGES = (
    GUIDE,
    "/konto/logga-in/",
    "/konto/glomt/",
    "/konto/glomt/skickat/",
    "/konto/avstangt/",
    "/finns-inte/",
)
SCREENS = [Screen(width, mode) for width in (360, 1280) for mode in ("light", "dark", "forced")]
PRESSED = ".ds-button, .choice, .task, .order__button, .menu a, .foot a, select, input[type=text], input[type=email]"
FIRST_VISIT_BYTES = 150_000
# What every page brings with it, so that a page's own text and pictures have room in the rest.
SHARED_BYTES = 125_000
SCRIPT_BYTES = 15_000


def sideways(page: Page) -> int:
    """Return by how many pixels the page is wider than its window."""
    wider: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wider


def too_low(page: Page) -> list[str]:
    """Return what is pressed and lower than 44 pixels; one that is not shown does not count."""
    low: list[str] = page.eval_on_selector_all(
        PRESSED,
        "all => all.map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect().height])"
        ".filter(([, height]) => height && height < 43.9).map(([html]) => html)",
    )
    return low


@pytest.mark.parametrize("path", OPEN_PAGES)
def test_it_has_nothing_that_axe_finds_on_any_screen(viewer: Viewer, path: str) -> None:
    found = {screen: violations(viewer.open(path, screen)) for screen in SCREENS}

    assert {screen: places for screen, places in found.items() if places} == {}


@pytest.mark.parametrize("path", OPEN_PAGES)
def test_it_reflows_and_has_targets_for_a_fingertip(viewer: Viewer, path: str) -> None:
    pages = [viewer.open(path, Screen(320, has_javascript=has_javascript)) for has_javascript in (True, False)]

    assert [sideways(page) for page in pages] == [0, 0]
    assert [too_low(page) for page in pages] == [[], []]


@pytest.mark.parametrize("path", OPEN_PAGES[1:])
def test_it_weighs_little_and_fetches_from_nobody_else(viewer: Viewer, path: str) -> None:
    viewer.open(path, Screen(360), wait_until="networkidle")

    weights = viewer.weights()

    assert sum(weights.values()) <= FIRST_VISIT_BYTES, weights
    assert sum(size for url, size in weights.items() if url.endswith(".js")) <= SCRIPT_BYTES
    assert all(url.startswith((viewer.address, "data:")) for url in weights)


def test_it_leaves_room_for_a_pages_own_text_even_with_every_component(viewer: Viewer) -> None:
    viewer.open(GUIDE, Screen(360), wait_until="networkidle")

    weights = viewer.weights()

    assert sum(size for url, size in weights.items() if "/static/" in url) <= SHARED_BYTES, weights
