"""What is loaded from files may be opened and saved in the editor as it stands: no text is longer than a field takes."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.loading import load
from cms.starter import read_content
from courses.models import LegalSource, Symbol
from tests.content.conftest import REAL_FOLDER

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 25, 9, 0, tzinfo=dt.UTC)


def test_it_loads_nothing_that_the_editor_would_refuse() -> None:
    load(read_content(REAL_FOLDER), at=AT)

    pages = [page for page in Page.objects.specific() if page.depth > 2]
    refused = [*(name for page in pages for name in refused_streams(page)), *refused_rows()]
    assert len(pages) > 30
    assert refused == []


def refused_streams(page: Page) -> list[str]:
    fields = [field for field in page._meta.get_fields() if isinstance(field, StreamField)]
    return [
        f"{page.slug}: {field.name}" for field in fields if _is_refused(field.stream_block.clean, getattr(page, field.name))
    ]


def refused_rows() -> list[str]:
    return [str(row) for rows in (Symbol, LegalSource) for row in rows.objects.all() if _is_refused(row.full_clean)]


def _is_refused(check, *values: object) -> bool:
    try:
        check(*values)
    except ValidationError:
        return True
    return False
