"""The one login door."""

import pytest
from django.contrib.auth import get_user
from django.core import mail

from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


def log_in(client, login: str, password: str = PASSWORD):
    return client.post("/konto/logga-in/", {"login": login, "password": password})


@pytest.mark.parametrize("written", ["lo@example.se", "Lo@Example.SE", "  LO@EXAMPLE.SE "])
def test_it_lets_a_person_in_however_the_address_is_written(client, city, written) -> None:
    user = UserFactory(email="LO@example.se")

    answer = log_in(client, written)

    assert answer.status_code == 302
    assert get_user(client) == user


def test_it_refuses_a_wrong_password_without_saying_who_exists(client, city) -> None:
    UserFactory(email="lo@example.se")

    wrong, unknown = log_in(client, "lo@example.se", "fel"), log_in(client, "finns-inte@example.se", "fel")

    assert wrong.context["form"].errors == unknown.context["form"].errors != {}


def test_a_refused_login_says_what_to_do(client, city) -> None:
    answer = log_in(client, "lo@example.se", "fel")

    assert "E-postadressen eller lösenordet stämmer inte. Försök igen" in answer.text


def test_it_stops_guessing_also_with_the_right_password(client, city) -> None:
    UserFactory(email="lo@example.se")
    for _turn in range(6):
        log_in(client, "lo@example.se", "fel")

    log_in(client, "lo@example.se")

    assert not get_user(client).is_authenticated


def test_the_limit_holds_for_other_capitals(client, city) -> None:
    UserFactory(email="lo@example.se")
    for turn in range(6):
        log_in(client, "Lo@example.se" if turn % 2 else "lO@example.se", "fel")

    log_in(client, "lo@example.se")

    assert not get_user(client).is_authenticated


def test_a_leaver_s_closed_account_stays_out(client, city) -> None:
    UserFactory(email="lo@example.se", is_active=False)

    log_in(client, "lo@example.se")

    assert not get_user(client).is_authenticated


def test_nobody_signs_up(client, city) -> None:
    answer = client.post("/konto/nytt/", {"email": "ny@example.se", "password1": PASSWORD})

    assert get_user(client).is_authenticated is False
    assert not UserFactory._meta.model.objects.filter(email="ny@example.se").exists()
    assert answer.status_code == 200


@pytest.mark.parametrize("address", ["/admin/login/", "/admin/"])
def test_the_administration_has_no_door_of_its_own(client, city, address) -> None:
    answer = client.get(address, follow=True)

    assert answer.redirect_chain[-1][0].startswith("/konto/logga-in/")


def test_a_forgotten_password_is_mended_by_mail_that_names_no_subject(client, city) -> None:
    UserFactory(email="lo@example.se")

    client.post("/konto/glomt/", {"email": "LO@example.se"})

    (sent,) = mail.outbox
    assert sent.to == ["lo@example.se"]
    assert "/konto/glomt/" in sent.body
    assert "extremis" not in (sent.subject + sent.body).lower()


def test_an_unknown_address_gets_the_same_answer(client, city) -> None:
    UserFactory(email="lo@example.se")

    known = client.post("/konto/glomt/", {"email": "lo@example.se"})
    unknown = client.post("/konto/glomt/", {"email": "finns-inte@example.se"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


@pytest.mark.parametrize(
    "address",
    ["/konto/logga-in/", "/konto/nytt/", "/konto/glomt/", "/konto/glomt/skickat/", "/konto/glomt/klart/", "/konto/avstangt/"],
)
def test_every_open_account_page_answers(client, city, address) -> None:
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", ["/konto/losenord/", "/konto/logga-ut/", "/konto/bekrafta/"])
def test_every_own_account_page_answers(client_of, learner, city, address) -> None:
    assert client_of(learner).get(address).status_code in {200, 302}
