"""A trainer at work in a real browser: edits a lesson, publishes it, gives out the edition. Nothing breaks the policy."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.base import ContentFile
from PIL import Image as Picture
from playwright.sync_api import Browser, ConsoleMessage, Page, expect
from wagtail.images.models import Image

from cms.models import LessonPage, ModulePage
from courses.models import Edition, LegalSource
from organisation.models import User
from tests.browser.hands import click_through
from tests.cms.pages import whole_module
from tests.factories import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="sv-SE", viewport={"width": 1280, "height": 900})
    # Leaving the editor tells the server so, at a moment when the test's database is already gone.
    context.route("**/editing-sessions/release/**", lambda route: route.abort())
    yield context.new_page()
    context.close()


@pytest.fixture
def refused(page: Page) -> Iterator[list[str]]:
    """What the browser refused or failed to run."""
    found: list[str] = []

    def note(message: ConsoleMessage) -> None:
        # A form that is only half filled in when the editor saves by itself is answered with 400.
        if message.type == "error" and "400 (Bad Request)" not in message.text:
            found.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: found.append(str(error)))
    yield found
    assert found == []


@pytest.fixture
def module(db: Any) -> ModulePage:
    return whole_module()


@pytest.fixture
def desk(page: Page, live_server: Any, trainer: User, module: ModulePage) -> Page:
    """The administration, logged in."""
    page.goto(f"{live_server.url}/admin/")
    page.fill("input[name=login]", trainer.email)
    page.fill("input[name=password]", PASSWORD)
    click_through(page.locator("main button[type=submit]"))
    assert page.url.endswith("/admin/")
    return page


def publish(page: Page) -> None:
    # The menu beside the save button holds publishing.
    page.locator("footer [data-w-dropdown-target=toggle]").click()
    click_through(page.locator("button[name=action-publish]"))


def test_it_lets_a_trainer_edit_publish_and_give_out(
    desk: Page, live_server: Any, module: ModulePage, refused: list[str]
) -> None:
    lesson = LessonPage.objects.get()

    desk.goto(f"{live_server.url}/admin/pages/{lesson.pk}/edit/")
    desk.locator(".Draftail-Editor .public-DraftEditor-content").first.click()
    desk.keyboard.press("End")
    desk.keyboard.type(" Och detta.")
    expect(desk.locator("input[name=body-0-value-text]")).to_have_value(re.compile("Och detta"))
    publish(desk)
    expect(desk.locator(".messages")).to_contain_text("Lektion")
    desk.goto(f"{live_server.url}/admin/utgavor/{module.module_id}/")
    desk.fill("textarea[name=change_note]", "Första utgåvan.")
    click_through(desk.locator("form .button[type=submit]").last)

    edition = Edition.objects.get()
    assert "Läs detta. Och detta." in edition.payload
    assert (edition.number, edition.sealed_by.first_name) == ("1.0", "Tove")


def test_it_keeps_choosers_and_preview_working(desk: Page, live_server: Any, module: ModulePage, refused: list[str]) -> None:
    data = io.BytesIO()
    Picture.new("RGB", (40, 30), "green").save(data, "PNG")
    Image.objects.create(title="Grön yta", file=ContentFile(data.getvalue(), "gron.png"))
    LegalSource.objects.create(key="osl-10-27", law="OSL", designation="OSL 10 kap. 27 §", summary="Väg.")
    lesson = LessonPage.objects.get()

    desk.goto(f"{live_server.url}/admin/pages/{lesson.pk}/edit/")
    for name, choice in {"legal": "OSL 10 kap. 27 §", "image": "Grön yta"}.items():
        desk.locator("[data-streamfield-stream-container] > div > .c-sf-add-button").last.click()
        desk.locator(f".w-combobox__option:has(.icon-{ {'legal': 'clipboard-list', 'image': 'image'}[name] })").first.click()
        desk.locator(".chooser button[data-chooser-action-choose]:visible").last.click()
        desk.locator(f".modal-body >> text={choice}").first.click()
        expect(desk.locator(".modal-body")).to_have_count(0)
    desk.locator("[data-contentpath=alt] input").fill("En grön yta")
    publish(desk)
    desk.goto(f"{live_server.url}/admin/pages/{lesson.pk}/edit/")
    desk.locator("button[aria-label*=örhandsgran]").first.click()
    expect(desk.frame_locator("#w-preview-iframe").locator("h1")).to_contain_text("Lektion")

    blocks = [block.block_type for block in LessonPage.objects.get().body]
    assert blocks == ["text", "question", "legal", "image"]


def test_it_sends_a_lesson_through_review(desk: Page, live_server: Any, module: ModulePage, refused: list[str]) -> None:
    lesson = LessonPage.objects.get()

    desk.goto(f"{live_server.url}/admin/pages/{lesson.pk}/edit/")
    desk.locator("footer [data-w-dropdown-target=toggle]").click()
    click_through(desk.locator("button[name=action-submit]"))

    assert lesson.workflow_states.filter(status="in_progress").exists()


def test_it_shows_calendars_without_inline_script(desk: Page, live_server: Any, module: ModulePage, refused: list[str]) -> None:
    desk.goto(f"{live_server.url}/admin/pages/{module.pk}/edit/")
    desk.locator("input[name=review_on]").click()

    expect(desk.locator(".xdsoft_datetimepicker:visible")).to_have_count(1)
