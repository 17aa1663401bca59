"""Cases and judgements in a real Chromium: on a phone without JavaScript, by keyboard, with Back and reload, before axe."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from playwright.sync_api import Page, expect

from courses.models import Completion, Edition
from organisation.models import User
from tests.axe import violations
from tests.browser.conftest import OpenAs
from tests.browser.hands import click_through, enter_through
from tests.drafts import check, draft, given_out, lesson
from tests.exercises import case, cases, judgement
from tests.taking import take_check, take_lesson

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("city", "in_english"),
]
LONG_AGO = dt.date(2020, 1, 1)
MOMENT = dt.datetime(2020, 3, 2, 11, 0, tzinfo=dt.UTC)
MODULE = "/moduler/informationsdelning/"


@pytest.fixture
def edition() -> Edition:
    library = case("c2", workplaces=("library", "school"))
    content = draft(lesson(), cases("f1", case("c1"), library), judgement(content_note="Här nämns hat."), check())
    return given_out(content, in_force_from=LONG_AGO)


def press(page: Page, name: str) -> None:
    click_through(page.get_by_role("button", name=name, exact=True).first)


def choose(page: Page, option: str) -> None:
    page.locator(f"label[for='option-{option}']").click()


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def sideways(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("width", [320, 360])
def test_both_are_taken_to_the_end_on_a_phone_without_javascript(
    open_as: OpenAs, learner: User, edition: Edition, width: int
) -> None:
    take_lesson(learner, edition, at=MOMENT)
    take_check(learner, edition, at=MOMENT)
    page = open_as(learner, width, javascript=False)

    page.goto(f"{MODULE}f1/")
    decide_cases(page)
    heading(page, "Before you read: Hur orolig ska jag vara? b1")
    click_through(page.get_by_role("link", name="Do the exercise"))
    judge(page)

    heading(page, "Done: Informationsdelning")
    assert sideways(page) == 0
    assert Completion.objects.get().user == learner


def decide_cases(page: Page) -> None:
    page.get_by_label("Show the cases of my workplace first").select_option("library")
    press(page, "Show")
    click_through(page.get_by_role("link", name="Fall c2"))
    press(page, "Answer")
    expect(page).to_have_title(re.compile("^Error: Fall c2"))
    choose(page, "c2-a")
    press(page, "Answer")
    expect(page).to_have_title(re.compile("^Not quite – Fall c2"))
    click_through(page.get_by_role("link", name="Next case"))
    choose(page, "c1-b")
    press(page, "Answer")
    expect(page).to_have_title(re.compile("^Right answer – Fall c1"))
    assert sideways(page) == 0
    press(page, "Continue")


def judge(page: Page) -> None:
    for id_, option, onward in (("ser", "c", "Next layer"), ("samman", "b", "Next layer"), ("tid", "a", "To the conclusion")):
        choose(page, f"{id_}-{option}")
        press(page, "This is what I do")
        expect(page).to_have_title(re.compile("^Not quite" if option == "c" else "^A reasonable step"))
        assert sideways(page) == 0
        press(page, onward)
    heading(page, "Conclusion – Hur orolig ska jag vara? b1")
    press(page, "Done – continue")


def tab_to(page: Page, name: str) -> None:
    """Move on with the keyboard until a button or link of that name has the focus."""
    for _step in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == name:
            return
    raise AssertionError(f"the keyboard does not reach {name}")


def tab_to_choices(page: Page) -> None:
    for _step in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "radio":
            return
    raise AssertionError("the keyboard does not reach the choices")


def test_the_keyboard_is_enough(open_as: OpenAs, learner: User, edition: Edition) -> None:
    page = open_as(learner, 1280)
    page.goto(f"{MODULE}f1/?fall=c1")
    tab_to_choices(page)
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    tab_to(page, "Answer")
    enter_through(page)
    heading(page, "Right answer – Fall c1")

    page.goto(f"{MODULE}b1/?visa=1")
    tab_to_choices(page)
    page.keyboard.press("Space")
    tab_to(page, "This is what I do")
    enter_through(page)
    heading(page, "A reasonable step – Lager ser")
    tab_to(page, "Next layer")
    enter_through(page)

    heading(page, "Lager samman")


def test_back_and_reload_find_the_page_again(open_as: OpenAs, learner: User, edition: Edition) -> None:
    page = open_as(learner)
    page.goto(f"{MODULE}b1/?visa=1")
    choose(page, "ser-c")
    press(page, "This is what I do")
    press(page, "Next layer")
    heading(page, "Lager samman")

    page.go_back()
    heading(page, "Not quite – Lager ser")
    page.reload()
    heading(page, "Not quite – Lager ser")
    page.go_back()
    choose(page, "ser-a")
    press(page, "This is what I do")

    heading(page, "A reasonable step – Lager ser")


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_wrong_on_any_of_their_pages(open_as: OpenAs, learner: User, edition: Edition, width: int) -> None:
    page = open_as(learner, width)

    for path in ("f1/", "f1/?fall=c1", "b1/", "b1/?visa=1"):
        page.goto(f"{MODULE}{path}")
        look(page)
    press(page, "This is what I do")
    look(page)
    for id_, onward in (("ser", "Next layer"), ("samman", "Next layer"), ("tid", "To the conclusion")):
        choose(page, f"{id_}-a")
        press(page, "This is what I do")
        look(page)
        press(page, onward)
        unfold(page)
        look(page)
    for id_ in ("c1", "c2"):
        page.goto(f"{MODULE}f1/?fall={id_}")
        choose(page, f"{id_}-b")
        press(page, "Answer")
        look(page)
    page.goto(f"{MODULE}f1/")
    look(page)


def unfold(page: Page) -> None:
    if page.locator("main details").count():
        page.locator("main summary").first.click()


def look(page: Page) -> None:
    assert violations(page) == [], page.title()
