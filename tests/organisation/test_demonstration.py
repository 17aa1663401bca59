"""Accounts of the demonstration work only where DEMO is on."""

import pytest
from django.test import Client

from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def demonstrator(city):
    return UserFactory(employee_number="DEMO-1", email="visa@example.se")


def log_in(client: Client) -> bool:
    return client.login(email="visa@example.se", password=PASSWORD)


def test_it_lets_the_account_in_where_demo_is_on(client, demonstrator, settings) -> None:
    settings.DEMO = True

    assert log_in(client)


def test_it_refuses_the_account_where_demo_is_off(client, demonstrator, settings) -> None:
    settings.DEMO = False

    assert not log_in(client)


def test_it_ends_an_open_session_when_demo_is_turned_off(client, demonstrator, settings, rf) -> None:
    settings.DEMO = True
    log_in(client)

    settings.DEMO = False

    assert client.session.get("_auth_user_id")
    assert not user_of(client).is_authenticated


def test_it_lets_others_in_where_demo_is_off(client, city, settings) -> None:
    settings.DEMO = False
    UserFactory(employee_number="A1", email="visa@example.se")

    assert log_in(client)


def user_of(client: Client):
    from django.contrib.auth import get_user
    from django.http import HttpRequest

    request = HttpRequest()
    request.session = client.session
    return get_user(request)
