"""What the few scripts add, and that nothing is missing without them."""

from __future__ import annotations

import pytest

from tests.looks.conftest import Screen, Viewer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

GUIDE = "/stilguide/"
WITH_ERRORS = "/stilguide/?fel=1"
PHONE = Screen(360)
PHONE_WITHOUT_SCRIPTS = Screen(360, has_javascript=False)


def test_it_moves_focus_to_what_must_be_put_right_and_leads_to_each_field(viewer: Viewer) -> None:
    page = viewer.open(WITH_ERRORS, PHONE)

    targets = page.eval_on_selector_all(".ds-error-summary a", "all => all.map(a => a.hash.slice(1))")

    assert page.evaluate("document.activeElement.className") == "ds-error-summary"
    assert targets == ["id_name", "id_email", "id_starts_on", "id_department", "id_channel_0", "id_occupations_0", "id_agrees"]
    assert all(page.locator(f"[id='{target}']").is_visible() for target in targets)


def test_it_puts_lines_in_order_with_the_keyboard_and_keeps_focus(viewer: Viewer) -> None:
    page = viewer.open(GUIDE, PHONE)
    lines = page.locator("[data-order] li")
    first = lines.first.locator(".order__text").inner_text()

    lines.first.locator("[data-move=down]").press("Enter")

    assert lines.nth(1).locator(".order__text").inner_text() == first
    assert page.eval_on_selector_all("[data-order] select", "all => all.map(s => s.value)") == ["1", "2", "3", "4"]
    assert page.evaluate("document.activeElement.dataset.move") == "down"


def test_it_asks_for_numbers_and_hides_what_cannot_work_without_scripts(viewer: Viewer) -> None:
    page = viewer.open(GUIDE, PHONE_WITHOUT_SCRIPTS)

    assert page.locator("[data-order] select").first.is_visible()
    assert page.locator("[data-print]").count()
    assert page.locator("[data-print]:visible").count() == 0


def test_it_sends_a_form_once_while_the_answer_is_on_its_way(viewer: Viewer) -> None:
    page = viewer.open(GUIDE, PHONE)
    page.evaluate(
        "() => { window.stopped = []; document.addEventListener('submit', event => {"
        " window.stopped.push(event.defaultPrevented); event.preventDefault(); }); }"
    )
    send = page.locator("form[data-submit-once] button")

    send.click()
    send.dispatch_event("click")

    assert page.evaluate("window.stopped") == [False, True]


DROP = """() => {
  const carried = new DataTransfer();
  carried.items.add(new File(["x"], "intyg.pdf", {type: "application/pdf"}));
  const more = {dataTransfer: carried, bubbles: true, cancelable: true};
  document.body.dispatchEvent(new DragEvent("dragover", more));
  const marked = document.querySelector("form[data-drop]").hasAttribute("data-dropping");
  document.body.dispatchEvent(new DragEvent("drop", more));
  return marked;
}"""


def test_it_takes_a_file_that_is_dropped_anywhere_on_the_page(viewer: Viewer) -> None:
    page = viewer.open("/verifiera/", PHONE)

    with page.expect_navigation():
        assert page.evaluate(DROP)

    assert page.locator("[data-verdict=unknown]").is_visible()
