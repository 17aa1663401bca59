"""What people do with their hands in a browser. Buttons and links go by what is written on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from playwright.sync_api import Browser, Locator, Page, expect

from organisation.models import User
from tests.factories import PASSWORD

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
PATIENCE_MS = 15_000


def click_through(element: Locator) -> None:
    """Click what leads to another page, and wait until that page has come whole. A click alone returns before it has."""
    with element.page.expect_navigation():
        element.click()


def enter_through(page: Page) -> None:
    """Press Enter where the focus is, and wait until the page that answers has come whole."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


@dataclass
class Hands:
    """A person before a browser of her own."""

    page: Page
    address: str

    @classmethod
    def of(cls, browser: Browser, address: str, **surroundings: Any) -> Hands:
        """Open a browser that knows nobody."""
        context = browser.new_context(base_url=address, locale="sv-SE", **surroundings)
        context.set_default_timeout(PATIENCE_MS)
        # Wagtail's editor says when it is left, which may be when the test's database is already gone.
        context.route("**/editing-sessions/release/**", lambda route: route.abort())
        return cls(context.new_page(), address)

    def log_in(self, user: User) -> None:
        """Come in from the start page, as people do."""
        self.page.goto("/")
        self.follow(_("Log in"))
        self.page.locator("[name=login]").fill(str(user.email))
        self.page.locator("[name=password]").fill(PASSWORD)
        self.press(_("Log in"))
        expect(self.page.get_by_role("link", name=_("Log out"))).to_be_visible()

    def open(self, path: str) -> int:
        """Go to an address, and return the status of the answer."""
        answer = self.page.goto(path)
        assert answer is not None, path
        return answer.status

    def follow(self, words: str) -> None:
        """Follow the first link that says this, until the page that it leads to has come whole."""
        click_through(self.page.get_by_role("link", name=words).first)

    def press(self, words: str) -> None:
        """Press the first button that says this, until the page that answers has come whole."""
        click_through(self.page.get_by_role("button", name=words).first)

    def touch(self, words: str) -> None:
        """Touch the first place where this stands."""
        self.page.get_by_text(words, exact=True).first.click()

    @property
    def heading(self) -> str:
        """What the page says that it is."""
        return " ".join(self.page.locator("h1").inner_text().split())

    @property
    def words(self) -> str:
        """Everything that can be read on the page."""
        return self.page.locator("main").inner_text()

    @property
    def is_sideways(self) -> bool:
        """Whether the page must be scrolled sideways."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
