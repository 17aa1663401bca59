"""The plan's activities: what each is, how far it has come, said again and again and never unsaid."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from cms.loading.activities import load_activities
from cms.loading.open_pages import load_page
from cms.loading.streams import StreamWriter
from cms.models import HomePage
from cms.starter.errors import Place
from cms.starter.texts import ActivitiesText, ActivityText, PageKind, PageText, StandingWord
from courses.models import LegalSource
from organisation.models import Event, User
from organisation.permissions import TRAINERS
from reports.actions.state_standing import state_standing
from reports.models import ActivityStatus, PlanActivity
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
ClientOf = Callable[[User], Client]
AT = dt.datetime(2026, 3, 2, 11, 0, tzinfo=dt.UTC)


def text(key: str = "rutin", **changes: Any) -> ActivityText:
    activity = ActivityText(
        place=Place("aktiviteter.yaml", 1),
        key=key,
        section="6",
        title=f"Aktiviteten {key}",
        description="Upprätta rutiner.",
        responsible="Kommunstyrelsens förvaltning",
        participants="",
        timetable="2016–2017",
        standing=StandingWord.ONGOING,
        comment="Rutinen finns i utkast.",
        changed_since="Lagen är ny.",
        legal_sources=("sol-19-1",),
    )
    return dataclasses.replace(activity, **changes)


@pytest.fixture
def sources() -> dict[str, LegalSource]:
    return {"sol-19-1": LegalSource.objects.create(key="sol-19-1", law="SoL", designation="19 kap. 1 § SoL", summary="Anmäl.")}


def activity() -> PlanActivity:
    return PlanActivity.objects.with_standing().get(key="rutin")


def said() -> list[str]:
    return list(ActivityStatus.objects.order_by("pk").values_list("standing", flat=True))


def open_page() -> str:
    block = ActivitiesText(id="op-lista", facts=("PLAN",))
    page = PageText(slug="om-planen", title="Om planen", kind=PageKind.STANDARD, summary="Om.", blocks=(block,))
    load_page(page, HomePage.objects.get(), StreamWriter({}))
    return "/om-planen/"


# --- from the text file ------------------------------------------------------------------------------------------------


def test_it_loads_activities_in_the_plans_order(sources: dict[str, LegalSource]) -> None:
    load_activities([text("b"), text("a")], sources, at=AT)

    assert list(PlanActivity.objects.values_list("key", flat=True)) == ["b", "a"]
    assert said() == ["ongoing", "ongoing"]
    assert list(PlanActivity.objects.first().sources.all()) == [sources["sol-19-1"]]


def test_it_changes_nothing_when_loaded_again(sources: dict[str, LegalSource]) -> None:
    load_activities([text()], sources, at=AT)

    assert load_activities([text()], sources, at=AT) == []
    assert said() == ["ongoing"]


def test_it_follows_the_file_and_keeps_what_was_said_before(sources: dict[str, LegalSource]) -> None:
    load_activities([text()], sources, at=AT)

    load_activities([text(standing=StandingWord.DONE, timetable="2026")], sources, at=AT + dt.timedelta(days=9))

    assert (activity().timetable, activity().standing, activity().stood_on) == ("2026", "done", dt.date(2026, 3, 11))
    assert said() == ["ongoing", "done"]


def test_it_leaves_alone_what_a_coordinator_has_said(sources: dict[str, LegalSource], coordinator: User) -> None:
    load_activities([text()], sources, at=AT)
    state_standing(activity=activity(), standing="done", comment="Antagen.", by=coordinator, at=AT)

    assert load_activities([text(title="Annat")], sources, at=AT) == ["Aktiviteten rutin"]
    assert (activity().standing, activity().title) == ("done", "Aktiviteten rutin")


# --- statements --------------------------------------------------------------------------------------------------------


def test_it_says_the_same_thing_once_and_writes_down_who_said_it(coordinator: User) -> None:
    load_activities([text(legal_sources=())], {}, at=AT)

    first = state_standing(activity=activity(), standing="done", comment="", by=coordinator, at=AT)
    again = state_standing(activity=activity(), standing="done", comment="", by=coordinator, at=AT)

    assert (first is not None, again) == (True, None)
    event = Event.objects.get(verb="plan_activity.stated")
    assert (event.actor, event.details) == (coordinator, {"key": "rutin", "standing": "done"})


def test_it_cannot_be_unsaid() -> None:
    load_activities([text(legal_sources=())], {}, at=AT)

    with pytest.raises(DatabaseError), transaction.atomic():
        ActivityStatus.objects.update(standing="done")
    with pytest.raises(DatabaseError), transaction.atomic():
        ActivityStatus.objects.all().delete()


# --- the open page -----------------------------------------------------------------------------------------------------


def test_it_shows_anybody_who_when_and_how_far(client: Client, sources: dict[str, LegalSource]) -> None:
    load_activities([text(), text("annan", standing=StandingWord.UNKNOWN, comment="")], sources, at=AT)

    html = client.get(open_page()).content.decode()

    for shown in ("Kommunstyrelsens förvaltning", "2016–2017", "Pågår", "Fylls i av staden", "Lagen är ny.", "19 kap. 1 § SoL"):
        assert shown in html
    assert html.index("Aktiviteten rutin") < html.index("Aktiviteten annan")
    assert 'href="#aktivitet-rutin"' in html


def test_it_says_so_when_there_are_none(client: Client) -> None:
    assert "<table" not in client.get(open_page()).content.decode()


def test_it_lists_many_with_few_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    load_activities([text(f"k{number}", legal_sources=()) for number in range(40)], {}, at=AT)
    address = open_page()
    client.get(address)

    with django_assert_max_num_queries(14):
        client.get(address)


# --- in the administration ---------------------------------------------------------------------------------------------


def fields(**changes: Any) -> dict[str, Any]:
    values = {
        "title": "Upprätta rutiner",
        "key": "rutin",
        "section": "6",
        "position": "10",
        "description": "Ord.",
        "responsible": "Kommunstyrelsens förvaltning",
        "participants": "",
        "timetable": "2016–2017",
        "changed_since": "",
        "standing": "ongoing",
        "comment": "Ett utkast finns.",
    }
    return values | changes


def test_it_lets_a_coordinator_add_and_state(coordinator: User, client_of: ClientOf) -> None:
    client = client_of(coordinator)
    client.post(reverse("plan_activities:add"), fields())
    address = reverse("plan_activities:edit", args=[activity().pk])

    client.post(address, fields(standing="done", key="annan"))
    client.post(address, fields(standing="done", timetable="2027"))

    assert said() == ["ongoing", "done"]
    assert (activity().timetable, activity().comment) == ("2027", "Ett utkast finns.")
    assert ActivityStatus.objects.first().recorded_by == coordinator
    assert "Ett utkast finns." in client.get(address).content.decode()


@pytest.mark.parametrize("who", ["learner", "manager", "outsider", "trainer"])
@pytest.mark.parametrize("name", ["plan_activities:add", "plan_activities:edit", "plan_activities:index"])
def test_it_keeps_others_out(who: str, name: str, request: Any, client_of: ClientOf) -> None:
    load_activities([text(legal_sources=())], {}, at=AT)
    address = reverse(name, args=[activity().pk] if name.endswith("edit") else [])

    response = client_of(request.getfixturevalue(who)).post(address, fields(key="ny", standing="done"))

    assert response.status_code in {302, 403}
    assert said() == ["ongoing"]


def test_it_lets_nobody_delete_one(coordinator: User, client_of: ClientOf) -> None:
    load_activities([text(legal_sources=())], {}, at=AT)

    client_of(coordinator).post(reverse("plan_activities:delete", args=[activity().pk]))

    assert PlanActivity.objects.count() == 1


def test_it_is_no_business_of_trainers() -> None:
    trainer = UserFactory(is_staff=True)
    trainer.groups.add(Group.objects.get(name=TRAINERS))

    assert not trainer.has_perm("reports.change_planactivity")
