"""Each module of the starter content, from its first page to the completion, on a phone without JavaScript.

Whoever answers what is asked and then follows "what to do next" – the one button with the accent – gets there.
"""

from __future__ import annotations

import datetime as dt
import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import pytest
import time_machine
from django.core.management import call_command
from playwright.sync_api import Locator, Page

from courses.models import Completion, Edition
from courses.payload import Judgement, Option, StepContent, read_payload
from organisation.models import User
from tests.browser.hands import click_through

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("city")]

DAY = dt.datetime(2026, 12, 1, 9, 0, tzinfo=dt.UTC)
MODULES = {"tidiga-tecken": "judge", "informationsdelning": "decide", "demokratidialog": "choose"}
"""What each module lets one practise, as its forms say it."""
MOST_PAGES = 600
NEXT = "main .ds-button[data-color=accent]"
ASKED = "main form:has(input[name=answer]), main form:has(select[name^='answer-'])"


def options_of(step: StepContent) -> Iterable[Option]:
    """Everything that can be chosen and is right or wrong."""
    asked = step.layers if isinstance(step, Judgement) else step.questions
    return [option for one in asked for option in one.options]


@dataclass
class Walker:
    """A learner who knows every answer and follows what to do next. `kinds` counts what she pressed."""

    page: Page
    options: dict[str, Option]
    kinds: Counter[str] = field(default_factory=Counter)
    turns: Counter[str] = field(default_factory=Counter)

    def walk(self, slug: str) -> None:
        self.page.goto(f"/moduler/{slug}/")
        for _page in range(MOST_PAGES):
            if self.page.url.endswith("/klar/"):
                return
            self.step()
        raise AssertionError(f"no end after {MOST_PAGES} pages: {self.page.url}")

    def step(self) -> None:
        """Answer the first thing that is asked, or go on."""
        page = self.page
        if (form := page.locator(ASKED)).count():
            self.answer(form.first)
        elif (turn := page.locator("main button.answer")).count():
            self.say(turn)
        elif page.locator(NEXT).count():
            self.kinds["next"] += 1
            click_through(page.locator(NEXT).first)
        else:
            self.kinds["case"] += 1
            click_through(page.locator("main .task:not([data-status=done]) a").first)

    def answer(self, form: Locator) -> None:
        self.kinds[form.locator("[name=do]").get_attribute("value") or ""] += 1
        for select in form.locator("select[name^='answer-']").all():
            id_ = (select.get_attribute("name") or "").removeprefix("answer-")
            select.select_option(str(self.options[id_].position))
        for choice in form.locator("input[name=answer]").all():
            if self.options[choice.get_attribute("value") or ""].is_right:
                form.locator(f"label[for='{choice.get_attribute('id')}']").click()
        click_through(form.locator("button[type=submit]").first)

    def say(self, choices: Locator) -> None:
        """Choose another way each time that the same is said, so that no loop holds her."""
        self.kinds["choose"] += 1
        said = self.page.locator("section .said").first.inner_text()
        click_through(choices.nth(self.turns[said] % choices.count()))
        self.turns[said] += 1


@pytest.mark.parametrize("slug", MODULES)
def test_what_to_do_next_leads_to_the_completion_without_javascript(open_as, learner: User, slug: str) -> None:
    call_command("load_content", stdout=io.StringIO())
    edition = Edition.objects.get(module__slug=slug)
    content = read_payload(edition.payload).content
    walker = Walker(
        open_as(learner, javascript=False), {option.id: option for step in content.steps for option in options_of(step)}
    )

    with time_machine.travel(DAY, tick=True):
        walker.walk(slug)

    assert Completion.objects.get().edition == edition
    assert walker.kinds[MODULES[slug]] >= 15
    assert walker.page.locator("h1").inner_text().startswith("Klar:")
