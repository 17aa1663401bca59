"""The card of whom to call, on paper."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from django.core.management import call_command
from playwright.sync_api import Page

from organisation.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_it_is_one_page_on_paper(open_as: Callable[..., Page], learner: User, city: Any, settings: Any) -> None:
    settings.DEMO = True
    call_command("load_content", stdout=io.StringIO())
    page = open_as(learner)
    page.goto("/vem-ringer-jag/")

    documents = {paper: pikepdf.open(io.BytesIO(page.pdf(format=paper))) for paper in ("A4", "A5")}

    assert {paper: len(document.pages) for paper, document in documents.items()} == {"A4": 1, "A5": 1}
