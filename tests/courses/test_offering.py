"""Offers written for many at once: by mail, or from the list of a workplace meeting."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from courses.actions.offer import OfferRefused, offer_to
from courses.models import Module, Offer
from organisation.models import Event, User
from tests.factories import ModuleFactory, UserFactory
from tests.taking import NOON, TODAY

pytestmark = pytest.mark.django_db
MEETING, MAIL = Offer.Channel.MEETING, Offer.Channel.MAIL


@pytest.fixture
def module() -> Module:
    return ModuleFactory()


def offer(module: Module, *people: User, channel: Offer.Channel = MEETING, on: dt.date = TODAY) -> int:
    return offer_to(user_ids=[one.pk for one in people], module=module, channel=channel, on=on, by=None, at=NOON)


def test_it_is_new_to_each_person_once_a_day_and_channel(module: Module) -> None:
    first, second = UserFactory(), UserFactory()

    assert offer(module, first) == 1
    assert offer(module, first, second, second) == 1
    assert offer(module, first, second) == 0
    assert offer(module, first, channel=MAIL) == 1
    assert offer(module, first, on=TODAY - dt.timedelta(days=1)) == 1

    assert Offer.objects.filter(user=first).count() == 3
    assert [event.details["persons"] for event in Event.objects.filter(verb="module.offered").order_by("pk")] == [1, 1, 1, 1]


def test_the_site_offers_once_in_all(module: Module) -> None:
    person = UserFactory()

    assert offer(module, person, channel=Offer.Channel.SITE, on=TODAY - dt.timedelta(days=9)) == 1
    assert offer(module, person, channel=Offer.Channel.SITE) == 0
    assert Offer.objects.count() == 1


def test_it_refuses_a_day_that_has_not_come(module: Module) -> None:
    with pytest.raises(OfferRefused):
        offer(module, UserFactory(), on=TODAY + dt.timedelta(days=1))

    assert not Offer.objects.exists()


def test_it_asks_little_for_many(module: Module, django_assert_max_num_queries: Any) -> None:
    people = User.objects.bulk_create(User(first_name="Alva", last_name=str(number)) for number in range(600))

    # Per 500 persons one to look and one to write (SQLite's statements hold fewer), the savepoint, and the event.
    with django_assert_max_num_queries(14):
        assert offer(module, *people) == 600
