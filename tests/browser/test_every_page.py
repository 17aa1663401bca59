"""Every page as everybody who may see it: what must hold for all of them, held against each in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from wagtail.models import Page as WagtailPage

from tests.browser.looking import Windows, wrong_at
from tests.browser.places import OPEN, PLACES, TABLES, Place
from tests.browser.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Addresses of our own that are no pages, each with the reason.
NO_PAGES = {
    "health": "JSON for monitoring",
    "style_guide": "on a developer's own machine; tests/looks looks at it",
    "account_email": "leads to the start page: addresses come from the HR system",
    "account_email_verification_sent": "leads to the start page",
    "account_set_password": "leads those who have a password to its change, and everybody has one",
    "certificates:document": "a PDF; tests/certificates looks at it",
    "certificates:verify-json": "an answer for machines",
    "courses:sealed-file": "a picture or a film",
    "follow_up_question_file": "a file; tests/reports reads it",
    "follow_up_file": "a file; tests/reports/follow_up reads it",
    "courses:sign-drawing": "a drawing",
    "manager_person_list": "a file to take home",
    "manager_deputy_ends": "takes a form only",
    "public_image": "a picture",
    "courses:onward": "leads to the next step",
    "manager_remind": "answers a form; tests/reports/test_reminder_pages.py",
    "admin_login": "leads to the one login door",
    "give_out:approve": "takes a form only",
    "give_out:lift": "takes a form only",
    "hr:let_import": "takes a form only",
    "hr:again": "takes a form only",
    "hr:take_away": "takes a form only",
    "organising:principal": "takes a form only",
    "issuing:stop": "takes a form only",
    "issuing:archive": "an archive; tests/certificates/test_jobs.py reads it",
}


@pytest.mark.parametrize("table", ["open", "learning", "looking_up", "managing", "reporting"])
def test_it_is_as_every_page_must_be(windows: Windows, subtests: pytest.Subtests, table: str) -> None:
    for place in TABLES[table]:
        with subtests.test(str(place)):
            wrong = wrong_at(windows, place)

            assert not wrong, "\n".join(wrong)


def names_below(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    """Yield the names of our own addresses; Wagtail's are in its menus."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            # One without a name refuses what Wagtail would show.
            yield from [space + pattern.name] if pattern.name else []
        elif "wagtail" not in str(pattern.urlconf_name):
            yield from names_below(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else space)


def test_no_address_is_missing_from_the_table(town: Town) -> None:
    shown = {resolve(town.path_of(place).split("?")[0]).view_name for place in PLACES if place.status != 404}
    open_pages = {page.url for page in WagtailPage.objects.live().filter(depth__gt=1).specific()}

    missing = set(names_below(get_resolver().url_patterns)) - shown - NO_PAGES.keys()
    missing_pages = {url for url in open_pages if not url.startswith("/moduler/")} - {place.path for place in OPEN}

    assert missing | missing_pages == set()


def test_no_page_of_a_menu_is_missing_from_the_table(windows: Windows) -> None:
    for who in ("trainer", "jurist", "coordinator", "administrator"):
        windows.open(Place(who, "/admin/"))

        menu = windows.pages[who].locator("#wagtail-sidebar-props").inner_text()

        assert set(re.findall(r'"url": "(/admin/[^"?]*)', menu)) - {place.path for place in PLACES if place.who == who} == set()
