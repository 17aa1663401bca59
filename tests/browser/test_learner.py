"""A learner's whole way, in a real Chromium: on a phone without JavaScript, and every page before axe."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from courses.actions.attempts import answer_in_attempt, start_attempt
from courses.actions.withdraw import withdraw
from courses.models import Attempt, Completion, Edition, LegalCheck, LegalSource
from courses.payload import Fact, Heading, Legal, Option, Quotation, Reflection, Source, Steps, Text
from organisation.models import User
from tests.axe import violations
from tests.browser.hands import click_through, enter_through
from tests.drafts import check, draft, given_out, lesson, question
from tests.factories import RECORDED
from tests.taking import assign, place, take_check, take_lesson, take_module

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("city")]

LONG_AGO = dt.date(2020, 1, 1)
FAR_AHEAD = dt.date(2099, 1, 1)
MOMENT = dt.datetime(2020, 3, 2, 11, 0, tzinfo=dt.UTC)
MODULE = "/moduler/informationsdelning/"


def three(id: str, kind: str) -> tuple[Option, ...]:
    return tuple(
        Option(
            id=f"{id}-{number}",
            text=f"{word} svaret, med några ord till så att raden bryts på en telefon",
            explanation=f"Därför är det så med {word.lower()} svaret.",
            is_right=number < 3 and kind != "order",
            position=number,
        )
        for number, word in enumerate(("Första", "Andra", "Tredje"), start=1)
    )


@pytest.fixture
def edition(administration, learner) -> Edition:
    """One of every kind of block and question."""
    osl = LegalSource.objects.create(key="osl", law="Offentlighets- och sekretesslag", designation="OSL 10 kap. 27 §")
    LegalCheck.objects.create(
        recorded_at=RECORDED, source=osl, checked_on=LONG_AGO, checked_by="Jurist", check_again_on=dt.date(2020, 6, 1)
    )
    source = Source(key="osl", designation=osl.designation, law=osl.law, check_again_on=FAR_AHEAD)
    first = lesson(
        blocks=(
            Heading(id="h", text="Det du behöver veta"),
            Text(id="t", html="<p>Läs <b>detta</b> först.</p><ul><li>En sak</li></ul>", sources=("osl",)),
            Fact(id="f", title="Visste du", html="<p>En sak till.</p>"),
            Quotation(id="c", text="Planen säger så.", source="Handlingsplanen, s. 3"),
            Legal(id="s", source="osl", html="<p>Uppgiften får lämnas.</p>"),
            Steps(id="p", title="Gör så här", items=("<p>Ring.</p>", "<p>Skriv ner.</p>")),
            Reflection(id="r", prompt="Vad skulle du göra?"),
            question("q1", sources=("osl",)),
            question("q2", kind="several", options=three("q2", "several")),
            question("q3", kind="order", options=three("q3", "order")),
        )
    )
    noted = lesson("l2", content_note="Här nämns våld.")
    content = draft(first, noted, check(questions=3, draw=2, pass_percent=50), sources=(source,))
    edition = given_out(content, in_force_from=LONG_AGO)
    assign(edition.module, administration, from_on=dt.date(2025, 1, 1), due_on=dt.date(2025, 6, 1))
    return edition


def press(page: Page, name: str) -> None:
    click_through(page.get_by_role("button", name=name, exact=True).first)


def choose(page: Page, option: str) -> None:
    page.locator(f"label[for='option-{option}']").click()


def answer_rightly(page: Page, id_: str) -> None:
    choose(page, f"{id_}-a")
    press(page, "Answer")


@pytest.fixture(autouse=True)
def _in_english(settings) -> None:
    settings.LANGUAGES = [("en", "English")]
    settings.LANGUAGE_CODE = "en"


def sideways(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize("width", [320, 360])
def test_the_whole_way_on_a_phone_without_javascript(open_as, learner: User, edition: Edition, width: int) -> None:
    page = open_as(learner, width, javascript=False)
    page.goto("/")
    click_through(page.get_by_role("link", name="Begin Informationsdelning"))
    click_through(page.get_by_role("link", name="Begin", exact=True))
    expect(page).to_have_url(re.compile("/l1/$"))
    take_first_lesson(page)
    expect(page).to_have_url(re.compile("/l2/$"))
    click_through(page.get_by_role("link", name="Read the step"))
    answer_rightly(page, "l2-q")
    press(page, "Continue")
    pass_the_check(page)

    expect(page.get_by_role("heading", level=1)).to_have_text("Done: Informationsdelning")
    page.get_by_label("What was unclear?").fill("Inget.")
    press(page, "Send the answers")
    expect(page.get_by_role("status")).to_have_text("Thank you. Your answers are saved without your name.")
    assert sideways(page) == 0
    assert Completion.objects.get().user == learner


def take_first_lesson(page: Page) -> None:
    press(page, "Continue")
    expect(page).to_have_title(re.compile("^Error:"))
    answer_rightly(page, "q1")
    expect(page).to_have_title(re.compile("Right answer – Lektion l1"))
    choose(page, "q2-1")
    choose(page, "q2-3")
    click_through(page.locator("form", has=page.locator("#option-q2-1")).get_by_role("button"))
    expect(page).to_have_title(re.compile("Not quite – Lektion l1"))
    for number in (1, 2, 3):
        page.locator(f"#option-q3-{number}").select_option(str(number))
    click_through(page.locator("form", has=page.locator("#option-q3-1")).get_by_role("button"))
    press(page, "Continue")


def pass_the_check(page: Page) -> None:
    press(page, "Begin")
    drawn = Attempt.objects.get().question_ids
    choose(page, f"{drawn[0]}-b")
    press(page, "Answer")
    page.reload()
    page.go_back()
    page.go_forward()
    click_through(page.get_by_role("link", name="Next question"))
    answer_rightly(page, drawn[1])
    click_through(page.get_by_role("link", name="Next question"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Once more: question 1 of 1 that came back")
    answer_rightly(page, drawn[0])
    page.reload()
    click_through(page.get_by_role("link", name="See the result"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Passed")
    click_through(page.get_by_role("link", name="Continue"))


def test_of_two_devices_the_first_answer_stands(open_as, learner: User, edition: Edition) -> None:
    phone, computer = open_as(learner), open_as(learner, 1280)
    phone.goto(MODULE + "k1/")
    press(phone, "Begin")
    computer.goto(MODULE + "k1/")
    first = Attempt.objects.get().question_ids[0]
    choose(phone, f"{first}-b")
    press(phone, "Answer")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Not quite: question 1 of 2")

    answer_rightly(computer, first)

    expect(computer.get_by_role("heading", level=1)).to_have_text("Not quite: question 1 of 2")


def test_another_device_goes_on_where_the_first_one_stopped(open_as, learner: User, edition: Edition) -> None:
    take_lesson(learner, edition, "l1", MOMENT)
    page = open_as(learner, 1280)
    page.goto(MODULE)

    click_through(page.get_by_role("link", name="Continue", exact=True))

    expect(page).to_have_url(re.compile("/l2/$"))


def test_the_keyboard_alone_answers_and_goes_on(open_as, learner: User, edition: Edition) -> None:
    page = open_as(learner, 1280)
    page.goto(MODULE + "l2/?visa=1")
    page.locator("#option-l2-q-a").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    enter_through(page)
    expect(page).to_have_title(re.compile("Right answer"))
    page.get_by_role("button", name="Continue").focus()
    enter_through(page)

    expect(page).to_have_url(re.compile("/k1/$"))


def nothing_done(learner: User, edition: Edition) -> None:
    """The learner has just come."""


def lesson_begun(learner: User, edition: Edition) -> None:
    take_lesson(learner, edition, "l1", MOMENT)


def one_came_back(learner: User, edition: Edition) -> None:
    here = place(edition, "k1")
    first, second = start_attempt(user=learner, place=here, seed="s", at=MOMENT).question_ids
    for id_, option in ((first, "b"), (second, "a")):
        said = {"number": 1, "question_id": id_, "response": [f"{id_}-{option}"]}
        answer_in_attempt(user=learner, place=here, at=MOMENT, **said)


def check_begun(learner: User, edition: Edition) -> None:
    take_check(learner, edition, "k1", MOMENT, rightly=False)


def all_done(learner: User, edition: Edition) -> None:
    take_module(learner, edition, MOMENT)


def stopped(learner: User, edition: Edition) -> None:
    withdraw(edition=edition, step_key="l1", reason="Lagen ändras den 1 juli.", by=learner, at=MOMENT)


PAGES: list[tuple[str, Callable[[User, Edition], None]]] = [
    ("/", nothing_done),
    ("/", all_done),
    ("/moduler/", nothing_done),
    (MODULE, nothing_done),
    (MODULE, lesson_begun),
    (MODULE, all_done),
    (MODULE, stopped),
    (MODULE + "l1/", nothing_done),
    (MODULE + "l1/?svarat=q1", lesson_begun),
    (MODULE + "l1/", stopped),
    (MODULE + "l2/", nothing_done),
    (MODULE + "k1/", nothing_done),
    (MODULE + "k1/", check_begun),
    (MODULE + "k1/?fraga=1", check_begun),
    (MODULE + "k1/?fraga=3", one_came_back),
    (MODULE + "k1/", all_done),
    (MODULE + "klar/", all_done),
    (MODULE + "skriv-ut/", nothing_done),
]


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(("path", "before"), PAGES, ids=lambda value: value if isinstance(value, str) else value.__name__)
def test_axe_finds_nothing(open_as, learner: User, edition: Edition, path: str, before, width: int) -> None:
    before(learner, edition)
    page = open_as(learner, width)
    page.goto(path)

    assert violations(page) == []
    assert sideways(page) == 0


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_on_a_page_that_was_refused(open_as, learner: User, edition: Edition, width: int) -> None:
    page = open_as(learner, width)
    page.goto(MODULE + "l1/")
    press(page, "Continue")

    assert page.evaluate("document.activeElement.className") == "ds-error-summary"
    assert violations(page) == []
    assert sideways(page) == 0
