"""The event log speaks to those who read it."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from cms.event_words import VERBS, kind_words, verb_words
from config.env import BASE_DIR
from organisation.models import log_event
from organisation.permissions import ADMINISTRATORS
from tests.cms.test_who_may_do_what import member
from tests.factories import DepartmentFactory

PACKAGES = ("organisation", "courses", "certificates", "reports", "cms", "config")
WRITTEN = re.compile(r"""log_event\(\s*"([a-z_]+\.[a-z_]+)"|^[A-Z_]+ = "([a-z_]+\.[a-z_]+)"$""", re.MULTILINE)


def verbs_in_the_code() -> set[str]:
    """Every verb that stands before a thing in the event log; constants only where the file writes events."""
    files = (file for package in PACKAGES for file in (BASE_DIR / package).rglob("*.py"))
    texts = (text for file in files if "log_event(" in (text := file.read_text()))
    return {first or second for text in texts for first, second in WRITTEN.findall(text)}


def test_every_verb_of_the_code_has_words() -> None:
    permissions = tuple(f"{package}." for package in PACKAGES)
    verbs = {verb for verb in verbs_in_the_code() if not verb.startswith(permissions)}

    assert len(verbs) > 20
    assert verbs - VERBS.keys() == set()


@pytest.mark.django_db
def test_the_page_shows_words_and_no_codes(city, client_of) -> None:
    administrator = member(ADMINISTRATORS)
    log_event("persons.viewed", DepartmentFactory(), by=administrator, at=timezone.now(), rows=3)

    page = client_of(administrator).get(reverse("events:index")).content.decode()

    assert "Tittade på personerna i en enhet" in page
    assert "organisation.department" not in page


def test_what_is_unknown_stands_as_it_is_stored() -> None:
    assert verb_words("old.verb") == "old.verb"
    assert kind_words("gone.model") == kind_words("gone.model")
    assert kind_words("nonsense") == "nonsense"
