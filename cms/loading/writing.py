"""Writing a page as a trainer would: save, then publish. A page that already says so is not touched."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wagtail.fields import StreamField
from wagtail.models import Page, PageLogEntry
from wagtail.signal_handlers import disable_reference_index_auto_update

from cms.loading.streams import same_stream


def write(page: Page, parent: Page, values: dict[str, Any], tags: Iterable[str] = ()) -> bool:
    """Give the page its values and publish it, below the parent if it is new. Returns whether anything changed."""
    if page.pk and says(page, values, tags):
        return False
    for name, value in values.items():
        setattr(page, name, value)
    if tags:
        page.tags.set(list(tags))
    # Publishing lists what the page refers to; doing so at every save before it takes a tenth of the loading.
    with disable_reference_index_auto_update():
        if page.pk is None:
            page.live = False
            parent.add_child(instance=page)
        revision = page.save_revision()
    revision.publish()
    return True


def says(page: Page, values: dict[str, Any], tags: Iterable[str]) -> bool:
    """Whether the page is published with these values."""
    same = all(_same(page, name, value) for name, value in values.items())
    return page.live and same and (not tags or set(page.tags.names()) == set(tags))


def _same(page: Page, name: str, value: Any) -> bool:
    field = page._meta.get_field(name)
    now = getattr(page, name)
    return same_stream(field, now, value) if isinstance(field, StreamField) else bool(now == value)


def touched_by_people(pages: Iterable[Page]) -> bool:
    """Whether somebody with an account has done anything to one of the pages."""
    return PageLogEntry.objects.filter(page__in=[page.pk for page in pages], user__isnull=False).exists()
