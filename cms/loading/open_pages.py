"""Open pages of the starter content."""

from __future__ import annotations

from typing import Any

from cms.blocks.contacts import may_not_be_empty
from cms.loading.streams import Raw, StreamWriter
from cms.loading.writing import touched_by_people, write
from cms.models import HomePage, RoutinePage, StandardPage
from cms.starter.texts import PageKind, PageText

MODELS: dict[PageKind, type[RoutinePage] | type[StandardPage]] = {
    PageKind.ROUTINE: RoutinePage,
    PageKind.STANDARD: StandardPage,
}


def load_page(text: PageText, home: HomePage, writer: StreamWriter) -> bool:
    """Bring the page to the state of the file. Returns False if somebody here has changed it; then it is left alone."""
    page = home.get_children().filter(slug=text.slug).specific().first()
    if page and touched_by_people([page]):
        return False
    page = page or MODELS[text.kind]()
    values = {"title": text.title, "slug": text.slug, "summary": text.summary, "language": text.language}
    values |= {"body": writer.stream(text.blocks)}
    if isinstance(page, RoutinePage):
        _write_routine(page, home, values, writer.stream(text.contacts))
    else:
        write(page, home, values)
    return True


def _write_routine(page: RoutinePage, home: HomePage, values: dict[str, Any], contacts: list[Raw]) -> None:
    """Publish the page with the contacts that may be published; those that lack their number wait in a draft of the page."""
    ready = [contact for contact in contacts if not may_not_be_empty(contact["value"])]
    if write(page, home, values | {"contacts": ready}) and ready != contacts:
        page.contacts = contacts
        page.save_revision()
