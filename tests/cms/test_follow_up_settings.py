"""What coordinators decide about reports in the administration."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from lxml import html

from cms.site_tree import keep_foundation
from organisation.models import Event
from organisation.permissions import COORDINATORS
from reports.models import CycleSettings, RecipientList
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
DAYS = {
    "april_cut_off": "04-30",
    "august_cut_off": "08-31",
    "year_cut_off": "12-31",
    "freeze_after_days": "14",
    "remind_after_days": "0, 7, 14",
    "smallest_shown": "5",
}


@pytest.fixture
def client(client_of):
    keep_foundation()
    user = UserFactory(is_staff=True)
    user.groups.add(Group.objects.get(name=COORDINATORS))
    return client_of(user)


def add(client, addresses: str):
    fields = {"name": "Nämnderna", "addresses": addresses, "is_active": "on"}
    return client.post(reverse("recipients:add"), fields)


def test_it_keeps_addresses_one_a_line_and_each_once(client) -> None:
    add(client, " namnd@example.se \r\n\r\nkansli@example.se\nNAMND@example.se\n")

    assert RecipientList.objects.get().addresses == ["namnd@example.se", "kansli@example.se"]
    assert Event.objects.get(verb="recipients.changed").details == {"addresses": 2}


def test_it_refuses_what_is_no_address_and_keeps_what_was_written(client) -> None:
    response = add(client, "namnd@example.se\nnämndens kansli")

    assert "”nämndens kansli” är ingen e-postadress." in response.text
    assert "namnd@example.se\nnämndens kansli" in response.text
    assert not RecipientList.objects.exists()


def test_it_shows_the_addresses_one_a_line(client) -> None:
    found = RecipientList.objects.create(name="Ledningen", addresses=["a@example.se", "b@example.se"])

    assert ">\na@example.se\nb@example.se</textarea>" in client.get(reverse("recipients:edit", args=[found.pk])).text


def test_it_says_in_words_who_gets_mail(client) -> None:
    RecipientList.objects.create(name="Ledningen", addresses=["a@example.se"])
    RecipientList.objects.create(name="Nämnden", addresses=["b@example.se"], is_active=False)

    icons = html.fromstring(client.get(reverse("recipients:index")).text).xpath("//td//span[@class='w-sr-only']")

    assert [icon.text_content().strip() for icon in icons] == ["Ja", "Nej"]


def test_it_decides_when_figures_are_frozen_and_who_may_read(client) -> None:
    client.post(reverse("cycle_settings"), DAYS | {"is_public": "on"})

    decided = CycleSettings.objects.get()
    assert (decided.freeze_after_days, decided.is_public) == (14, True)
    assert Event.objects.get(verb="cycle_settings.changed").details == {"fields": ["freeze_after_days", "is_public"]}


def test_it_says_what_is_wrong_with_a_day(client) -> None:
    response = client.post(reverse("cycle_settings"), DAYS | {"april_cut_off": "31/4"})

    assert "Skriv månad och dag med två siffror var" in response.text
    assert not CycleSettings.objects.exists()


def test_it_says_what_is_wrong_with_the_days_of_reminders(client) -> None:
    response = client.post(reverse("cycle_settings"), DAYS | {"remind_after_days": "7, 0"})

    assert "Skriv dagarna i stigande ordning, var och en en gång." in response.text
    assert not CycleSettings.objects.exists()


def test_it_hides_more_if_the_city_wants_and_never_less(client) -> None:
    refused = client.post(reverse("cycle_settings"), DAYS | {"smallest_shown": "4"})
    assert "5" in refused.context["form"].errors["smallest_shown"][0]
    assert not CycleSettings.objects.exists()

    client.post(reverse("cycle_settings"), DAYS | {"smallest_shown": "10"})
    assert CycleSettings.objects.get().smallest_shown == 10
