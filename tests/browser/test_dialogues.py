"""Conversations in a real Chromium: on a phone without JavaScript, by keyboard, with Back, before axe, in the editor."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from playwright.sync_api import Page, expect

from courses.models import Completion, Edition, Round
from organisation.models import User
from tests.axe import violations
from tests.browser.conftest import OpenAs
from tests.browser.hands import click_through, enter_through
from tests.cms.conversations import conversation, dialogue_page, turn
from tests.cms.pages import whole_module
from tests.courses.conversations import dialogue
from tests.drafts import check, draft, given_out, lesson
from tests.taking import take_check, take_lesson

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("city", "in_english"),
]
LONG_AGO = dt.date(2020, 1, 1)
MOMENT = dt.datetime(2020, 3, 2, 11, 0, tzinfo=dt.UTC)
ADDRESS = "/moduler/informationsdelning/d1/"


@pytest.fixture
def edition() -> Edition:
    return given_out(draft(lesson(), dialogue(content_note="Hot i ord."), check()), in_force_from=LONG_AGO)


def press(page: Page, name: str) -> None:
    click_through(page.get_by_role("button", name=name, exact=True))


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def sideways(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def look(page: Page) -> None:
    assert violations(page) == [], page.title()


def tab_to(page: Page, name: str) -> None:
    """Move on with the keyboard until a button or link of that name has the focus."""
    for _step in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == name:
            return
    raise AssertionError(f"the keyboard does not reach {name}")


@pytest.mark.parametrize("width", [320, 360])
def test_it_is_led_to_an_end_on_a_phone_without_javascript(
    open_as: OpenAs, learner: User, edition: Edition, width: int
) -> None:
    take_lesson(learner, edition, at=MOMENT)
    take_check(learner, edition, at=MOMENT)
    page = open_as(learner, width, javascript=False)

    page.goto(ADDRESS)
    heading(page, "Before you read: Samtal i soffan")
    click_through(page.get_by_role("link", name="Do the exercise"))
    for answer, happened in (
        ("Svar startb", "Följd startb."),
        ("Svar tysta", "Följd tysta."),
        ("Svar starta", "Följd starta."),
    ):
        press(page, answer)
        heading(page, happened)
        assert sideways(page) == 0
        assert page.url.endswith(ADDRESS)
    press(page, "Go back one answer")
    press(page, "Svar starta")
    press(page, "Svar utea")
    page.locator("textarea").fill("Det här stannar hos mig.")
    assert sideways(page) == 0
    press(page, "Continue")

    heading(page, "Done: Informationsdelning")
    assert Completion.objects.get().user == learner


def test_the_keyboard_is_enough(open_as: OpenAs, learner: User, edition: Edition) -> None:
    page = open_as(learner, 1280)
    page.goto(f"{ADDRESS}?visa=1")
    for answer in ("Svar starta", "Svar utea"):
        tab_to(page, answer)
        enter_through(page)
    heading(page, "Följd utea.")
    tab_to(page, "The conversation so far")
    page.keyboard.press("Enter")
    expect(page.locator(".conversation")).to_be_visible()
    tab_to(page, "Continue")
    enter_through(page)

    expect(page).to_have_url(re.compile("/k1/$"))


def test_back_and_reload_find_the_page_again(open_as: OpenAs, learner: User, edition: Edition) -> None:
    page = open_as(learner)
    page.goto(f"{ADDRESS}?visa=1")
    press(page, "Svar starta")
    press(page, "Svar uteb")

    page.reload()
    heading(page, "Följd uteb.")
    page.go_back()
    heading(page, "Följd starta.")
    press(page, "Svar utea")

    heading(page, "Följd utea.")
    assert not Round.objects.exists()


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_wrong_on_any_of_its_pages(open_as: OpenAs, learner: User, edition: Edition, width: int) -> None:
    page = open_as(learner, width)
    for path in ("", "?visa=1"):
        page.goto(f"{ADDRESS}{path}")
        look(page)
    for answer in ("Svar startb", "Svar tysta", "Svar starta", "Svar utea"):
        press(page, answer)
        page.locator("details.conversation-past summary").click()
        look(page)
        assert sideways(page) == 0
    page.goto("/moduler/informationsdelning/skriv-ut/")
    look(page)


def test_every_answer_is_large_enough_to_touch(open_as: OpenAs, learner: User, edition: Edition) -> None:
    page = open_as(learner)
    page.goto(f"{ADDRESS}?visa=1")

    heights = [box["height"] for button in page.locator("button.answer").all() if (box := button.bounding_box())]

    assert len(heights) == 2
    assert min(heights) >= 44


def test_the_editor_shows_the_picture_and_leads_from_a_fault_to_its_block(open_as: OpenAs, trainer: User) -> None:
    page = open_as(trainer, 1280)
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if "Content Security Policy" in message.text else None)
    faulty = dialogue_page(
        whole_module(), body=[*conversation()[:1], turn("t2", "bra", "nowhere", sign="ute"), *conversation()[2:]]
    )
    page.goto(f"/admin/pages/{faulty.pk}/edit/")

    expect(page.get_by_role("img", name=re.compile("The turns of “Samtal i soffan”"))).to_be_visible()
    page.get_by_role("link", name="2.", exact=True).click()

    place = re.compile("#block-t2-section$")
    expect(page).to_have_url(place)
    expect(page.locator("#block-t2-section")).to_be_in_viewport()
    assert refused == []
    assert violations(page, ".cms-conversation") == []
