"""The main job in a real browser: a changed module from its trainer, by way of a phone, to certificate and manager."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.utils.translation import gettext as _
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from cms.composing import compose_module
from cms.models import LessonPage, ModulePage
from organisation.models import Department, User
from tests.browser.hands import DESK, PHONE, Hands, click_through
from tests.cms.pages import whole_module
from tests.drafts import given_out
from tests.taking import assign

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Desk = Callable[[User], Hands]
MORNING = dt.datetime(2026, 3, 2, 8, 0, tzinfo=dt.UTC)
NEW_WORDS = "Fråga först den det gäller."


@pytest.fixture(autouse=True)
def _a_morning_in_march() -> Iterator[None]:
    with time_machine.travel(MORNING, tick=True):
        yield


@pytest.fixture
def module(city: object, youth_centre: Department) -> ModulePage:
    """Given out once before, and assigned to the youth centre."""
    page = whole_module()
    given_out(compose_module(page), page.module)
    assign(page.module, youth_centre)
    return page


@pytest.fixture
def desk(browser: Browser, live_server: LiveServer) -> Iterator[Desk]:
    """Return what seats a person at a computer."""
    seated: list[Hands] = []

    def seat(user: User) -> Hands:
        seated.append(Hands.of(browser, live_server.url, viewport=DESK))
        seated[-1].log_in(user)
        return seated[-1]

    yield seat
    for hands in seated:
        hands.page.context.close()


@pytest.fixture
def phone(browser: Browser, live_server: LiveServer) -> Iterator[Hands]:
    """A telephone whose browser runs no scripts."""
    hands = Hands.of(browser, live_server.url, viewport=PHONE, java_script_enabled=False, has_touch=True)
    yield hands
    hands.page.context.close()


def test_it_goes_from_the_trainer_by_a_phone_to_certificate_and_manager(
    module: ModulePage,
    desk: Desk,
    phone: Hands,
    trainer: User,
    learner: User,
    manager: User,
    other_manager: User,
    youth_centre: Department,
) -> None:
    at_work = desk(trainer)
    rewrite(at_work, LessonPage.objects.get(), NEW_WORDS)
    assert NEW_WORDS not in what_learners_read(phone, learner, module)
    give_out(at_work, module, change_note="Börjar med samtycke.")

    assert NEW_WORDS in what_learners_read(phone, learner, module)
    practise(phone)
    pass_check(phone)
    certificate = open_certificate(phone)

    own, other = desk(manager), desk(other_manager)
    assert fetched(phone, certificate) == (200, "application/pdf")
    assert [fetched(stranger, certificate)[0] for stranger in (own, other, at_work)] == [404, 404, 404]
    assert "2 mars 2026" in what_the_manager_sees_of(learner, own)
    assert other.open(f"/chef/{youth_centre.pk}/") == 404
    assert learner.last_name not in other.words


def rewrite(hands: Hands, lesson: LessonPage, words: str) -> None:
    """Write at the end of the lesson's first text, and publish."""
    hands.open(f"/admin/pages/{lesson.pk}/edit/")
    text = hands.page.locator(".public-DraftEditor-content").first
    text.click()
    hands.page.keyboard.press("Control+End")
    hands.page.keyboard.type(f" {words}")
    # The editor hands over what is written a moment later.
    hands.page.wait_for_function(
        "words => [...document.querySelectorAll('[type=hidden]')].some(e => e.value.includes(words))", arg=words
    )
    hands.page.locator("footer .w-dropdown__toggle").click()
    click_through(hands.page.locator("button[name=action-publish]"))
    hands.page.wait_for_url(lambda address: "/edit/" not in address)


def give_out(hands: Hands, module: ModulePage, change_note: str) -> None:
    """Judge the changed lesson as changed in substance, and give out."""
    hands.open("/admin/utgavor/")
    hands.follow(module.title)
    expect(hands.page.locator("main")).to_contain_text(NEW_WORDS)
    hands.page.get_by_role("radio", name=_("Material")).check()
    hands.page.locator("[name=change_note]").fill(change_note)
    hands.press(_("Give out the edition"))
    expect(hands.page.locator("main")).to_contain_text("2.0")


def what_learners_read(hands: Hands, learner: User, module: ModulePage) -> str:
    """From the start page into the module's first step: at most two touches."""
    if hands.page.url == "about:blank":
        hands.log_in(learner)
    hands.open("/")
    hands.follow(module.title)
    assert not hands.is_sideways
    hands.follow(_("Begin"))
    assert hands.heading == "Lektion"
    return hands.words


def practise(hands: Hands) -> None:
    """Answer the lesson's question wrongly, read why, answer it rightly, go on."""
    hands.touch("Nej")
    hands.press(_("Answer"))
    assert hands.heading == _("Not quite – %(title)s") % {"title": "Lektion"}
    assert "Därför." in hands.words
    hands.follow(_("Try question %(number)s again") % {"number": 1})
    hands.touch("Ja")
    hands.press(_("Answer"))
    assert hands.heading == _("Right answer – %(title)s") % {"title": "Lektion"}
    hands.press(_("Continue"))


def pass_check(hands: Hands) -> None:
    """Take the knowledge check; a reload in the middle loses nothing and doubles nothing."""
    assert hands.heading == "Kunskapskontroll"
    hands.press(_("Begin"))
    hands.page.reload()
    hands.touch("Ja")
    hands.press(_("Answer"))
    hands.follow(_("See the result"))
    assert hands.heading == _("Passed")
    hands.follow(_("Continue"))
    assert hands.heading == _("Done: %(title)s") % {"title": "Informationsdelning"}
    assert not hands.is_sideways


def open_certificate(hands: Hands) -> str:
    """Return the address of the certificate, from the page that says that it is made."""
    click_through(hands.page.locator("main").get_by_role("link", name=_("My certificates")))
    link = hands.page.get_by_role("link", name="TST-")
    expect(link).to_contain_text("PDF")
    return str(link.get_attribute("href"))


def fetched(hands: Hands, path: str) -> tuple[int, str]:
    """Return the status and the kind of what the person gets at an address."""
    answer = hands.page.request.get(path)
    return answer.status, answer.headers["content-type"]


def what_the_manager_sees_of(person: User, hands: Hands) -> str:
    """Return the person's line, by way of the menu and the own department."""
    hands.follow(_("My departments"))
    hands.follow(_("Show the persons"))
    line = hands.page.get_by_role("listitem").filter(has=hands.page.get_by_role("heading", name=person.get_full_name())).first
    expect(line).to_contain_text(_("Done"))
    return str(line.inner_text())
