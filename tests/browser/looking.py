"""What must hold for every page, held against one that somebody looks at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal
from zlib import crc32

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page

from tests.axe import broken_rules
from tests.browser.hands import click_through
from tests.browser.places import ANYBODY, Place
from tests.browser.town import Town

FIRST_VISIT_BYTES = 150_000
SCRIPT_BYTES = 15_000
NARROWEST = 320
# What a page has fetched: the page, and everything after it.
FETCHED = """["navigation", "resource"].flatMap(kind => performance.getEntriesByType(kind))
    .map(entry => [entry.name, entry.decodedBodySize])"""
ENGLISH = re.compile(
    r"\b(Submit|Password|Page not found|Save|draft|Unknown|Sign in|Log in|Log out|Search|Cancel|Delete|Edit|Add|Settings|"
    r"Loading|Actions|Required|This field|Choose|None|Yes|Untitled|Explore|Toggle|Skip to|Close|Reset|Comments|Back|Next|"
    r"Preview|Publish|Filter|Sort|Order by|More|Upload|Account|Your|the|and|with|you)\b"
)
# What axe finds in Wagtail's own pages and we cannot mend: the rule, a part of what it points at, and the reason.
WAGTAILS_OWN = (
    ("aria-input-field-name", ".notranslate", "the rich text editor's field takes no name; its label stands above it"),
    ("aria-input-field-name", "div[aria-describedby=", "the same"),
    ("label", ".ui-autocomplete-input", "the widget for tags makes a field of its own, without the label"),
    ("label", "#fileupload", "the hidden field behind the button that uploads several files"),
    ("label", "#body-", "a stream's plain field is named by the block's heading only"),
    ("label-title-only", "#body-", "the same"),
    ("landmark-unique", "-section", "panels and blocks of the same kind have the same name"),
    ("scrollable-region-focusable", ".w-minimap__list", "the map beside the editor repeats its headings"),
    ("aria-allowed-role", "h2[role=", "the number of hits in the search"),
    ("heading-order", "#other-searches-title", "the side of the search"),
)
# Resolves when the page has been drawn with its new colours.
DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
# A value that is missing in a list of Wagtail's own.
WAGTAILS_NONE = re.compile(r"(^|\d )None\t")


@dataclass(frozen=True)
class Screen:
    """A screen; in the dark nothing but colours is different."""

    width: int
    mode: Literal["light", "dark"]


NARROW, WIDE = 360, 1280
EVERYTHING: dict[str, Any] = {}
# To compare colours takes axe as long as all else.
BUT_COLOURS = {"rules": {"color-contrast": {"enabled": False}}}
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}
# Pages share their parts and these their colours: each page shows them once in the light and once in the dark, every other
# page in the light on a narrow screen and in the dark on a wide one, the rest the other way.
ONE_WAY = {Screen(NARROW, "light"): EVERYTHING, Screen(WIDE, "light"): BUT_COLOURS, Screen(WIDE, "dark"): COLOURS}
OTHER_WAY = {Screen(NARROW, "light"): BUT_COLOURS, Screen(WIDE, "light"): EVERYTHING, Screen(NARROW, "dark"): COLOURS}
# Wagtail has a dark mode of its own, which nobody here has chosen.
WAGTAILS_SCREENS = {Screen(NARROW, "light"): EVERYTHING, Screen(WIDE, "light"): BUT_COLOURS}


def screens_for(place: Place) -> dict[Screen, dict[str, Any]]:
    """Return on which screens a place is looked at, and what axe is asked on each; the same in every run."""
    if place.is_administration:
        return WAGTAILS_SCREENS
    return ONE_WAY if crc32(str(place).encode()) % 2 else OTHER_WAY


class Windows:
    """A browser for each person, that notes what it fetches and what it complains of."""

    def __init__(self, browser: Browser, town: Town, address: str) -> None:
        self.browser, self.town, self.address = browser, town, address
        self.pages: dict[str, Page] = {}
        self.complaints: list[str] = []

    def open(self, place: Place) -> Page:
        """Show a place, for the first time and on a phone."""
        page = self._page(place.who)
        self.complaints.clear()
        page.set_viewport_size({"width": 360, "height": 800})
        page.goto(self.town.path_of(place))
        return page

    def _page(self, who: str) -> Page:
        if who not in self.pages:
            context = self.browser.new_context(locale="sv-SE", base_url=self.address, reduced_motion="reduce")
            if who != ANYBODY:
                context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": self._session(who), "url": self.address}])
            self.pages[who] = self._listen(context.new_page())
            leave_silently(self.pages[who])
            move_at_once(self.pages[who])
        return self.pages[who]

    def _session(self, who: str) -> str:
        client = Client()
        client.force_login(self.town.people[who])
        return client.cookies[settings.SESSION_COOKIE_NAME].value

    def _listen(self, page: Page) -> Page:
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda line: self.complaints.append(line.text) if line.type == "error" else None)
        return page

    def close(self) -> None:
        for page in self.pages.values():
            page.context.close()


def leave_silently(page: Page) -> None:
    """Keep Wagtail's editor from saying that it is left, which may be when the test's database is already gone.

    A route would do, but a browser with a route keeps no files between pages.
    """
    tools = page.context.new_cdp_session(page)
    tools.send("Network.enable")
    tools.send("Network.setBlockedURLs", {"urls": ["*/editing-sessions/release/*"]})


def move_at_once(page: Page) -> None:
    """Let what slides or fades in be there at once: Wagtail's messages do, whatever the browser says of reduced motion."""
    tools = page.context.new_cdp_session(page)
    tools.send("Animation.enable")
    tools.send("Animation.setPlaybackRate", {"playbackRate": 1000})


