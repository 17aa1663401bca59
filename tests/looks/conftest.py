"""A real browser before the style guide and the pages that anybody can open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response
from pytest_django.live_server_helper import LiveServer


@dataclass(frozen=True)
class Screen:
    """How somebody looks at a page. `mode` is light, dark or forced (the reader's own few colours)."""

    width: int
    mode: str = "light"
    has_javascript: bool = True


@dataclass
class Viewer:
    """Opens addresses of the running site, and keeps what was fetched for them."""

    browser: Browser
    address: str
    fetched: list[Response] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def open(self, path: str, screen: Screen, *, wait_until: Literal["load", "networkidle"] = "load") -> Page:
        """Return the page as a first visit shows it."""
        context = self.browser.new_context(
            viewport={"width": screen.width, "height": 800},
            color_scheme="dark" if screen.mode == "dark" else "light",
            forced_colors="active" if screen.mode == "forced" else "none",
            java_script_enabled=screen.has_javascript,
            locale="sv-SE",
        )
        self.contexts.append(context)
        page = context.new_page()
        page.on("response", lambda response: self.fetched.append(response))
        page.goto(self.address + path, wait_until=wait_until)
        return page

    def weights(self) -> dict[str, int]:
        """Return the bytes, not compressed, of everything that was found, the heaviest first."""
        # The guide's example film does not exist; such an answer has no body to be asked for.
        sizes = {response.url: len(response.body()) for response in self.fetched if response.ok or response.url.endswith("/")}
        return dict(sorted(sizes.items(), key=lambda item: -item[1]))


@pytest.fixture
def viewer(live_server: LiveServer, browser: Browser) -> Iterator[Viewer]:
    viewer = Viewer(browser, live_server.url)
    yield viewer
    for context in viewer.contexts:
        context.close()
