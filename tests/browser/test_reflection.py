"""What one writes to reflect on never leaves the browser, and can be printed whole."""

from __future__ import annotations

import datetime as dt
import json

import pymupdf
import pytest
from playwright.sync_api import Page, Request

from courses.models import Edition
from courses.payload import Reflection, Text
from organisation.models import User
from tests.browser.hands import click_through
from tests.drafts import check, draft, given_out, lesson, question

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("city")]

LONG_AGO = dt.date(2020, 1, 1)
ADDRESS = "/moduler/informationsdelning/l1/"
SECRET = "Kornblixt"
LAST_WORDS = "Sistaraden"
WRITTEN = "\n".join([SECRET, *(f"Rad {number} av det som någon har tänkt." for number in range(40)), LAST_WORDS])


@pytest.fixture
def edition(learner: User, settings) -> Edition:
    settings.LANGUAGES, settings.LANGUAGE_CODE = [("en", "English")], "en"
    blocks = (Text(id="t", html="<p>Läs.</p>"), Reflection(id="r", prompt="Vad skulle du göra?"), question("q1"))
    return given_out(draft(lesson(blocks=blocks), check()), in_force_from=LONG_AGO)


class Sent:
    """Everything that a page has sent, and what the browser keeps."""

    def __init__(self, page: Page) -> None:
        self.page, self.parts = page, []
        page.on("request", self.note)
        page.on("websocket", lambda socket: self.parts.append(socket.url))

    def note(self, request: Request) -> None:
        self.parts += [request.url, request.post_data or "", json.dumps(request.headers)]

    @property
    def kept(self) -> str:
        storages = self.page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
        return storages + json.dumps([dict(cookie) for cookie in self.page.context.cookies()])


def write(page: Page) -> None:
    page.goto(ADDRESS)
    page.locator("#reflection-r").fill(WRITTEN)


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_no_request_carries_it_whatever_is_pressed(open_as, learner, edition, javascript) -> None:
    page = open_as(learner, javascript=javascript)
    sent = Sent(page)

    write(page)
    kept = sent.kept if javascript else ""
    page.locator("label[for='option-q1-a']").click()
    click_through(page.get_by_role("button", name="Answer"))
    page.locator("#reflection-r").fill(WRITTEN)
    click_through(page.get_by_role("button", name="Continue"))
    assert page.url.endswith("/k1/")

    assert any("answer=q1-a" in part for part in sent.parts)
    assert [part for part in sent.parts if SECRET in part] == []
    assert SECRET not in kept


def test_the_field_has_no_name_and_belongs_to_no_form(open_as, learner, edition) -> None:
    page = open_as(learner)
    page.goto(ADDRESS)

    field = page.locator("#reflection-r")

    assert field.get_attribute("name") is None
    assert field.evaluate("field => field.form") is None
    assert field.get_attribute("spellcheck") == "false"
    assert "stays in your browser" in page.locator("#reflection-r-promise").inner_text()


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_all_of_it_is_printed(open_as, learner, edition, javascript) -> None:
    page = open_as(learner, javascript=javascript)
    write(page)

    paper = pymupdf.open(stream=page.pdf(), filetype="pdf")
    text = " ".join(sheet.get_text() for sheet in paper)

    assert SECRET in text
    assert LAST_WORDS in text
    assert "Print the page" not in text


def test_the_button_to_print_shows_only_where_it_can_do_something(open_as, learner, edition) -> None:
    shown = [open_as(learner, javascript=javascript) for javascript in (True, False)]
    for page in shown:
        page.goto(ADDRESS)

    assert [page.get_by_role("button", name="Print the page").is_visible() for page in shown] == [True, False]
