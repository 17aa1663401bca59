"""The pages for what goes wrong say what happened, and need no more than they have."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.test import Client, override_settings

FAULTS = ("400", "403", "403_csrf", "404", "429", "500")


@pytest.mark.parametrize("fault", FAULTS)
def test_it_is_drawn_without_a_request_or_a_database(fault: str) -> None:
    """No `db` fixture: a query would fail."""
    page = render_to_string(f"{fault}.html")

    assert page.count("<h1>") == 1
    assert "/vid-oro/" in page


@pytest.mark.parametrize("fault", FAULTS)
def test_it_has_nothing_inline(fault: str) -> None:
    page = render_to_string(f"{fault}.html")

    assert "<style" not in page
    assert " style=" not in page
    assert "<script>" not in page


def test_it_is_shown_for_an_address_that_does_not_exist(db: None) -> None:
    response = Client().get("/finns-inte/")

    assert response.status_code == 404
    assert "404.html" in [template.name for template in response.templates]


def test_it_says_a_form_was_too_old(db: None) -> None:
    response = Client(enforce_csrf_checks=True).post("/konto/logga-in/", {"login": "lo@example.se", "password": "x"})

    assert response.status_code == 403
    assert "403_csrf.html" in [template.name for template in response.templates]


@override_settings(ACCOUNT_RATE_LIMITS={"login": "1/h/ip", "login_failed": "1/h/ip"})
def test_it_says_there_were_too_many_attempts(db: None) -> None:
    client = Client()

    responses = [client.post("/konto/logga-in/", {"login": "lo@example.se", "password": "fel lösenord"}) for _ in range(3)]

    assert responses[-1].status_code == 429
    assert "429.html" in [template.name for template in responses[-1].templates]