def wrong_at(windows: Windows, place: Place) -> list[str]:
    """Return everything that is wrong at a place."""
    page = windows.open(place)
    heavy = [] if place.is_administration or place.is_document else too_heavy(page, windows.address)
    if place.then:
        click_through(page.locator(place.then).first)
    return [*heavy, *wrong_with(page, place), *complaints(windows, place), *violations(page, place)]


def wrong_with(page: Page, place: Place) -> list[str]:
    """Return what the page itself lacks: its language, its one heading, its room on a narrow screen, its Swedish."""
    wrong = []
    if page.locator("html").get_attribute("lang") != "sv":
        wrong.append("does not say that it is Swedish")
    if (headings := page.locator("h1").count()) != 1:
        wrong.append(f"{headings} h1")
    if not place.is_administration and (wider := sideways(page)) > 0:
        wrong.append(f"{wider} pixels too wide")
    return wrong + [f"English: {one}" for one in english(page) if not (place.is_administration and WAGTAILS_NONE.search(one))]


def too_heavy(page: Page, address: str) -> list[str]:
    """Return what a first visit should not have fetched; bytes are those before compression.

    A file that the browser has kept since another page counts as much as one that it fetches now, unless it asks for it again.
    """
    weights: dict[str, int] = dict(page.evaluate(FETCHED))
    scripts = sum(size for url, size in weights.items() if url.endswith(".js"))
    wrong = [f"fetched from {url}" for url in weights if not url.startswith((address, "data:"))]
    wrong += [f"not weighed: {url}" for url, size in weights.items() if not size]
    if (weight := sum(weights.values())) > FIRST_VISIT_BYTES:
        wrong.append(f"{weight} bytes: {sorted(weights.items(), key=lambda one: -one[1])[:6]}")
    return wrong + ([f"{scripts} bytes of JavaScript"] if scripts > SCRIPT_BYTES else [])


def complaints(windows: Windows, place: Place) -> list[str]:
    """Return what the browser complained of, beyond that a refused page is refused; and a status that is not the table's."""
    status = windows.pages[place.who].evaluate("performance.getEntriesByType('navigation')[0].responseStatus")
    wrong = [] if status == place.status else [f"status {status}"]
    return wrong + [one for one in windows.complaints if place.status == 200 or f"status of {place.status}" not in one]


def violations(page: Page, place: Place) -> list[str]:
    """Return what axe finds on each screen."""
    found = []
    for screen, rules in screens_for(place).items():
        page.set_viewport_size({"width": screen.width, "height": 800})
        page.emulate_media(color_scheme=screen.mode)
        page.evaluate(DRAWN)
        found += [f"{screen}: {one}" for rule in broken_rules(page, **rules) for one in ours(rule, place)]
    page.emulate_media(color_scheme="light")
    return found


def ours(rule: dict[str, Any], place: Place) -> list[str]:
    """Return where a rule is broken, without what Wagtail alone can mend."""
    known = [part for id_, part, _reason in WAGTAILS_OWN if id_ == rule["id"] and place.is_administration]
    targets = [" ".join(map(str, node["target"])) for node in rule["nodes"]]
    return [f"{rule['id']} {target}" for target in targets if not any(part in target for part in known)]


def sideways(page: Page) -> int:
    """Return by how many pixels the page is wider than the narrowest window."""
    page.set_viewport_size({"width": NARROWEST, "height": 800})
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def english(page: Page) -> list[str]:
    """Return the tell-tale words of what is read, or said of things."""
    read = page.locator("body").inner_text()
    said = page.eval_on_selector_all(
        "[aria-label], [title], [placeholder], [alt]",
        "all => all.flatMap(e => ['aria-label', 'title', 'placeholder', 'alt'].map(name => e.getAttribute(name) || ''))",
    )
    lines = [*read.splitlines(), *said]
    return sorted({line.strip()[:80] for line in lines if ENGLISH.search(line)})
